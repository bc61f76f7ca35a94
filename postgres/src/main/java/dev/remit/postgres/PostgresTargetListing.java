package dev.remit.postgres;

import dev.remit.core.target.ConnectorId;
import dev.remit.core.target.TargetListing;
import dev.remit.core.target.TargetRef;
import dev.remit.core.tenant.TenantId;
import java.util.List;

/**
 * {@link TargetListing} over the stored records, under row security. The tenant beside a record is
 * the one that was derived from its owner; ambiguous records belong to nobody here.
 */
public final class PostgresTargetListing implements TargetListing {

  private final Database database;

  public PostgresTargetListing(Database database) {
    this.database = database;
  }

  @Override
  public List<TargetRef> list(TenantId tenant, String kind, int from, int atMost) {
    return database.rowsOf(
        tenant,
        "select connector, id from remit.target where tenant = ? and kind = ?"
            + " and not is_ambiguous order by connector, id offset ? limit ?",
        params -> params.text(tenant.value()).text(kind).number(from).number(atMost),
        row -> new TargetRef(new ConnectorId(row.text("connector")), kind, row.text("id")));
  }
}
