package dev.remit.policy;

import com.cedarpolicy.model.exception.InternalException;
import com.cedarpolicy.model.policy.Policy;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.remit.cedar.json.Json;
import dev.remit.cedar.json.JsonReader;
import java.util.Map;

/** Expressions between Cedar text and Cedar's JSON form, both ways through the official library. */
final class ExpressionText {
  private static final String HEAD = "permit(principal, action, resource)\nwhen { ";

  private ExpressionText() {}

  /**
   * The JSON form of one expression.
   *
   * @throws ParsedPolicy.UnreadablePolicyException if it is none
   */
  static Json json(String expression) {
    var policy = ParsedPolicy.of(HEAD + "(" + expression + ") };");
    return JsonReader.read(policy.json().path("conditions").path(0).path("body").toString());
  }

  /** The Cedar text of one expression, in the library's own layout. */
  static String of(Json expression) {
    var form = JsonNodeFactory.instance.objectNode();
    form.put("effect", "permit");
    for (var part : new String[] {"principal", "action", "resource"}) {
      form.putObject(part).put("op", "All");
    }
    form.putObject("annotations");
    var condition = form.putArray("conditions").addObject();
    condition.put("kind", "when");
    condition.set("body", node(expression));
    try {
      String text = Policy.fromJson("x", form.toString()).getSource();
      int from = text.indexOf('{', text.indexOf("when"));
      return text.substring(from + 1, text.lastIndexOf('}')).strip().replaceAll("\\s+", " ");
    } catch (InternalException e) {
      throw new IllegalStateException("cedar does not read its own json form", e);
    }
  }

  private static JsonNode node(Json json) {
    var nodes = JsonNodeFactory.instance;
    return switch (json) {
      case Json.Obj(Map<String, Json> members) -> {
        var object = nodes.objectNode();
        members.forEach((name, member) -> object.set(name, node(member)));
        yield object;
      }
      case Json.Arr(var items) -> {
        var array = nodes.arrayNode();
        items.forEach(item -> array.add(node(item)));
        yield array;
      }
      case Json.Str(String text) -> nodes.textNode(text);
      case Json.Num(long number) -> nodes.numberNode(number);
      case Json.Bool(boolean claim) -> nodes.booleanNode(claim);
      case Json.Null none -> nodes.nullNode();
    };
  }
}
