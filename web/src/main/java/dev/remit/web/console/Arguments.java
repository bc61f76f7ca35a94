package dev.remit.web.console;

import dev.remit.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A value as rows to read: nothing is left out, and text cannot pass for a number or for nothing.
 */
public final class Arguments {

  private static final int LONG = 2_000;
  private static final String INDENT = "  ";

  private Arguments() {}

  /**
   * One argument.
   *
   * @param kind what sort of value it is, in a word
   * @param size how much it is where that helps, else empty
   * @param isLong whether it is shown in a box that scrolls
   */
  public record Row(String name, String kind, String text, String size, boolean isLong) {}

  /** The members of an object, each whole. */
  public static List<Row> rows(Value.Obj object) {
    var rows = new ArrayList<Row>();
    object.members().forEach((name, value) -> rows.add(row(name, value)));
    return List.copyOf(rows);
  }

  /** Every text in it, names included. */
  public static List<String> texts(Value value) {
    var texts = new ArrayList<String>();
    collect(value, texts);
    return texts;
  }

  /** A value in few words, for a line. */
  public static String brief(Value value) {
    return value instanceof Value.Text(String text) ? text : json(value, "");
  }

  private static Row row(String name, Value value) {
    String text = value instanceof Value.Text(String written) ? written : json(value, "");
    long lines = text.chars().filter(c -> c == '\n').count() + 1;
    boolean isLong = text.length() > LONG || lines > 24;
    String size =
        text.length() < 200 && lines == 1
            ? ""
            : String.format(Locale.ENGLISH, "%,d characters, %,d lines", text.length(), lines);
    return new Row(name, kind(value), text, size, isLong);
  }

  private static String kind(Value value) {
    return switch (value) {
      case Value.Null ignored -> "nothing";
      case Value.Bool ignored -> "yes or no";
      case Value.Int ignored -> "number";
      case Value.Real ignored -> "number";
      case Value.Text(String text) -> text.isEmpty() ? "empty text" : "text";
      case Value.Array(List<Value> items) -> "list of " + items.size();
      case Value.Obj ignored -> "object";
    };
  }

  private static String json(Value value, String indent) {
    return switch (value) {
      case Value.Null ignored -> "null";
      case Value.Bool(boolean claim) -> String.valueOf(claim);
      case Value.Int(long number) -> String.valueOf(number);
      case Value.Real(double number) -> String.valueOf(number);
      case Value.Text(String text) -> quoted(text);
      case Value.Array(List<Value> items) -> {
        var parts = items.stream().map(item -> json(item, indent + INDENT)).toList();
        yield wrapped("[", parts, "]", indent);
      }
      case Value.Obj object -> {
        var parts = new ArrayList<String>();
        object
            .members()
            .forEach(
                (name, member) -> parts.add(quoted(name) + ": " + json(member, indent + INDENT)));
        yield wrapped("{", parts, "}", indent);
      }
    };
  }

  private static String wrapped(String open, List<String> parts, String close, String indent) {
    if (parts.isEmpty()) {
      return open + close;
    }
    String line = "\n" + indent + INDENT;
    return open + line + String.join("," + line, parts) + "\n" + indent + close;
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }

  private static void collect(Value value, List<String> texts) {
    switch (value) {
      case Value.Text(String text) -> texts.add(text);
      case Value.Array(List<Value> items) -> items.forEach(item -> collect(item, texts));
      case Value.Obj object ->
          object
              .members()
              .forEach((name, member) -> {
                texts.add(name);
                collect(member, texts);
              });
      case Value.Null ignored -> {}
      case Value.Bool ignored -> {}
      case Value.Int ignored -> {}
      case Value.Real ignored -> {}
    }
  }
}
