package dev.remit.postgres;

import dev.remit.core.approval.Proposal;
import dev.remit.core.evidence.Bodies;
import dev.remit.core.evidence.Entry;
import dev.remit.core.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * {@link Bodies} in PostgreSQL. The serving role has no right to change an entry: it asks functions
 * that erase what they say in the entry they write, and a trigger refuses all else.
 */
public final class PostgresBodies implements Bodies {

  private final Database database;

  public PostgresBodies(Database database) {
    this.database = database;
  }

  @Override
  public void order(Hold hold, Entry entry) {
    database.rows(
        "select remit.order_hold(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        params ->
            params
                .text(hold.id())
                .text(hold.by())
                .text(hold.reason())
                .at(hold.at())
                .text(hold.tenant().value())
                .entry(entry),
        row -> true);
  }

  @Override
  public List<Hold> holds(TenantId tenant) {
    return database.rowsOf(
        tenant,
        "select id, ordered_by, reason, ordered_at from remit.legal_hold"
            + " where lifted_at is null order by ordered_at, id",
        params -> {},
        row ->
            new Hold(
                tenant,
                row.text("id"),
                row.text("ordered_by"),
                row.text("reason"),
                row.at("ordered_at")));
  }

  @Override
  public boolean lift(String hold, Proposal granted, Instant at, Entry resolution, Entry entry) {
    return database.row(
        "select remit.lift_hold(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            + " as is_done",
        params ->
            params
                .text(hold)
                .at(at)
                .text(granted.tenant().value())
                .text(granted.id().value())
                .entry(resolution)
                .entry(entry),
        row -> row.claim("is_done"));
  }

  @Override
  public Optional<Due> due(TenantId tenant, Instant before, int limit) {
    return Database.first(
        database.rows(
            "select first, last, bodies from remit.bodies_due(?, ?, ?)",
            params -> params.text(tenant.value()).at(before).number(limit),
            row ->
                new Due(
                    tenant,
                    row.number("first"),
                    row.number("last"),
                    row.number("bodies"),
                    before)));
  }

  @Override
  public boolean erase(Due due, Entry entry) {
    return database.row(
        "select remit.erase_bodies(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as is_done",
        params ->
            params
                .number(due.first())
                .number(due.last())
                .number(due.bodies())
                .at(due.before())
                .text(due.tenant().value())
                .entry(entry),
        row -> row.claim("is_done"));
  }

  @Override
  public boolean erase(String erased, Proposal granted, Entry resolution, Entry entry) {
    return database.row(
        "select remit.erase_body(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            + " as is_done",
        params ->
            params
                .text(erased)
                .text(granted.tenant().value())
                .text(granted.id().value())
                .entry(resolution)
                .entry(entry),
        row -> row.claim("is_done"));
  }
}
