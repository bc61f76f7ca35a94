package dev.remit.postgres;

import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.call.CallId;
import dev.remit.core.evidence.Entry;
import dev.remit.core.oversight.AutonomyScope;
import dev.remit.core.oversight.Change;
import dev.remit.core.oversight.Event;
import dev.remit.core.oversight.Item;
import dev.remit.core.oversight.OversightLedger;
import dev.remit.core.oversight.Standing;
import dev.remit.core.oversight.Tally;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** {@link OversightLedger} in PostgreSQL. A row whose seal does not hold is none of ours. */
public final class PostgresOversightLedger implements OversightLedger {

  private final Database database;
  private final OversightForm form;

  public PostgresOversightLedger(Database database, RowSeal seal) {
    this.database = database;
    this.form = new OversightForm(seal);
  }

  @Override
  public List<Standing> standings() {
    return database.rows(
        "select * from remit.autonomy_levels()", Params.Binding.NONE, form::readStanding);
  }

  @Override
  public Map<AutonomyScope, Long> told() {
    var told = new HashMap<AutonomyScope, Long>();
    database
        .rows(
            "select * from remit.autonomy_told()",
            Params.Binding.NONE,
            row -> Map.entry(OversightForm.scope(row), row.number("revision")))
        .forEach(one -> told.put(one.getKey(), one.getValue()));
    return told;
  }

  @Override
  public List<Position> behind(int limit) {
    return database.rows(
        "select * from remit.oversight_behind(?)",
        params -> params.number(limit),
        row -> new Position(new TenantId(row.text("tenant")), row.number("next")));
  }

  @Override
  public Reading read(Position from, int leaves) {
    var tenant = from.tenant().value();
    long end =
        database.row(
            "select remit.oversight_end(?, ?, ?) as next",
            params -> params.text(tenant).number(from.next()).number(leaves),
            row -> row.number("next"));
    var events =
        database.rows(
            "select * from remit.oversight_events(?, ?, ?)",
            params -> params.text(tenant).number(from.next()).number(end),
            PostgresOversightLedger::event);
    return new Reading(end, events);
  }

  private static Event event(Row row) throws SQLException {
    var kind = Entry.Kind.valueOf(row.text("kind").toUpperCase(Locale.ROOT).replace('-', '_'));
    return new Event(
        kind,
        row.text("leaf"),
        fields(row.text("leaf")),
        row.optionalText("call"),
        row.optionalText("task_class"),
        row.at("at"),
        kind == Entry.Kind.OUTCOME ? intended(row) : Optional.empty(),
        Math.toIntExact(row.number("mismatches")));
  }

