package dev.remit.postgres;

import dev.remit.core.identity.TokenKeys;
import java.time.Instant;
import java.util.List;

/** {@link TokenKeys} in PostgreSQL, the same for all replicas. */
public final class PostgresTokenKeys implements TokenKeys {

  private final Database database;

  public PostgresTokenKeys(Database database) {
    this.database = database;
  }

  @Override
  public List<Stored> all() {
    return database.rows(
        "select * from remit.token_key order by signs_from, id",
        Params.Binding.NONE,
        row ->
            new Stored(
                row.text("id"),
                row.text("sealed"),
                row.at("signs_from"),
                row.at("signs_until"),
                row.at("verifies_until")));
  }

  @Override
  public void add(Stored key, Instant after) {
    database.rows(
        "select remit.add_token_key(?, ?, ?, ?, ?, ?)",
        params ->
            params
                .text(key.id())
                .text(key.sealed())
                .at(key.signsFrom())
                .at(key.signsUntil())
                .at(key.verifiesUntil())
                .at(after),
        row -> true);
  }

  @Override
  public void sweep(Instant deadBefore) {
    database.rows("select remit.sweep_token_keys(?)", params -> params.at(deadBefore), row -> true);
  }
}
