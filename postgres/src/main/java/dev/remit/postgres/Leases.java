package dev.remit.postgres;

import dev.remit.core.lease.Lease;
import dev.remit.core.lease.LeaseId;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.TenantId;
import java.sql.SQLException;
import java.util.Locale;

/** How a lease lies in a row. */
final class Leases {

  private Leases() {}

  static Lease read(Row row) throws SQLException {
    return read(row, "task");
  }

  static Lease read(Row row, String taskColumn) throws SQLException {
    return new Lease(
        new LeaseId(row.text("id")),
        new TenantId(row.text("tenant")),
        new ConnectorId(row.text("connector")),
        row.text("principal"),
        row.optionalText(taskColumn).map(TaskId::new),
        row.json("scope"),
        row.at("ends_at"),
        row.text("replica"),
        Lease.State.valueOf(row.text("state").toUpperCase(Locale.ROOT)));
  }
}
