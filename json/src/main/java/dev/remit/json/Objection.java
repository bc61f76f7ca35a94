package dev.remit.json;

import com.networknt.schema.Error;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** What is wrong with the first argument that does not fit, in the caller's words. */
final class Objection {

  private static final int MOST_CHOICES = 12;

  private Objection() {}

  static String of(Error error) {
    String name = "argument `" + place(error) + "` ";
    String keyword = error.getKeyword() == null ? "false" : error.getKeyword();
    return switch (keyword) {
      case "required", "dependentRequired" -> name + "is missing";
      case "additionalProperties", "unevaluatedProperties", "false", "propertyNames" ->
          name + "is not known to this tool; leave it out";
      case "type" -> name + "must be of type " + choices(error);
      case "enum" -> name + "must be one of " + choices(error);
      case "const" -> name + "must be " + choices(error);
      case "pattern" -> name + "must match `" + limit(error) + "`";
      case "minimum" -> name + "must be at least `" + limit(error) + "`";
      case "maximum" -> name + "must be at most `" + limit(error) + "`";
      case "exclusiveMinimum" -> name + "must be more than `" + limit(error) + "`";
      case "exclusiveMaximum" -> name + "must be less than `" + limit(error) + "`";
      case "multipleOf" -> name + "must be a multiple of `" + limit(error) + "`";
      case "minLength" -> name + "must have at least `" + limit(error) + "` characters";
      case "maxLength" -> name + "must have at most `" + limit(error) + "` characters";
      case "minItems" -> name + "must have at least `" + limit(error) + "` items";
      case "maxItems" -> name + "must have at most `" + limit(error) + "` items";
      case "uniqueItems" -> name + "must not name an item twice";
      default -> name + "does not fit `" + Quoted.shortened(keyword) + "` of the tool's schema";
    };
  }

  /** The place as {@code a.b[2]}; the arguments as a whole are {@code arguments}. */
  static String place(Error error) {
    var path = error.getInstanceLocation();
    var out = new StringBuilder();
    for (int i = 0; path != null && i < path.getNameCount(); i++) {
      switch (path.getElement(i)) {
        case Integer index -> out.append('[').append(index).append(']');
        case Object name -> out.append(out.isEmpty() ? "" : ".").append(name);
      }
    }
    if (error.getProperty() != null) {
      out.append(out.isEmpty() ? "" : ".").append(error.getProperty());
    }
    return out.isEmpty() ? "arguments" : Quoted.shortened(out.toString());
  }

  private static String limit(Error error) {
    return error.getSchemaNode() == null
        ? "?"
        : Quoted.shortened(error.getSchemaNode().asString("?"));
  }

  private static String choices(Error error) {
    var node = error.getSchemaNode();
    if (node == null || !node.isArray()) {
      return "`" + (node == null ? "?" : shown(node)) + "`";
    }
    return StreamSupport.stream(node.spliterator(), false)
        .limit(MOST_CHOICES)
        .map(choice -> "`" + shown(choice) + "`")
        .collect(Collectors.joining(", "));
  }

  private static String shown(JsonNode node) {
    return Quoted.shortened(node.isString() ? node.asString() : node.toString());
  }
}
