package dev.remit.workspace;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A YAML document with the line of every part. */
sealed interface YamlNode {
  /** The line it begins on, counted from 1. */
  int line();

  /** The same as an I-JSON value, read by the JSON schema of YAML 1.2 (section 10.2). */
  Value value();

  /** A scalar; a quoted one is always text. */
  record Scalar(String text, boolean isQuoted, int line) implements YamlNode {
    private static final Pattern INTEGER = Pattern.compile("-?(?:0|[1-9][0-9]{0,17})");
    private static final Pattern REAL =
        Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?");

    boolean isText() {
      return value() instanceof Value.Text;
    }

    @Override
    public Value value() {
      if (isQuoted) {
        return Value.of(text);
      }
      return switch (text) {
        case "", "null", "~" -> Value.Null.NULL;
        case "true" -> Value.of(true);
        case "false" -> Value.of(false);
        default -> number();
      };
    }

    private Value number() {
      if (INTEGER.matcher(text).matches()) {
        return Value.of(Long.parseLong(text));
      }
      return REAL.matcher(text).matches()
          ? new Value.Real(Double.parseDouble(text))
          : Value.of(text);
    }
  }

  /** A sequence. */
  record Items(List<YamlNode> items, int line) implements YamlNode {
    public Items {
      items = List.copyOf(items);
    }

    @Override
    public Value value() {
      return new Value.Array(items.stream().map(YamlNode::value).toList());
    }
  }

  /** A mapping; keys are plain text and unique. */
  record Members(Map<String, Member> members, int line) implements YamlNode {
    @Override
    public Value.Obj value() {
      var values = new LinkedHashMap<String, Value>();
      members.forEach((name, member) -> values.put(name, member.node().value()));
      return new Value.Obj(values);
    }
  }

  /** A member with the line of its key. */
  record Member(YamlNode node, int line) {}

  /** Whether every part has an I-JSON form; says why not. */
  static String problem(YamlNode node) {
    try {
      node.value();
      return "";
    } catch (InvalidValueException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
