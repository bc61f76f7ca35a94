package dev.remit.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * How a policy may read the exceptions in force: one that names the longest time of an exception,
 * about itself alone, and no guardrail.
 *
 * <p>INVARIANT: an exception lifts exactly the rule it is from. A policy that asked for another
 * rule's exceptions would be lifted by what nobody granted for it.
 */
final class Exceptions {
  private Exceptions() {}

  static Optional<String> problem(PolicyText text, ParsedPolicy parsed) {
    var atMost = parsed.annotation("exception");
    var own = parsed.annotation("ask").or(() -> parsed.annotation("id")).orElse("");
    int reads = count(parsed.json(), "exceptions");
    int ownReads = ownReads(parsed.json(), own);
    if (text.layer().isGuardrail() && (atMost.isPresent() || reads > 0)) {
      return Optional.of("nothing lifts a guardrail; move the policy out of guardrails.cedar");
    }
    if (atMost.isPresent() && Spans.parse(atMost.get()).isEmpty()) {
      return Optional.of("`@exception` is the longest time of one, such as `30d` or `12h`");
    }
    if (reads != ownReads || (reads > 0) != atMost.isPresent()) {
      return Optional.of(
          "a policy that an exception lifts has `@exception(\"30d\")` and asks for its own with"
              + " `context.exceptions.contains(\""
              + own
              + "\")`, nothing else");
    }
    return Optional.empty();
  }

  /** How often a member of this name is read or asked for, whatever of. */
  private static int count(JsonNode json, String name) {
    int count = 0;
    for (var node : all(json)) {
      boolean isRead = node.path(".").path("attr").asText().equals(name);
      boolean isAsked = node.path("has").path("attr").asText().equals(name);
      count += isRead || isAsked ? 1 : 0;
    }
    return count;
  }

  private static int ownReads(JsonNode json, String own) {
    int count = 0;
    for (var node : all(json)) {
      var contains = node.path("contains");
      var left = contains.path("left").path(".");
      boolean isOwn =
          left.path("attr").asText().equals("exceptions")
              && left.path("left").path("Var").asText().equals("context")
              && contains.path("right").path("Value").asText().equals(own);
      count += isOwn ? 1 : 0;
    }
    return count;
  }

  private static Iterable<JsonNode> all(JsonNode root) {
    var seen = new ArrayDeque<JsonNode>();
    var waiting = new ArrayDeque<JsonNode>();
    waiting.push(root.path("conditions"));
    while (!waiting.isEmpty()) {
      var node = waiting.pop();
      seen.add(node);
      node.forEach(waiting::push);
    }
    return seen;
  }
}
