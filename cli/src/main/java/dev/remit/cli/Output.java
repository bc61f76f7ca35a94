package dev.remit.cli;

import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Results on standard output: tables for people, one line of JSON for programs. */
final class Output {

  private Output() {}

  /** The value on one line. */
  static void json(PrintWriter out, Value value) {
    out.println(Json.text(value));
  }

  /**
   * A table of the objects; the words for an empty list stand alone.
   *
   * @param columns paths of members, such as {@code ground.ticket}; their last names are headings
   */
  static void table(PrintWriter out, List<Value> rows, String none, String... columns) {
    if (rows.isEmpty()) {
      out.println(none);
      return;
    }
    List<List<String>> cells = new ArrayList<>();
    cells.add(List.of(columns).stream().map(Output::heading).toList());
    for (Value row : rows) {
      cells.add(List.of(columns).stream().map(column -> text(row, column)).toList());
    }
    int[] widths = new int[columns.length];
    cells.forEach(row -> widen(widths, row));
    cells.forEach(row -> out.println(line(widths, row)));
  }

  private static String heading(String column) {
    return column.substring(column.lastIndexOf('.') + 1).toUpperCase(java.util.Locale.ROOT);
  }

  private static void widen(int[] widths, List<String> row) {
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], row.get(i).length());
    }
  }

  private static String line(int[] widths, List<String> row) {
    var line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
    }
    return line.toString().stripTrailing();
  }

  /** The member at a path, in words; nothing where there is none. */
  static String text(Value value, String path) {
    int dot = path.indexOf('.');
    String name = dot < 0 ? path : path.substring(0, dot);
    if (!(value instanceof Value.Obj object)) {
      return "";
    }
    var member = object.get(name);
    if (member.isEmpty()) {
      return "";
    }
    return dot < 0 ? words(member.get()) : text(member.get(), path.substring(dot + 1));
  }

  /** A value in words: text without quotes and without control characters. */
  static String words(Value value) {
    return switch (value) {
      case Value.Null.NULL -> "";
      case Value.Text(String text) -> printable(text);
      case Value.Array(List<Value> items) ->
          items.stream().map(Output::words).collect(Collectors.joining(", "));
      case Value.Bool _, Value.Int _, Value.Real _ -> Json.text(value);
      case Value.Obj object ->
          object.members().entrySet().stream()
              .map(member -> member.getKey() + "=" + words(member.getValue()))
              .collect(Collectors.joining(" "));
    };
  }

  /** Words of outsiders must not steer the terminal. */
  static String printable(String text) {
    return text.codePoints()
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
