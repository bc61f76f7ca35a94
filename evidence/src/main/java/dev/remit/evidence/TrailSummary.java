package dev.remit.evidence;

import dev.remit.core.value.Value;
import java.util.ArrayList;
import java.util.List;

/** What happened, in a few words, from the fields of an entry. Unknown kinds have none. */
final class TrailSummary {

  private TrailSummary() {}

  static String of(String kind, Value.Obj fields) {
    return switch (kind) {
      case "task-opened" ->
          join(text("class ", fields, "taskClass"), text("ticket ", fields, "ticket"));
      case "task-refused" -> refused(fields);
      case "task-closed" -> text("", fields, "state");
      case "intent" ->
          join(
              text("", fields, "decision"),
              by(fields),
              text("credential until ", fields, "leaseEnd"));
      case "outcome", "resolution" ->
          join(
              text("", fields, "outcome"),
              text("", fields, "reason"),
              text("", fields, "detail"),
              credential(fields));
      case "refusal" -> refused(fields);
      case "proposed" ->
          join(text("", fields, "decision"), by(fields), text("answer by ", fields, "answerBy"));
      case "proposal-ended" -> text("", fields, "state");
      case "lease-ended" ->
          join(text("credential ", fields, "principal"), text("gone: ", fields, "proof"));
      case "kill" -> join(text("", fields, "scope"), text("", fields, "reason"));
      case "policy-activated" -> text("version ", fields, "version");
      default -> "";
    };
  }

  private static String refused(Value.Obj fields) {
    return join(
        text("deny: ", fields, "reason"), text("agent heard ", fields, "agentHeard"), by(fields));
  }

  private static String by(Value.Obj fields) {
    List<String> policies = new ArrayList<>();
    for (Value policy : fields.items("determining")) {
      if (policy instanceof Value.Text(String name)) {
        policies.add(name);
      }
    }
    return policies.isEmpty() ? "" : "by " + String.join(", ", policies);
  }

  /** What became of the credential, as the read-back showed it. */
  static String credential(Value.Obj fields) {
    var lease = fields.object("lease").orElse(Value.Obj.EMPTY);
    if (lease.get("shared").isPresent()) {
      return "credential of the task";
    }
    return switch (lease.get("gone").orElse(Value.Null.NULL)) {
      case Value.Bool(boolean isGone) when isGone ->
          join("credential gone", text("", lease, "proof"));
      case Value.Bool _ -> join("credential NOT proven gone", text("", lease, "detail"));
      case Value.Null _, Value.Int _, Value.Real _, Value.Text _, Value.Array _, Value.Obj _ -> "";
    };
  }

  private static String text(String before, Value.Obj fields, String name) {
    String text = TrailRow.text(fields, name);
    return text.isEmpty() ? "" : before + text;
  }

  private static String join(String... parts) {
    List<String> said = new ArrayList<>(List.of(parts));
    said.removeIf(String::isEmpty);
    return String.join("; ", said);
  }
}
