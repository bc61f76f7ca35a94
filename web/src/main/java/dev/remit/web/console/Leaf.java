package dev.remit.web.console;

import dev.remit.core.evidence.Journal;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.time.Instant;
import java.util.Optional;

/**
 * An entry of the evidence taken apart for reading.
 *
 * @param kind as the leaf says it, such as {@code intent}
 * @param place where it stands in the log, in words
 */
record Leaf(
    String kind,
    Instant at,
    Optional<String> call,
    Optional<String> task,
    Value.Obj fields,
    Value.Obj body,
    String place) {

  static Leaf of(Journal.Stored stored) {
    var leaf = Json.parseObject(stored.leaf());
    return new Leaf(
        leaf.text("kind").orElse("entry"),
        leaf.text("at").map(Instant::parse).orElse(Instant.EPOCH),
        leaf.text("call"),
        leaf.text("task"),
        leaf.object("fields").orElse(Value.Obj.EMPTY),
        stored.body(),
        stored.index().map(index -> "leaf " + index).orElse("on its way to the log")
            + (stored.isErased() ? ", its body was erased" : ""));
  }

  /**
   * A field as text, the items of a list in a line, or nothing; what a person typed stands in the
   * body, until it is erased.
   */
  String field(String name) {
    return fields
        .get(name)
        .or(() -> name.equals("reason") ? body.get(name) : java.util.Optional.empty())
        .map(Leaf::line)
        .orElse("");
  }

  private static String line(Value value) {
    return value instanceof Value.Array(var items)
        ? String.join(" and ", items.stream().map(Arguments::brief).toList())
        : Arguments.brief(value);
  }

  /** The handle of the proposal it is about, if it is about one. */
  Optional<String> handle() {
    return fields.text("handle").or(() -> fields.text("approval"));
  }

  /** What it names as targets, in a line. */
  String targets() {
    var names =
        fields.items("targets").stream()
            .map(item ->
                item instanceof Value.Obj object
                    ? object.text("ref").orElse("")
                    : Arguments.brief(item))
            .toList();
    return String.join(", ", names);
  }
}
