package dev.remit.json;

import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.Value;
import java.util.List;

/** Writes values in the order of their members; scalars as the canonical form has them. */
final class PlainText {

  private PlainText() {}

  static String of(Value value) {
    var out = new StringBuilder(128);
    write(value, out);
    return out.toString();
  }

  private static void write(Value value, StringBuilder out) {
    switch (value) {
      case Value.Array(List<Value> items) -> {
        String separator = "[";
        for (var item : items) {
          write(item, out.append(separator));
          separator = ",";
        }
        out.append(items.isEmpty() ? "[]" : "]");
      }
      case Value.Obj object -> {
        String separator = "{";
        for (var member : object.members().entrySet()) {
          out.append(separator).append(CanonicalJson.text(Value.of(member.getKey()))).append(':');
          write(member.getValue(), out);
          separator = ",";
        }
        out.append(object.isEmpty() ? "{}" : "}");
      }
      case Value.Null.NULL -> out.append("null");
      case Value.Bool bool -> out.append(bool.value());
      case Value.Int number -> out.append(number.value());
      case Value.Real real -> out.append(CanonicalJson.text(real));
      case Value.Text text -> out.append(CanonicalJson.text(text));
    }
  }
}
