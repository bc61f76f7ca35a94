package dev.remit.evidence;

import dev.remit.core.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * What happened, in a few words, from the fields of an entry. Unknown kinds have none. Whoever
 * acted by the field {@code by} stands in a column of its own and is not said again.
 */
final class TrailSummary {

  private TrailSummary() {}

  /**
   * With what the body adds and can be erased: the words of an agent that hands a task over, and
   * what people typed. Entries of before 2026-11 hold the latter among their fields.
   */
  static String of(String kind, Value.Obj fields, Value.Obj body) {
    var said = body.object("reason").orElse(Value.Obj.EMPTY);
    return kind.equals("task-escalated")
        ? join(of(kind, fields), text("the agent says: ", said, "excerpt"))
        : of(
            kind,
            body.text("reason")
                .filter(reason -> fields.get("reason").isEmpty())
                .map(reason -> fields.with("reason", Value.of(reason)))
                .orElse(fields));
  }

  static String of(String kind, Value.Obj fields) {
    return switch (kind) {
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
              text("the vendor calls it ", fields, "reference"),
              credential(fields));
      case "refusal", "task-refused" -> refused(fields);
      case "decision" -> join(text("", fields, "decision"), by(fields));
      case "proposed", "proposal-read", "answered", "proposal-granted", "proposal-ended" ->
          join(ofProposal(kind, fields), about(fields));
      case "key-registered" ->
          join(
              key(fields),
              text("of ", fields, "person"),
              text("counts from ", fields, "activeFrom"));
      case "key-removed" -> join(key(fields), text("of ", fields, "person"));
      case "lease-ended" ->
          join(text("credential ", fields, "principal"), text("gone: ", fields, "proof"));
      case "kill", "kill-lifted" -> join(text("", fields, "scope"), text("", fields, "reason"));
      case "signed-in" ->
          join(
              text("", fields, "person"),
              text("for ", fields, "for"),
              text("until ", fields, "until"));
      case "signed-out" -> text("", fields, "person");
      case "read" ->
          join(
              text("", fields, "what") + text(" of ", fields, "about"),
              text("by ", fields, "by"),
              fields
                  .integer("times")
                  .filter(times -> times > 1)
                  .map(times -> times + " times")
                  .orElse(""));
      case "connection" -> text("", fields, "connector");
      case "tool-changed" -> join(text("", fields, "connector"), text("", fields, "tool"));
      case "certified", "objected" ->
          join(text("by ", fields, "person"), text("", fields, "reason"));
      case "autonomy-raised", "autonomy-lowered" ->
          join(
              text("", fields, "agentClass"),
              text("in ", fields, "taskClass"),
              text("from ", fields, "from"),
              text("to ", fields, "to"),
              text("", fields, "cause"));
      case "log-key-changed" -> text("to ", fields, "to");
      case "policy-activated" -> join(text("version ", fields, "version"), text("", fields, "how"));
      case "restored" -> text("", fields, "cause");
      default -> ofOthers(kind, fields);
    };
  }

  private static String ofOthers(String kind, Value.Obj fields) {
    return switch (kind) {
      case "policy-in-force" ->
          join(
              text("version ", fields, "version"),
              fields.integer("policies").map(count -> count + " policies").orElse(""),
              text("", fields, "omitted"));
      case "agent-proposed", "agent-launched", "agent-suspended", "agent-retired" ->
          join(
              text("", fields, "agentClass"),
              text("", fields, "cause"),
              text("", fields, "reason"));
      case "agent-certified" -> join(text("", fields, "agentClass"), text("by ", fields, "person"));
      case "person-gone" -> join(text("", fields, "person"), text("", fields, "reason"));
      default -> ofTask(kind, fields);
    };
  }

  private static String ofTask(String kind, Value.Obj fields) {
    return switch (kind) {
      case "task-opened" ->
          join(text("class ", fields, "taskClass"), text("ticket ", fields, "ticket"));
      case "task-closed" ->
          join(text("", fields, "state").replace('_', ' '), text("", fields, "reason"));
      case "task-held", "task-resumed" -> text("", fields, "reason");
      case "task-escalated" -> "held until people let it go on";
      default -> "";
    };
  }

  private static String ofProposal(String kind, Value.Obj fields) {
    return switch (kind) {
      case "proposed" ->
          join(
              text("", fields, "decision"),
              by(fields),
              names("from ", fields, "from"),
              text("lift ", fields, "scope"),
              text("", fields, "reason"),
              text("answer by ", fields, "answerBy"));
      case "proposal-read" -> text("read by ", fields, "person");
      case "answered" ->
          join(
              text("", fields, "verdict"),
              text("by ", fields, "person"),
              text("of ", fields, "organisation"),
              text("", fields, "reason"));
      case "proposal-granted" ->
          join(
              text("", fields, "state"),
              names("by ", fields, "by"),
              text("use by ", fields, "useBy"));
      case "proposal-ended" ->
          join(
              text("", fields, "state"),
              names("by ", fields, "by"),
              text("", fields, "why"),
              text("", fields, "reason"));
      default -> "";
    };
  }

  /** What a proposal is about where it is no call: a call's task says so by itself. */
  private static String about(Value.Obj fields) {
    String subject = TrailRow.text(fields, "subject");
    return subject.isEmpty() || subject.equals("call") ? "" : "about a " + subject;
  }

  private static String key(Value.Obj fields) {
    return text("key ", fields, "key");
  }

  private static String refused(Value.Obj fields) {
    return join(
        text("deny: ", fields, "reason"), text("agent heard ", fields, "agentHeard"), by(fields));
  }

  private static String by(Value.Obj fields) {
    return names("by ", fields, "determining");
  }

  private static String names(String before, Value.Obj fields, String member) {
    List<String> names = new ArrayList<>();
    for (Value item : fields.items(member)) {
      if (item instanceof Value.Text(String name)) {
        names.add(name);
      }
    }
    return names.isEmpty() ? "" : before + String.join(", ", names);
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
