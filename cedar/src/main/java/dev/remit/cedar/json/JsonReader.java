package dev.remit.cedar.json;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON text (RFC 8259). Stricter than the RFC where readers differ: duplicate keys, lone
 * surrogates, fractions, exponents and numbers beyond 64 bits are refused. Keeps its own stack, so
 * depth costs heap only.
 */
public final class JsonReader {
  private static final int DEEPEST = 100_000;

  private final JsonTokens tokens;
  private final Deque<Open> open = new ArrayDeque<>();

  private JsonReader(String text) {
    this.tokens = new JsonTokens(text);
  }

  /**
   * Reads the whole text.
   *
   * @throws RefusedException if it is not one JSON value
   */
  public static Json read(String text) {
    return new JsonReader(text).read();
  }

  /** An object or array that has not ended yet. */
  private static final class Open {
    final @Nullable Map<String, Json> members;
    final List<Json> items = new ArrayList<>();
    String key = "";

    Open(boolean isObject) {
      this.members = isObject ? new LinkedHashMap<>() : null;
    }

    void add(Json value) {
      if (members == null) {
        items.add(value);
      } else if (members.putIfAbsent(key, value) != null) {
        throw new RefusedException("the key `" + key + "` is there twice");
      }
    }

    Json close() {
      return members == null ? new Json.Arr(items) : new Json.Obj(members);
    }
  }

  private Json read() {
    while (true) {
      var value = begin();
      while (value != null) {
        var around = open.peek();
        if (around == null) {
          tokens.end();
          return value;
        }
        around.add(value);
        value = next(around);
      }
    }
  }

  /** A whole value if it is a scalar or empty; null if an object or array has begun. */
  private @Nullable Json begin() {
    char first = tokens.peek();
    if (first != '{' && first != '[') {
      return tokens.scalar();
    }
    tokens.take(first);
    boolean isObject = first == '{';
    var begun = new Open(isObject);
    if (tokens.peek() == (isObject ? '}' : ']')) {
      tokens.take(isObject ? '}' : ']');
      return begun.close();
    }
    open.push(begun);
    if (open.size() > DEEPEST) {
      throw new RefusedException("json is nested too deeply");
    }
    key(begun);
    return null;
  }

  private void key(Open around) {
    if (around.members != null) {
      around.key = tokens.string();
      tokens.take(':');
    }
  }

  /** After a value: the finished object or array around it, or null if another value follows. */
  private @Nullable Json next(Open around) {
    if (tokens.peek() == ',') {
      tokens.take(',');
      key(around);
      return null;
    }
    tokens.take(around.members == null ? ']' : '}');
    open.pop();
    return around.close();
  }
}
