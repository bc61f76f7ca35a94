package dev.remit.core.value;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An I-JSON value (RFC 7493): what a request, an argument or a fact is made of.
 *
 * <p>Promises: immutable; text holds no unpaired surrogate; integers lie within ±(2^53 - 1) and
 * reals are finite, so the value has exactly one canonical form ({@link CanonicalJson}); names
 * within an object are unique by construction. It does not promise any order of names: equality of
 * objects ignores it.
 */
public sealed interface Value {

  /** The largest integer that every JSON reader understands alike (RFC 7493, section 2.2). */
  long MAX_SAFE_INTEGER = (1L << 53) - 1;

  /** JSON {@code null}. */
  enum Null implements Value {
    /** The only one. */
    NULL
  }

  /** JSON {@code true} or {@code false}. */
  record Bool(boolean value) implements Value {}

  /** A number without fraction or exponent. */
  record Int(long value) implements Value {
    public Int {
      if (value > MAX_SAFE_INTEGER || value < -MAX_SAFE_INTEGER) {
        throw new InvalidValueException(
            "integer `" + value + "` is beyond 2^53 - 1; send it as text");
      }
    }
  }

  /** A number that is not an integer. An integral double becomes {@link Int} in {@link #number}. */
  record Real(double value) implements Value {
    public Real {
      if (!Double.isFinite(value)) {
        throw new InvalidValueException("a number must be finite");
      }
    }
  }

  /** Text of Unicode scalar values. */
  record Text(String value) implements Value {
    public Text {
      requireScalarValues(value);
    }
  }

  /** An array. */
  record Array(List<Value> items) implements Value {
    public Array {
      items = List.copyOf(items);
    }
  }

  /** An object; keeps the order in which its members came, for reading only. */
  record Obj(Map<String, Value> members) implements Value {

    /** The object without members. */
    public static final Obj EMPTY = new Obj(Map.of());

    public Obj {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
      members.keySet().forEach(Value::requireScalarValues);
    }

    /** The member of this name, if there is one. */
    public Optional<Value> get(String name) {
      return Optional.ofNullable(members.get(name));
    }

    /** The member of this name if it is text. */
    public Optional<String> text(String name) {
      return members.get(name) instanceof Text(String text) ? Optional.of(text) : Optional.empty();
    }

    /** The member of this name if it is an integer. */
    public Optional<Long> integer(String name) {
      return members.get(name) instanceof Int(long n) ? Optional.of(n) : Optional.empty();
    }

    /** The member of this name if it is an object. */
    public Optional<Obj> object(String name) {
      return members.get(name) instanceof Obj o ? Optional.of(o) : Optional.empty();
    }

    /** The items of the array of this name; empty when there is no such array. */
    public List<Value> items(String name) {
      return members.get(name) instanceof Array(List<Value> items) ? items : List.of();
    }

    /** This object with one member more, or with the member of that name replaced. */
    public Obj with(String name, Value value) {
      var copy = new LinkedHashMap<>(members);
      copy.put(name, value);
      return new Obj(copy);
    }

    /** This object without the member of that name. */
    public Obj without(String name) {
      var copy = new LinkedHashMap<>(members);
      copy.remove(name);
      return new Obj(copy);
    }

    /** Whether there is no member. */
    public boolean isEmpty() {
      return members.isEmpty();
    }
  }

  /** Text. */
  static Value of(String text) {
    return new Text(text);
  }

  /** An integer. */
  static Value of(long number) {
    return new Int(number);
  }

  /** A truth value. */
  static Value of(boolean claim) {
    return new Bool(claim);
  }

  /** An array of texts. */
  static Value texts(Iterable<String> texts) {
    var items = new ArrayList<Value>();
    texts.forEach(text -> items.add(new Text(text)));
    return new Array(items);
  }

  /** A number, as {@link Int} where it is integral and safe, else as {@link Real}. */
  static Value number(double number) {
    return number == Math.rint(number) && Math.abs(number) <= MAX_SAFE_INTEGER
        ? new Int((long) number)
        : new Real(number);
  }

  /** An object of alternating names and values, for literals in code. */
  static Obj object(Object... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("an object literal needs a value for every name");
    }
    var members = new LinkedHashMap<String, Value>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      members.put((String) namesAndValues[i], literal(namesAndValues[i + 1]));
    }
    return new Obj(members);
  }

  private static Value literal(Object literal) {
    return switch (literal) {
      case Value value -> value;
      case String text -> new Text(text);
      case Boolean claim -> new Bool(claim);
      case Integer n -> new Int(n);
      case Long n -> new Int(n);
      case Double n -> number(n);
      case List<?> items -> new Array(items.stream().map(Value::literal).toList());
      default ->
          throw new IllegalArgumentException(
              "no JSON form for " + literal.getClass().getSimpleName());
    };
  }

  private static void requireScalarValues(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        boolean isPair =
            i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
        if (!isPair) {
          throw new InvalidValueException("text holds an unpaired surrogate");
        }
        i++;
      }
    }
  }
}
