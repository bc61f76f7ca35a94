package dev.remit.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The literals that policies compare with: requests made of them reach what random ones miss.
 *
 * @param texts sorted, with some that no policy names
 * @param numbers each with its neighbours
 */
record Vocabulary(List<String> texts, List<Long> numbers) {

  static Vocabulary of(CompiledPolicies policies) {
    var texts = new TreeSet<>(List.of("", "unheard-of", "*"));
    var numbers = new TreeSet<>(List.of(0L, 1L, 2L, 3L));
    policies
        .policies()
        .forEach(policy -> collect(policy.json().path("conditions"), texts, numbers));
    return new Vocabulary(new ArrayList<>(texts), new ArrayList<>(numbers));
  }

  private static void collect(JsonNode conditions, TreeSet<String> texts, TreeSet<Long> numbers) {
    var waiting = new ArrayDeque<JsonNode>();
    waiting.push(conditions);
    while (!waiting.isEmpty()) {
      var node = waiting.pop();
      for (String name : List.of("Value", "Literal")) {
        var literal = node.path(name);
        if (literal.isTextual()) {
          texts.add(literal.asText());
        } else if (literal.isIntegralNumber()) {
          long number = literal.asLong();
          numbers.addAll(List.of(number - 1, number, number + 1));
        }
      }
      node.forEach(waiting::push);
    }
  }
}