  private static Optional<Event.Intended> intended(Row row) throws SQLException {
    var leaf = row.optionalText("intent_leaf");
    return leaf.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Event.Intended(
                fields(leaf.get()),
                row.json("intent_body"),
                row.optionalText("approval").map(ProposalId::new)));
  }

  private static Value.Obj fields(String leaf) {
    return Json.parseObject(leaf).object("fields").orElse(Value.Obj.EMPTY);
  }

  @Override
  public boolean advance(Position from, Reading reading, Gains gains) {
    return database.row(
        "select remit.oversight_advance(?, ?, ?, ?::json, ?::json, ?::json) as is_done",
        params ->
            params
                .text(from.tenant().value())
                .number(from.next())
                .number(reading.next())
                .text(json(gains.items(), form::item))
                .text(json(gains.tallies(), form::tally))
                .text(changes(gains.changes())),
        row -> row.claim("is_done"));
  }

  private static <T> String json(Collection<T> items, Function<T, Value> each) {
    return CanonicalJson.text(new Value.Array(items.stream().map(each).toList()));
  }

  private String changes(List<Change> changes) {
    return json(changes, form::change);
  }

  @Override
  public List<Tally> tallies(TenantId tenant) {
    return held(
        database.rowsOf(
            tenant,
            "select * from remit.autonomy_tally where tenant = ?",
            params -> params.text(tenant.value()),
            form::readTally));
  }

  private static <T> List<T> held(List<Optional<T>> rows) {
    return rows.stream().flatMap(Optional::stream).toList();
  }

  @Override
  public Position position(TenantId tenant) {
    return Database.first(
            database.rowsOf(
                tenant,
                "select next from remit.oversight_head where tenant = ?",
                params -> params.text(tenant.value()),
                row -> new Position(tenant, row.number("next"))))
        .orElseGet(() -> new Position(tenant, 0));
  }

  @Override
  public List<Item> open(TenantId tenant, Optional<Place> after, int limit) {
    return held(
        database.rowsOf(
            tenant,
            "select * from remit.certification where tenant = ? and state = 'open'"
                + " and (due_at, call) > (?, ?)"
                + " order by due_at, call limit ?",
            params ->
                params
                    .text(tenant.value())
                    .at(after.map(Place::dueAt).orElse(Instant.EPOCH))
                    .text(after.map(place -> place.call().value()).orElse(""))
                    .number(limit),
            form::readItem));
  }

  @Override
  public Optional<Item> find(TenantId tenant, CallId call) {
    return Database.first(
        held(
            database.rowsOf(
                tenant,
                "select * from remit.certification where tenant = ? and call = ?",
                params -> params.text(tenant.value()).text(call.value()),
                form::readItem)));
  }

  @Override
  public List<Item> overdue(Instant dueBy, int limit) {
    return held(
        database.rows(
            "select * from remit.overdue_certifications(?, ?)",
            params -> params.at(dueBy).number(limit),
            form::readUntouched));
  }

  @Override
  public List<Waiting> waiting(Set<TenantId> tenants, Instant at) {
    return database.rows(
        "select * from remit.waiting_certifications(?, ?)",
        params -> params.texts(tenants.stream().map(TenantId::value).toList()).at(at),
        row ->
            new Waiting(
                new TenantId(row.text("tenant")), row.number("waiting"), row.number("overdue")));
  }

  @Override
  public boolean count(List<Item> items, List<Change> changes) {
    var counted = items.stream().map(item -> item.in(Item.State.OPEN, true)).toList();
    return database.row(
        "select remit.count_certifications(?, ?, ?, ?::json) as is_done",
        params ->
            params
                .text(items.getFirst().tenant().value())
                .texts(counted.stream().map(item -> item.call().value()).toList())
                .texts(counted.stream().map(form::sealOf).toList())
                .text(changes(changes)),
        row -> row.claim("is_done"));
  }

  @Override
  public Given certify(Verdicts verdicts) {
    var state = verdicts.isObjection() ? Item.State.OBJECTED : Item.State.CERTIFIED;
    var items =
        verdicts.calls().stream()
            .flatMap(call -> find(verdicts.tenant(), call).stream())
            .map(item -> item.in(state, true))
            .toList();
    if (items.size() < verdicts.calls().size()) {
      return Given.CLOSED;
    }
    return database.row(
        "select remit.certify(?, ?, ?, ?, ?, ?, ?, ?, ?::json, ?::json) as given",
        params ->
            params
                .text(verdicts.tenant().value())
                .texts(items.stream().map(item -> item.call().value()).toList())
                .texts(items.stream().map(form::sealOf).toList())
                .text(OversightForm.state(state))
                .text(verdicts.person().text())
                .text(verdicts.credential())
                .number(verdicts.counter())
                .at(verdicts.at())
                .text(json(verdicts.entries(), OversightForm::entry))
                .text(changes(verdicts.changes())),
        row -> Given.valueOf(row.text("given")));
  }

  @Override
  public boolean promote(Proposal proposal, Entry resolution, Change change) {
    return database.row(
        "select remit.promote(?, ?, ?::json, ?::json) as is_done",
        params ->
            params
                .text(proposal.tenant().value())
                .text(proposal.id().value())
                .text(json(List.of(resolution), OversightForm::entry))
                .text(changes(List.of(change))),
        row -> row.claim("is_done"));
  }
}
