package dev.remit.json;

import dev.remit.core.value.Value;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Values as the validator's own tree; it never leaves this package. */
final class Nodes {

  private static final JsonNodeFactory FACTORY = JsonNodeFactory.instance;

  private Nodes() {}

  static JsonNode of(Value value) {
    return switch (value) {
      case Value.Null _ -> FACTORY.nullNode();
      case Value.Bool(boolean claim) -> FACTORY.booleanNode(claim);
      case Value.Int(long number) -> FACTORY.numberNode(number);
      case Value.Real(double number) -> FACTORY.numberNode(number);
      case Value.Text(String text) -> FACTORY.stringNode(text);
      case Value.Array(List<Value> items) -> {
        var array = FACTORY.arrayNode(items.size());
        items.forEach(item -> array.add(of(item)));
        yield array;
      }
      case Value.Obj object -> {
        var node = FACTORY.objectNode();
        object.members().forEach((name, member) -> node.set(name, of(member)));
        yield node;
      }
    };
  }
}
