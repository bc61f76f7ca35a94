package dev.remit.connectors.http;

import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A declared body in which {@code "{argument}"} stands for a whole value.
 *
 * <p>Promises: an argument becomes one value of the tree and never text within another; members and
 * items whose optional argument is absent are left out; the bytes are canonical (RFC 8785).
 */
record BodyTemplate(Value.Obj template) {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z0-9_-]{1,64})}");

  /** The bytes to send. */
  byte[] fill(Value.Obj arguments) {
    return CanonicalJson.bytes(filled(template, arguments).orElse(Value.Obj.EMPTY));
  }

  private static Optional<Value> filled(Value template, Value.Obj arguments) {
    return switch (template) {
      case Value.Text(String text) -> {
        var matcher = PLACEHOLDER.matcher(text);
        yield matcher.matches() ? arguments.get(matcher.group(1)) : Optional.of(template);
      }
      case Value.Array(List<Value> items) -> {
        var list = new ArrayList<Value>();
        items.forEach(item -> filled(item, arguments).ifPresent(list::add));
        yield Optional.of(new Value.Array(list));
      }
      case Value.Obj object -> {
        var members = new LinkedHashMap<String, Value>();
        object
            .members()
            .forEach((name, v) -> filled(v, arguments).ifPresent(f -> members.put(name, f)));
        yield Optional.of(new Value.Obj(members));
      }
      case Value.Null.NULL -> Optional.of(template);
      case Value.Bool scalar -> Optional.of(template);
      case Value.Int scalar -> Optional.of(template);
      case Value.Real scalar -> Optional.of(template);
    };
  }
}
