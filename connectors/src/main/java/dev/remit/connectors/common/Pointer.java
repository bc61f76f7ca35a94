package dev.remit.connectors.common;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A JSON Pointer (RFC 6901).
 *
 * <p>Promises: finds one value or none, never a guess. In selections ({@link Selection}) the token
 * {@code *} stands for each item of an array, and for {@link #all}; {@link #find} knows no
 * wildcard.
 */
public record Pointer(List<String> tokens) {
  /** The whole value. */
  public static final Pointer WHOLE = new Pointer(List.of());

  public Pointer {
    tokens = List.copyOf(tokens);
  }

  /** Reads {@code /a/0/b}; the empty text is the whole value. */
  public static Pointer parse(String text) {
    if (text.isEmpty()) {
      return WHOLE;
    }
    if (!text.startsWith("/")) {
      throw new InvalidValueException("a pointer starts with `/`, not `" + text + "`");
    }
    var tokens = new ArrayList<String>();
    for (String token : text.substring(1).split("/", -1)) {
      tokens.add(token.replace("~1", "/").replace("~0", "~"));
    }
    return new Pointer(tokens);
  }

  /** The value there; empty when there is none or it is null. */
  public Optional<Value> find(Value root) {
    Value at = root;
    for (String token : tokens) {
      var next = step(at, token);
      if (next.isEmpty()) {
        return Optional.empty();
      }
      at = next.get();
    }
    return at == Value.Null.NULL ? Optional.empty() : Optional.of(at);
  }

  /** Whether it names many places. */
  public boolean isMany() {
    return tokens.contains("*");
  }

  /** The text at each place it names, in order; an empty text where a place has none. */
  public List<String> all(Value root) {
    int star = tokens.indexOf("*");
    if (star < 0) {
      return List.of(text(root).orElse(""));
    }
    var rest = new Pointer(tokens.subList(star + 1, tokens.size()));
    return new Pointer(tokens.subList(0, star)).find(root).orElse(Value.Null.NULL)
            instanceof Value.Array(List<Value> items)
        ? items.stream().flatMap(item -> rest.all(item).stream()).toList()
        : List.of("");
  }

  private static Optional<Value> step(Value at, String token) {
    return switch (at) {
      case Value.Obj object -> object.get(token);
      case Value.Array(List<Value> items) -> index(token, items.size()).map(items::get);
      case Value.Null.NULL -> Optional.empty();
      case Value.Bool scalar -> Optional.empty();
      case Value.Int scalar -> Optional.empty();
      case Value.Real scalar -> Optional.empty();
      case Value.Text scalar -> Optional.empty();
    };
  }

  private static Optional<Integer> index(String token, int size) {
    if (!token.matches("0|[1-9][0-9]{0,6}")) {
      return Optional.empty();
    }
    int index = Integer.parseInt(token);
    return index < size ? Optional.of(index) : Optional.empty();
  }

  /** The text or number there, as text. */
  public Optional<String> text(Value root) {
    return find(root).flatMap(Pointer::scalar);
  }

  /** A text, integer or truth value as text. */
  public static Optional<String> scalar(Value value) {
    return switch (value) {
      case Value.Text(String text) -> Optional.of(text);
      case Value.Int(long number) -> Optional.of(Long.toString(number));
      case Value.Bool(boolean claim) -> Optional.of(Boolean.toString(claim));
      case Value.Null.NULL -> Optional.empty();
      case Value.Real number -> Optional.empty();
      case Value.Array items -> Optional.empty();
      case Value.Obj object -> Optional.empty();
    };
  }
}
