package dev.remit.postgres;

import dev.remit.core.identity.AgentId;
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
  public boolean isLive(AgentId agent, TaskToken token, Instant at) {
    return Database.first(
            database.rowsOf(
                agent.tenant(),
                "select t.agent = ? and t.state = 'open' and t.deadline > ? and not exists"
                    + " (select from remit.kill k where k.scope = ? and k.lifted_at is null)"
                    + " as is_live from remit.task t where t.tenant = ? and t.id = ?",
                params ->
                    params
                        .text(agent.text())
                        .at(at)
                        .text(scope(token))
                        .text(agent.tenant().value())
                        .text(token.task()),
                row -> row.claim("is_live")))
        .orElse(false);
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
