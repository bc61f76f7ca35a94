package dev.remit.evidence;

import dev.remit.core.evidence.Journal;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Stored entries as people and programs read them.
 *
 * <p>It shows what stands there and checks nothing: whoever wants proof takes a pack.
 */
public final class TrailView {

  private TrailView() {}

  /**
   * The answer of {@code /v1/trail}: {@code entries} of {@code index}, {@code leaf}, {@code body}.
   */
  public static Value.Obj answer(List<Journal.Stored> stored) {
    List<Value> entries = new ArrayList<>();
    for (Journal.Stored entry : stored) {
      var item = Value.object("leaf", Json.parseObject(entry.leaf()), "body", entry.body());
      entries.add(entry.index().map(i -> item.with("index", Value.of(i))).orElse(item));
    }
    return Value.object("entries", new Value.Array(entries));
  }

  /** The rows of such an answer, in its order. */
  public static List<TrailRow> rows(Value.Obj answer) {
    return answer.items("entries").stream().map(TrailRow::of).toList();
  }

  /** One line for each row. */
  public static List<String> lines(List<TrailRow> rows) {
    return rows.stream().map(TrailRow::line).toList();
  }

  /** The way of one call on one screen, from the rows of that call. */
  public static List<String> path(List<TrailRow> rows) {
    List<String> lines = new ArrayList<>();
    for (TrailRow row : rows) {
      if (lines.isEmpty()) {
        lines.add("call " + row.call());
        lines.addAll(about(row.leaf().object("fields").orElse(Value.Obj.EMPTY), row));
      }
      lines.addAll(step(row));
    }
    return lines.stream().map(Printable::of).toList();
  }

  private static List<String> about(Value.Obj fields, TrailRow row) {
    List<String> lines = new ArrayList<>();
    line(lines, "  agent     ", row.agent(), part(", instance ", fields, "instance"));
    line(
        lines,
        "  task      ",
        row.task(),
        part(", class ", fields, "taskClass"),
        part(", ticket ", fields, "ticket"));
    line(
        lines,
        "  tool      ",
        row.tool(),
        part(", effect ", fields, "effect"),
        part(", pin ", fields, "pin"));
    line(lines, "  arguments ", TrailRow.text(fields, "arguments"));
    row.body().object("arguments").ifPresent(a -> lines.add("            " + Json.text(a)));
    for (Value target : fields.items("targets")) {
      switch (target) {
        case Value.Text(String name) -> lines.add("  target    " + name);
        case Value.Obj record ->
            line(
                lines,
                "  target    ",
                TrailRow.text(record, "ref"),
                part(" of ", record, "tenant"),
                part(" at version ", record, "version"));
        case Value.Null _, Value.Bool _, Value.Int _, Value.Real _, Value.Array _ -> {}
      }
    }
    line(lines, "  policy    ", TrailRow.text(fields, "version"));
    return lines;
  }

  private static List<String> step(TrailRow row) {
    List<String> lines = new ArrayList<>();
    lines.add(row.at() + "  " + String.format("%-17s", row.kind()) + row.summary());
    var fields = row.leaf().object("fields").orElse(Value.Obj.EMPTY);
    line(
        lines,
        "    credential ",
        TrailRow.text(fields, "principal"),
        part(", send by ", fields, "sendBy"));
    for (String when : List.of("before", "after")) {
      for (Value seen : row.body().items(when)) {
        if (seen instanceof Value.Obj record) {
          line(
              lines,
              "    read " + when + " ",
              TrailRow.text(record, "target"),
              part(" of owner ", record, "owner"),
              part(" at version ", record, "version"));
        }
      }
    }
    return lines;
  }

  private static void line(List<String> lines, String label, String first, String... more) {
    if (!first.isEmpty()) {
      lines.add(label + first + String.join("", more));
    }
  }

  private static String part(String before, Value.Obj object, String name) {
    Optional<String> text = object.text(name);
    return text.isPresent() && !text.get().isEmpty() ? before + text.get() : "";
  }
}
