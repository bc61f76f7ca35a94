package dev.remit.json;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A schema made narrower than its author wrote it: the top, and every level that lists properties,
 * refuses names that are not listed (JSON Schema 2020-12 core, sections 10.3.2.3 and 11.3).
 *
 * <p>Where keywords such as {@code allOf} or {@code $ref} describe the same place together, the
 * place as a whole is closed and not each part, so that parts may list different names. Refused:
 * references that leave the schema, identifiers inside it, and keywords of older drafts that
 * 2020-12 would silently ignore.
 */
final class ClosedSchema {

  /** Keywords whose subschemas describe the same place as the schema they stand in. */
  private static final Set<String> IN_PLACE =
      Set.of("allOf", "anyOf", "oneOf", "if", "then", "else");

  private static final Set<String> REFERENCES = Set.of("$ref", "$dynamicRef");
  private static final Set<String> OLDER_DRAFTS =
      Set.of("dependencies", "additionalItems", "$recursiveRef", "$recursiveAnchor");
  private static final Set<String> DIALECTS =
      Set.of(
          "https://json-schema.org/draft/2020-12/schema",
          "https://json-schema.org/draft/2019-09/schema",
          "http://json-schema.org/draft-07/schema");

  private ClosedSchema() {}

  static Value.Obj of(Value.Obj schema) {
    schema.get("$schema").ifPresent(ClosedSchema::requireDialect);
    return object(schema.without("$schema").without("$id"), Place.TOP);
  }

  /** What a subschema describes. */
  private enum Place {
    /** The arguments as a whole: always closed. */
    TOP,
    /** A place of its own: closed if it lists properties. */
    OWN,
    /** The same place as its parent, which is closed instead. */
    SHARED,
    /** What must not fit: narrowing it would widen the whole. */
    NEGATED
  }

  private static Value schema(Value schema, Place place) {
    return switch (schema) {
      case Value.Obj object -> object(object, place);
      case Value.Bool bool -> bool;
      case Value.Array _, Value.Text _, Value.Int _, Value.Real _, Value.Null _ ->
          throw new InvalidValueException("its schema has something else where a schema must be");
    };
  }

  private static Value.Obj object(Value.Obj schema, Place place) {
    screen(schema);
    var closed = new LinkedHashMap<String, Value>();
    schema.members().forEach((keyword, value) -> closed.put(keyword, child(keyword, value, place)));
    boolean isClosing =
        switch (place) {
          case TOP -> true;
          case OWN -> listsProperties(schema);
          case SHARED -> schema.members().containsKey("properties");
          case NEGATED -> false;
        };
    if (isClosing) {
      dropUnlessFalse(closed, "additionalProperties");
      dropUnlessFalse(closed, "unevaluatedProperties");
      if (place != Place.SHARED) {
        closed.putIfAbsent(
            isComposed(schema) ? "unevaluatedProperties" : "additionalProperties", Value.of(false));
      }
    }
    return new Value.Obj(closed);
  }

  private static Value child(String keyword, Value value, Place place) {
    var own = place == Place.NEGATED ? Place.NEGATED : Place.OWN;
    var shared = place == Place.NEGATED ? Place.NEGATED : Place.SHARED;
    return switch (keyword) {
      case "properties", "patternProperties" -> each(value, own);
      case "additionalProperties", "unevaluatedProperties", "unevaluatedItems", "contains" ->
          schema(value, own);
      case "items" -> schema(value, own);
      case "propertyNames" -> schema(value, Place.NEGATED);
      case "prefixItems" -> each(value, own);
      case "allOf", "anyOf", "oneOf", "dependentSchemas", "$defs", "definitions" ->
          each(value, shared);
      case "if", "then", "else" -> schema(value, shared);
      case "not" -> schema(value, Place.NEGATED);
      default -> value;
    };
  }

  private static Value each(Value value, Place place) {
    return switch (value) {
      case Value.Array(List<Value> items) ->
          new Value.Array(items.stream().map(item -> schema(item, place)).toList());
      case Value.Obj object -> {
        var members = new LinkedHashMap<String, Value>();
        object.members().forEach((name, item) -> members.put(name, schema(item, place)));
        yield new Value.Obj(members);
      }
      case Value.Bool _, Value.Text _, Value.Int _, Value.Real _, Value.Null _ ->
          throw new InvalidValueException("its schema has something else where schemas must be");
    };
  }

  private static boolean listsProperties(Value schema) {
    return schema instanceof Value.Obj object
        && (object.members().containsKey("properties")
            || isReferring(object)
            || object.object("dependentSchemas").isPresent()
            || IN_PLACE.stream().anyMatch(keyword -> listsProperties(object, keyword)));
  }

  private static boolean listsProperties(Value.Obj schema, String keyword) {
    return switch (schema.get(keyword).orElse(Value.Null.NULL)) {
      case Value.Array(List<Value> items) -> items.stream().anyMatch(ClosedSchema::listsProperties);
      case Value.Obj object -> listsProperties(object);
      case Value.Bool _, Value.Text _, Value.Int _, Value.Real _, Value.Null _ -> false;
    };
  }

  private static boolean isComposed(Value.Obj schema) {
    return isReferring(schema)
        || schema.members().containsKey("dependentSchemas")
        || IN_PLACE.stream().anyMatch(schema.members()::containsKey);
  }

  private static boolean isReferring(Value.Obj schema) {
    return REFERENCES.stream().anyMatch(schema.members()::containsKey);
  }

  private static void dropUnlessFalse(Map<String, Value> schema, String keyword) {
    if (!Value.of(false).equals(schema.get(keyword))) {
      schema.remove(keyword);
    }
  }

  private static void screen(Value.Obj schema) {
    for (var member : schema.members().entrySet()) {
      String keyword = member.getKey();
      if (REFERENCES.contains(keyword)
          && !(member.getValue() instanceof Value.Text(String text) && text.startsWith("#"))) {
        throw new InvalidValueException("its schema refers to something outside itself");
      }
      boolean isOlder =
          OLDER_DRAFTS.contains(keyword)
              || (keyword.equals("items") && member.getValue() instanceof Value.Array);
      if (isOlder || keyword.equals("$id") || keyword.equals("$schema")) {
        throw new InvalidValueException(
            "its schema uses `" + keyword + "`, which is not supported there; write it in 2020-12");
      }
    }
  }

  private static void requireDialect(Value dialect) {
    boolean isKnown =
        dialect instanceof Value.Text(String text)
            && DIALECTS.contains(text.endsWith("#") ? text.substring(0, text.length() - 1) : text);
    if (!isKnown) {
      throw new InvalidValueException("its schema is of an unknown dialect; write it in 2020-12");
    }
  }
}
