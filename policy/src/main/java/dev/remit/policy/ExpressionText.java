package dev.remit.policy;

import com.cedarpolicy.model.exception.InternalException;
import com.cedarpolicy.model.policy.Policy;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.remit.cedar.json.Json;
import dev.remit.cedar.json.JsonReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Expressions between Cedar text and Cedar's JSON form, both ways through the official library. */
final class ExpressionText {
  private static final String HEAD = "permit(principal, action, resource)\nwhen { ";

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern FACT =
      Pattern.compile("(?:principal|action|resource|context)(?:\\.[A-Za-z_][A-Za-z0-9_]*)*");

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
      return plain(text.substring(from + 1, text.lastIndexOf('}')));
    } catch (InternalException e) {
      throw new IllegalStateException("cedar does not read its own json form", e);
    }
  }

  /** On one line, and without the brackets that the library puts around every fact. */
  private static String plain(String expression) {
    var tokens = new ArrayList<String>();
    for (var token : CedarTokens.of(expression.strip())) {
      tokens.add(token.kind() == CedarTokens.Kind.SPACE ? " " : token.text());
    }
    for (int i = 0; i + 2 < tokens.size(); i++) {
      if (isMember(tokens, i)) {
        tokens.set(i, tokens.get(i) + "." + tokens.get(i + 2));
        tokens.subList(i + 1, i + 3).clear();
        i = -1;
      } else if (isBracketed(tokens, i)) {
        tokens.remove(i + 2);
        tokens.remove(i);
        i = -1;
      }
    }
    return String.join("", tokens);
  }

  /** A fact, a dot and the name of its member, which is no method. */
  private static boolean isMember(List<String> tokens, int i) {
    boolean isCall = i + 3 < tokens.size() && tokens.get(i + 3).equals("(");
    return FACT.matcher(tokens.get(i)).matches()
        && tokens.get(i + 1).equals(".")
        && NAME.matcher(tokens.get(i + 2)).matches()
        && !isCall;
  }

  /** A fact in brackets that are no call's. */
  private static boolean isBracketed(List<String> tokens, int i) {
    boolean isCall = i > 0 && NAME.matcher(tokens.get(i - 1)).matches();
    return tokens.get(i).equals("(")
        && FACT.matcher(tokens.get(i + 1)).matches()
        && tokens.get(i + 2).equals(")")
        && !isCall;
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
