package dev.remit.postgres;

import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.LeaseLedger;
import dev.remit.core.lease.Lease;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** {@link LeaseLedger} in PostgreSQL. */
public final class PostgresLeaseLedger implements LeaseLedger {

  private final Database database;

  public PostgresLeaseLedger(Database database) {
    this.database = database;
  }

  @Override
  public List<Lease> ofTask(TenantId tenant, TaskId task) {
    return database.rowsOf(
        tenant,
        "select * from remit.lease where tenant = ? and task = ? and state <> 'revoked'"
            + " order by ends_at",
        params -> params.text(tenant.value()).text(task.value()),
        Leases::read);
  }

  @Override
  public List<Lease> unfinished() {
    return database.rows(
        "select * from remit.unfinished_leases(null)", Params.Binding.NONE, Leases::read);
  }

  @Override
  public Set<String> livePrincipals(ConnectorId connector) {
    return Set.copyOf(
        database.rows(
            "select distinct principal from remit.unfinished_leases(?)",
            params -> params.text(connector.value()),
            row -> row.text("principal")));
  }

  @Override
  public boolean revoked(Lease lease, Instant at, Entry entry) {
    return database.row(
        "select remit.end_lease(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as is_ended",
        params -> params.text(lease.tenant().value()).text(lease.id().value()).at(at).entry(entry),
        row -> row.claim("is_ended"));
  }
}
