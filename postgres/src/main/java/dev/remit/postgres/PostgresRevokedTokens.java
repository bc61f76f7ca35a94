package dev.remit.postgres;

import dev.remit.core.identity.RevokedTokens;
import dev.remit.core.identity.TaskToken;
import dev.remit.core.tenant.TenantId;
import java.time.Instant;

/** {@link RevokedTokens} in PostgreSQL: each is a stop that every admission looks for. */
public final class PostgresRevokedTokens implements RevokedTokens {

  private final Database database;

  public PostgresRevokedTokens(Database database) {
    this.database = database;
  }

  @Override
  public void revoke(TenantId tenant, TaskToken token, String by, Instant at) {
    database.rows(
        "select remit.revoke_token(?, ?, ?, ?, ?)",
        params -> params.text(tenant.value()).text(token.task()).text(scope(token)).text(by).at(at),
        row -> true);
  }

  @Override
  public boolean isRevoked(TaskToken token) {
    return database.row(
        "select exists (select from remit.kill k where k.scope = ? and k.lifted_at is null)"
            + " as is_revoked",
        params -> params.text(scope(token)),
        row -> row.claim("is_revoked"));
  }

  @Override
  public void sweep(Instant revokedBefore) {
    database.rows(
        "select remit.sweep_revoked_tokens(?)", params -> params.at(revokedBefore), row -> true);
  }

  private static String scope(TaskToken token) {
    return "token:" + token.id();
  }
}
