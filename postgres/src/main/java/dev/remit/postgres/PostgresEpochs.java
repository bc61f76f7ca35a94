package dev.remit.postgres;

import dev.remit.core.evidence.Entry;
import dev.remit.core.restore.Epoch;
import dev.remit.core.restore.Epochs;
import dev.remit.core.tenant.TenantId;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@link Epochs} in PostgreSQL; one begins under the exclusive side of the epoch lock. */
public final class PostgresEpochs implements Epochs {

  private final Database database;

  public PostgresEpochs(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Epoch> latest() {
    return Database.first(
        database.rows(
            "select number, cause, cluster, at from remit.epoch order by number desc limit 1",
            Params.Binding.NONE,
            row ->
                new Epoch(
                    row.number("number"), row.text("cause"), row.text("cluster"), row.at("at"))));
  }

  @Override
  public String cluster() {
    return database.row(
        "select remit.cluster() as cluster", Params.Binding.NONE, row -> row.text("cluster"));
  }

  @Override
  public boolean begin(Epoch epoch, Entry entry) {
    return database.row(
        "select remit.begin_epoch(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as has_begun",
        params ->
            params
                .number(epoch.number())
                .text(epoch.cause())
                .text(epoch.cluster())
                .at(epoch.at())
                .text(entry.tenant().value())
                .entry(entry),
        row -> row.claim("has_begun"));
  }

  @Override
  public Map<TenantId, Long> sizes() {
    return database
        .rows(
            "select tenant, size from remit.log_sizes()",
            Params.Binding.NONE,
            row -> Map.entry(new TenantId(row.text("tenant")), row.number("size")))
        .stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
