package dev.remit.postgres;

import dev.remit.core.identity.AgentClassId;
import dev.remit.core.register.AgentState;
import dev.remit.core.register.Boundaries;
import dev.remit.core.register.Move;
import dev.remit.core.register.Registration;
import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How registrations lie in rows, and what of them is sealed: all. */
final class RegisterForm {

  private final RowSeal seal;

  RegisterForm(RowSeal seal) {
    this.seal = seal;
  }

  /** A change as the functions take it. */
  String move(Move move) {
    var row = move.registration();
    var form =
        Value.object(
            "agent_class", row.agentClass().value(),
            "state", row.state().text(),
            "revision", row.revision(),
            "follows", move.follows(),
            "detail", detail(row),
            "since", cut(row.since()),
            "cause", row.cause(),
            "entry", row.entry(),
            "seal", seal.of(sealed(row)));
    return CanonicalJson.text(
        row.certifiedAt().isPresent()
            ? form.with("certified_at", Value.of(cut(row.certifiedAt().get())))
            : form);
  }

  /** Entries as the functions take them. */
  static String told(dev.remit.core.evidence.Entry entry) {
    return CanonicalJson.text(new Value.Array(List.of(OversightForm.entry(entry))));
  }

  private static String cut(Instant instant) {
    return OversightForm.cut(instant).toString();
  }

  private static String detail(Registration row) {
    return CanonicalJson.text(row.launched().map(Boundaries::value).orElse(Value.Obj.EMPTY));
  }

  private static Value.Obj sealed(Registration row) {
    return Value.object(
        "of", "agent",
        "agentClass", row.agentClass().value(),
        "state", row.state().text(),
        "revision", row.revision(),
        "detail", detail(row),
        "since", cut(row.since()),
        "certifiedAt", row.certifiedAt().map(RegisterForm::cut).orElse(""),
        "cause", row.cause(),
        "entry", row.entry());
  }

  /** A row; one that no server of this installation wrote does not work. */
  Registration read(Row row) throws SQLException {
    var id = new AgentClassId(row.text("agent_class"));
    try {
      var read = registration(id, row);
      return seal.holds(sealed(read), row.text("seal"))
          ? read
          : Registration.unreadable(id, read.revision());
    } catch (RuntimeException e) {
      return Registration.unreadable(id, row.number("revision"));
    }
  }

  private static Registration registration(AgentClassId id, Row row) throws SQLException {
    var detail = Json.parseObject(row.text("detail"));
    return new Registration(
        id,
        AgentState.of(row.text("state")).orElseThrow(),
        row.number("revision"),
        detail.isEmpty() ? Optional.empty() : Optional.of(Boundaries.parse(detail)),
        row.text("cause"),
        row.at("since"),
        row.optionalText("certified_at").isPresent()
            ? Optional.of(row.at("certified_at"))
            : Optional.empty(),
        row.text("entry"));
  }
}
