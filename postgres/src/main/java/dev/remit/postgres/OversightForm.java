package dev.remit.postgres;

import dev.remit.core.call.CallId;
import dev.remit.core.evidence.Entry;
import dev.remit.core.execution.Outcome;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.AutonomyLevel;
import dev.remit.core.identity.Grade;
import dev.remit.core.identity.PersonId;
import dev.remit.core.oversight.AutonomyScope;
import dev.remit.core.oversight.Change;
import dev.remit.core.oversight.Involved;
import dev.remit.core.oversight.Item;
import dev.remit.core.oversight.Standing;
import dev.remit.core.oversight.Tally;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How items, tallies and levels lie in rows, and what of them is sealed: all. */
final class OversightForm {

  private final RowSeal seal;

  OversightForm(RowSeal seal) {
    this.seal = seal;
  }

  static Instant cut(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS);
  }

  static AutonomyScope scope(Row row) throws SQLException {
    return new AutonomyScope(
        new TenantId(row.text("tenant")),
        new AgentClassId(row.text("agent_class")),
        row.text("task_class"));
  }

  private static Value.Obj of(AutonomyScope scope) {
    return Value.object("agent_class", scope.agentClass().value(), "task_class", scope.taskClass());
  }

  /** An item as the functions take it. */
  Value item(Item item) {
    return of(item.scope())
        .with("call", Value.of(item.call().value()))
        .with("grade", Value.of(item.grade().text()))
        .with("outcome", Value.of(item.outcome().text()))
        .with("digest", Value.of(item.digest()))
        .with("detail", Value.of(detail(item)))
        .with("at", Value.of(cut(item.at()).toString()))
        .with("due_at", Value.of(cut(item.dueAt()).toString()))
        .with("seal", Value.of(sealOf(item)));
  }

  private static String detail(Item item) {
    return CanonicalJson.text(
        Value.object("shown", item.shown(), "involved", involved(item.involved())));
  }

  /** The word for an item in the state it has. */
  String sealOf(Item item) {
    return seal.of(sealed(item));
  }

  static String state(Item.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  /** A row as somebody reads it; one that cannot be read is none, and hides no other. */
  private interface Reading<T> {
    Optional<T> read() throws SQLException;
  }

  private static <T> Optional<T> orNone(Reading<T> reading) throws SQLException {
    try {
      return reading.read();
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  /** An item whose seal holds. */
  Optional<Item> readItem(Row row) throws SQLException {
    return orNone(() -> {
      var state = Item.State.valueOf(row.text("state").toUpperCase(Locale.ROOT));
      return sealed(row, item(row, state, row.claim("is_counted")));
    });
  }

  /** The item as it was made, if its seal still says so: whatever its state column claims. */
  Optional<Item> readUntouched(Row row) throws SQLException {
    return orNone(() -> sealed(row, item(row, Item.State.OPEN, false)));
  }

  private Optional<Item> sealed(Row row, Item item) throws SQLException {
    return seal.holds(sealed(item), row.text("seal")) ? Optional.of(item) : Optional.empty();
  }

  private static Item item(Row row, Item.State state, boolean isCounted) throws SQLException {
    var detail = row.json("detail");
    return new Item(
        new TenantId(row.text("tenant")),
        new CallId(row.text("call")),
        scope(row),
        Grade.parse(row.text("grade")),
        Outcome.valueOf(row.text("outcome").toUpperCase(Locale.ROOT)),
        row.text("digest"),
        detail.object("shown").orElse(Value.Obj.EMPTY),
        readInvolved(detail.object("involved").orElse(Value.Obj.EMPTY)),
        row.at("at"),
        row.at("due_at"),
        state,
        isCounted);
  }

  private static Value.Obj sealed(Item item) {
    return Value.object(
        "of", "certification",
        "tenant", item.tenant().value(),
        "call", item.call().value(),
        "scope", item.scope().text(),
        "grade", item.grade().text(),
        "outcome", item.outcome().text(),
        "digest", item.digest(),
        "detail", detail(item),
        "at", cut(item.at()).toString(),
        "dueAt", cut(item.dueAt()).toString(),
        "state", state(item.state()),
        "isCounted", item.isCounted());
  }

  private static Value.Obj involved(Involved involved) {
    var form =
        Value.object(
            "authors", persons(involved.authors()),
            "approvers", persons(involved.approvers()),
            "approverKeys", sorted(involved.approverKeys()),
            "approverEmails", sorted(involved.approverEmails()));
    form = with(form, "requester", involved.requester());
    form = with(form, "actor", involved.actor().map(PersonId::text));
    return with(form, "owner", involved.owner());
  }

  private static Value.Obj with(Value.Obj form, String name, Optional<String> text) {
    return text.isPresent() ? form.with(name, Value.of(text.get())) : form;
  }

  private static Value persons(Set<PersonId> persons) {
    return Value.texts(persons.stream().map(PersonId::text).sorted().toList());
  }

  private static Value sorted(Set<String> texts) {
    return Value.texts(texts.stream().sorted().toList());
  }

  private static Involved readInvolved(Value.Obj form) {
    return new Involved(
        form.text("requester"),
        form.text("actor").map(PersonKeyForm::person),
        form.text("owner"),
        readPersons(form.items("authors")),
        readPersons(form.items("approvers")),
        readTexts(form.items("approverKeys")),
        readTexts(form.items("approverEmails")));
  }

  private static Set<PersonId> readPersons(List<Value> values) {
    return values.stream()
        .map(TaskForm::text)
        .map(PersonKeyForm::person)
        .collect(Collectors.toSet());
  }

  private static Set<String> readTexts(List<Value> values) {
    return values.stream().map(TaskForm::text).collect(Collectors.toSet());
  }

  /** A level as stored; {@link Standing#unreadable} where the seal does not hold. */
  Standing readStanding(Row row) throws SQLException {
    var scope = scope(row);
    long revision = row.number("revision");
    var level = AutonomyLevel.of(row.text("level"));
    if (level.isPresent()) {
      var standing =
          new Standing(
              scope, level.get(), revision, row.at("since"), row.text("entry"), row.text("cause"));
      if (seal.holds(sealed(standing), row.text("seal"))) {
        return standing;
      }
    }
    return Standing.unreadable(scope, revision);
  }

  private static Value.Obj sealed(Standing standing) {
    return Value.object(
        "of", "autonomy",
        "tenant", standing.scope().tenant().value(),
        "scope", standing.scope().text(),
        "level", standing.level().text(),
        "revision", standing.revision(),
        "since", cut(standing.since()).toString(),
        "entry", standing.entry(),
        "cause", standing.cause());
  }

  /** A change as the functions take it. */
  Value change(Change change) {
    var standing = change.standing();
    return of(standing.scope())
        .with("level", Value.of(standing.level().text()))
        .with("revision", Value.of(standing.revision()))
        .with("follows", Value.of(change.follows()))
        .with("since", Value.of(cut(standing.since()).toString()))
        .with("entry", Value.of(standing.entry()))
        .with("cause", Value.of(standing.cause()))
        .with("seal", Value.of(seal.of(sealed(standing))))
        .with("told", new Value.Array(List.of(entry(change.entry()))));
  }

  /** An entry as the functions take it. */
  static Value entry(Entry entry) {
    var form =
        Value.object(
            "id", entry.id(),
            "kind", entry.kind().text(),
            "at", cut(entry.at()).toString(),
            "leaf", entry.leaf(),
            "body", CanonicalJson.text(entry.body()),
            "salt", entry.salt());
    form = with(form, "call", entry.call());
    return with(form, "task", entry.task());
  }

  /** A tally as the functions take it. */
  Value tally(Tally tally) {
    var detail =
        with(
            Value.object(
                "done", tally.done(),
                "certified", tally.certified(),
                "objected", tally.objected(),
                "unknown", tally.unknown(),
                "refusals", tally.refusals()),
            "loweredAt",
            tally.loweredAt().map(Instant::toString));
    return of(tally.scope())
        .with("detail", Value.of(CanonicalJson.text(detail)))
        .with("seal", Value.of(seal.of(sealedTally(tally.scope(), detail))));
  }

  private static Value.Obj sealedTally(AutonomyScope scope, Value.Obj detail) {
    return Value.object(
        "of", "tally", "tenant", scope.tenant().value(), "scope", scope.text(), "detail", detail);
  }

  /** A tally whose seal holds. */
  Optional<Tally> readTally(Row row) throws SQLException {
    return orNone(() -> tally(row));
  }

  private Optional<Tally> tally(Row row) throws SQLException {
    var scope = scope(row);
    var detail = Json.parseObject(row.text("detail"));
    if (!seal.holds(sealedTally(scope, detail), row.text("seal"))) {
      return Optional.empty();
    }
    return Optional.of(
        new Tally(
            scope,
            count(detail, "done"),
            count(detail, "certified"),
            count(detail, "objected"),
            count(detail, "unknown"),
            count(detail, "refusals"),
            detail.text("loweredAt").map(Instant::parse)));
  }

  private static long count(Value.Obj detail, String name) {
    return detail.integer(name).orElse(0L);
  }
}
