package dev.remit.cedar.value;

import dev.remit.cedar.json.Json;
import dev.remit.cedar.json.RefusedException;
import java.util.ArrayList;

/**
 * Reads values in Cedar's JSON form: natural JSON with the escapes {@code __entity} and {@code
 * __extn}.
 */
public final class ValueReader {
  private static final int DEEPEST = 500;

  private ValueReader() {}

  /**
   * The value that this JSON writes.
   *
   * @throws RefusedException if it writes none
   */
  public static Value read(Json json) {
    return read(json, 0);
  }

  private static Value read(Json json, int depth) {
    if (depth > DEEPEST) {
      throw new RefusedException("a value is nested more than " + DEEPEST + " deep");
    }
    return switch (json) {
      case Json.Bool(boolean claim) -> Value.Bool.of(claim);
      case Json.Num(long number) -> new Value.Int(number);
      case Json.Str(String text) -> new Value.Text(text);
      case Json.Null() -> throw new RefusedException("null is no value");
      case Json.Arr array -> set(array, depth);
      case Json.Obj object -> escaped(object, depth);
    };
  }

  private static Value set(Json.Arr array, int depth) {
    var items = new ArrayList<Value>();
    array.items().forEach(item -> items.add(read(item, depth + 1)));
    return ValueSet.of(items);
  }

  private static Value escaped(Json.Obj object, int depth) {
    if (object.members().size() == 1) {
      var entity = object.members().get("__entity");
      if (entity != null) {
        return uid(entity);
      }
      var extension = object.members().get("__extn");
      if (extension != null) {
        return extension(extension.object(), depth);
      }
      if (object.members().containsKey("__expr")) {
        throw new RefusedException("`__expr` is no longer part of the form");
      }
    }
    return record(object, depth);
  }

  private static Value record(Json.Obj object, int depth) {
    var record = ValueRecord.of(object.members().size());
    object.members().forEach((name, value) -> record.put(name, read(value, depth + 1)));
    return record.build();
  }

  /**
   * The entity that this JSON names, with or without the escape.
   *
   * @throws RefusedException if it names none
   */
  public static EntityUid uid(Json json) {
    var object = json.object();
    var escaped = object.members().get("__entity");
    var names = escaped == null ? object : escaped.object();
    return new EntityUid(typeName(names.need("type").text()), names.need("id").text());
  }

  /**
   * The name of an entity type.
   *
   * @throws RefusedException if no type can have it
   */
  public static String typeName(String name) {
    for (String part : name.split("::", -1)) {
      boolean isIdentifier =
          !part.isEmpty()
              && isLetter(part.charAt(0))
              && part.chars().allMatch(c -> isLetter(c) || (c >= '0' && c <= '9'));
      if (!isIdentifier) {
        throw new RefusedException("`" + name + "` names no entity type");
      }
    }
    return name;
  }

  private static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  private static Value extension(Json.Obj call, int depth) {
    String function = call.need("fn").text();
    if (function.equals("offset")) {
      return offset(call, depth);
    }
    var argument = read(call.need("arg"), depth + 1);
    if (argument instanceof Value.Text(String text)) {
      var value = Extensions.make(function, text);
      if (value != null) {
        return value;
      }
    }
    throw new RefusedException("`" + function + "` refuses its argument");
  }

  /** A moment as the official library writes one that was computed. */
  private static Value offset(Json.Obj call, int depth) {
    var arguments = call.need("args").items();
    if (arguments.size() == 2
        && read(arguments.get(0), depth + 1) instanceof Datetime(long millis)
        && read(arguments.get(1), depth + 1) instanceof CedarDuration(long distance)) {
      try {
        return new Datetime(Math.addExact(millis, distance));
      } catch (ArithmeticException e) {
        throw new RefusedException("`offset` goes beyond what a datetime can hold");
      }
    }
    throw new RefusedException("`offset` refuses its arguments");
  }
}
