package dev.remit.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Breaks every policy in each way in which one is broken by a slip: it is gone, its condition is
 * turned round, one of its clauses is gone so that it holds always, or a {@code forbid} has lost
 * one of the actions that it names. A clause that could never hold leaves the policy as if it were
 * gone, so that is not done twice.
 *
 * <p>What the compiler adds to a task class by itself, the test for the task's class, stays.
 */
public final class Mutants {
  private final CompiledPolicies policies;
  private final List<Mutant> mutants = new ArrayList<>();

  private Mutants(CompiledPolicies policies) {
    this.policies = policies;
  }

  /** Every mutant of every policy, in the order of the policies' ids. */
  public static List<Mutant> of(CompiledPolicies policies) {
    var made = new Mutants(policies);
    policies.policies().forEach(made::change);
    return List.copyOf(made.mutants);
  }

  private void change(CompiledPolicy policy) {
    mutants.add(
        new Mutant(policy, "removed", policies.with(policies.engine().without(policy.id()))));
    var written = new ArrayList<Integer>();
    var conditions = policy.json().path("conditions");
    for (int i = 0; i < conditions.size(); i++) {
      if (!isCompilersOwn(policy, conditions.get(i))) {
        written.add(i);
      }
    }
    if (!written.isEmpty()) {
      add(policy, "its condition turned round", negated(policy, written));
    }
    for (int clause : written) {
      add(policy, words(conditions.get(clause), written.size(), clause), without(policy, clause));
    }
    if (policy.isForbid() && !isOfTaskClass(policy)) {
      narrowed(policy);
    }
  }

  private void add(CompiledPolicy policy, String change, JsonNode json) {
    var engine = policies.engine().with(policy.id(), json.toString()).orThrow();
    mutants.add(new Mutant(policy, change, policies.with(engine)));
  }

  private static String words(JsonNode condition, int clauses, int clause) {
    String kind = condition.path("kind").asText();
    String which =
        clauses == 1 ? "its `" + kind + "`" : "clause " + (clause + 1) + ", `" + kind + "`,";
    return which + (kind.equals("when") ? " always true" : " always false");
  }

  private static boolean isOfTaskClass(CompiledPolicy policy) {
    return policy.id().startsWith("task.") || policy.id().startsWith("ask.");
  }

  private static boolean isCompilersOwn(CompiledPolicy policy, JsonNode condition) {
    var read = condition.path("body").path("==").path("left").path(".");
    return isOfTaskClass(policy)
        && read.path("attr").asText().equals("class")
        && read.path("left").path(".").path("attr").asText().equals("task");
  }

  private static JsonNode negated(CompiledPolicy policy, List<Integer> written) {
    var conditions = policy.json().path("conditions");
    var kept = JsonNodeFactory.instance.arrayNode();
    Optional<JsonNode> all = Optional.empty();
    for (int i = 0; i < conditions.size(); i++) {
      var condition = conditions.get(i);
      if (!written.contains(i)) {
        kept.add(condition);
        continue;
      }
      var claim =
          condition.path("kind").asText().equals("when")
              ? condition.path("body")
              : not(condition.path("body"));
      all = Optional.of(all.map(before -> and(before, claim)).orElse(claim));
    }
    all.ifPresent(claim -> kept.addObject().put("kind", "unless").set("body", claim));
    return with(policy, kept);
  }

  private static JsonNode not(JsonNode claim) {
    var not = JsonNodeFactory.instance.objectNode();
    not.putObject("!").set("arg", claim);
    return not;
  }

  private static JsonNode and(JsonNode one, JsonNode other) {
    var and = JsonNodeFactory.instance.objectNode();
    var both = and.putObject("&&");
    both.set("left", one);
    both.set("right", other);
    return and;
  }

  private static JsonNode without(CompiledPolicy policy, int clause) {
    var kept = JsonNodeFactory.instance.arrayNode();
    var conditions = policy.json().path("conditions");
    for (int i = 0; i < conditions.size(); i++) {
      if (i != clause) {
        kept.add(conditions.get(i));
      }
    }
    return with(policy, kept);
  }

  private static ObjectNode with(CompiledPolicy policy, ArrayNode conditions) {
    ObjectNode json = policy.json().deepCopy();
    json.set("conditions", conditions);
    return json;
  }

  private void narrowed(CompiledPolicy policy) {
    var actions = policy.json().path("action").path("entities");
    for (int i = 0; actions.size() > 1 && i < actions.size(); i++) {
      ObjectNode json = policy.json().deepCopy();
      ((ArrayNode) json.path("action").path("entities")).remove(i);
      add(policy, "no longer for `" + actions.get(i).path("id").asText() + "`", json);
    }
  }
}
