package dev.remit.evidence;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One entry as people read it. Every text of it may hold words that outsiders chose; {@link #line}
 * is safe on a terminal.
 *
 * @param index in the log; absent until it is integrated
 * @param agent who asked, or {@code remit} for its own reads
 * @param tool the tool, or the purpose of an own read
 * @param summary what happened: decision and reason, outcome, end of a credential
 */
public record TrailRow(
    Optional<Long> index,
    String at,
    String kind,
    String task,
    String call,
    String agent,
    String tool,
    List<String> targets,
    String summary,
    Value.Obj leaf,
    Value.Obj body) {

  public TrailRow {
    targets = List.copyOf(targets);
  }

  /** Reads one item of a trail's answer: {@code index}, {@code leaf}, {@code body}. */
  static TrailRow of(Value item) {
    if (!(item instanceof Value.Obj entry)) {
      throw new InvalidValueException("an entry of a trail is an object");
    }
    var leaf =
        entry.object("leaf").orElseThrow(() -> new InvalidValueException("an entry has a leaf"));
    var fields = leaf.object("fields").orElse(Value.Obj.EMPTY);
    var body = entry.object("body").orElse(Value.Obj.EMPTY);
    String kind = text(leaf, "kind");
    return new TrailRow(
        entry.integer("index"),
        text(leaf, "at"),
        kind,
        text(leaf, "task"),
        text(leaf, "call"),
        fields.text("agent").isPresent()
            ? first(fields, "agent", "by")
            : first(fields, "person", "by"),
        first(fields, "tool", "purpose"),
        targets(fields),
        TrailSummary.of(kind, fields, body) + erased(entry),
        leaf,
        body);
  }

  private static String erased(Value.Obj entry) {
    return entry.get("erased").equals(Optional.of(Value.of(true))) ? " (body erased)" : "";
  }

  static String text(Value.Obj object, String name) {
    return object.text(name).orElse("");
  }

  private static String first(Value.Obj fields, String name, String otherwise) {
    return fields.text(name).or(() -> fields.text(otherwise)).orElse("");
  }

  /** Names of targets, whether they stand as names or with the tenant they were proven to be of. */
  static List<String> targets(Value.Obj fields) {
    List<String> names = new ArrayList<>();
    for (Value target : fields.items("targets")) {
      switch (target) {
        case Value.Text(String name) -> names.add(name);
        case Value.Obj record -> names.add(text(record, "ref"));
        case Value.Null _, Value.Bool _, Value.Int _, Value.Real _, Value.Array _ -> {}
      }
    }
    return names;
  }

  /** For people: one line; what is empty is left out. */
  public String line() {
    List<String> parts = new ArrayList<>();
    parts.add(at);
    parts.add(String.format("%-16s", kind));
    parts.add(agent);
    parts.add(tool);
    parts.add(String.join(",", targets));
    parts.add(summary);
    parts.add(task.isEmpty() ? "" : "task=" + task);
    parts.add(call.isEmpty() ? "" : "call=" + call);
    parts.add(index.isPresent() ? "#" + index.get() : "(not in the log yet)");
    parts.removeIf(String::isEmpty);
    return Printable.of(String.join("  ", parts));
  }

  /** For programs; names are stable. */
  public Value.Obj toValue() {
    var row =
        Value.object(
            "at", at,
            "kind", kind,
            "task", task,
            "call", call,
            "agent", agent,
            "tool", tool,
            "targets", Value.texts(targets),
            "summary", summary,
            "leaf", leaf,
            "body", body);
    return index.map(i -> row.with("index", Value.of(i))).orElse(row);
  }
}
