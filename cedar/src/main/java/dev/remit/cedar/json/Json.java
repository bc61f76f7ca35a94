package dev.remit.cedar.json;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON value as {@link JsonReader} reads it. */
public sealed interface Json {
  /** An object, its members in the order of the text. */
  record Obj(Map<String, Json> members) implements Json {
    /** The member of this name. */
    public Optional<Json> get(String name) {
      return Optional.ofNullable(members.get(name));
    }

    /**
     * The member of this name.
     *
     * @throws RefusedException if there is none
     */
    public Json need(String name) {
      var member = members.get(name);
      if (member == null) {
        throw new RefusedException("`" + name + "` is missing");
      }
      return member;
    }
  }

  /** An array. */
  record Arr(List<Json> items) implements Json {}

  /** A string. */
  record Str(String text) implements Json {}

  /** A whole number. */
  record Num(long number) implements Json {}

  /** True or false. */
  record Bool(boolean claim) implements Json {}

  /** Null. */
  record Null() implements Json {}

  /**
   * This as an object.
   *
   * @throws RefusedException if it is none
   */
  default Obj object() {
    if (this instanceof Obj object) {
      return object;
    }
    throw new RefusedException("an object is expected");
  }

  /**
   * This as the items of an array.
   *
   * @throws RefusedException if it is none
   */
  default List<Json> items() {
    if (this instanceof Arr(List<Json> items)) {
      return items;
    }
    throw new RefusedException("an array is expected");
  }

  /**
   * This as text.
   *
   * @throws RefusedException if it is none
   */
  default String text() {
    if (this instanceof Str(String text)) {
      return text;
    }
    throw new RefusedException("a string is expected");
  }
}
