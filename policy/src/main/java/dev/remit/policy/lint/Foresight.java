package dev.remit.policy.lint;

import dev.remit.core.call.Tool;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.AutonomyLevel;
import dev.remit.core.task.TaskClass;
import dev.remit.core.tenant.TenantId;
import dev.remit.policy.CompiledPolicies;
import dev.remit.policy.CompiledPolicy;
import dev.remit.policy.Levels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What policies do to a tool in an agent's hands, before anything runs.
 *
 * <p>Promises: a policy that it says always takes effect does so for every call; one that it says
 * never does takes effect for none; answers and exceptions are left out. Of all others it says that
 * they may.
 */
public final class Foresight {

  /** Whether a policy takes effect. */
  public enum Force {
    NEVER,
    PERHAPS,
    ALWAYS
  }

  /** A tool in an agent's hands in a task of a class, as its tenant varies it. */
  public record Hand(AgentId agent, AutonomyLevel autonomy, TaskClass taskClass, Tool tool) {}

  /** A policy that may take effect. */
  public record Felt(CompiledPolicy policy, Force force) {}

  private record Place(String taskClass, String tool) {}

  private final CompiledPolicies policies;
  private final List<Effect> everywhere = new ArrayList<>();
  private final Map<String, List<Effect>> ofTenant = new HashMap<>();
  private final Map<Place, List<Effect>> known = new HashMap<>();
  private final Set<Place> readingUntrusted = new HashSet<>();

  /** Looks ahead over these policies. */
  public Foresight(CompiledPolicies policies) {
    this.policies = policies;
    for (var policy : policies.policies()) {
      var effect = new Effect(policy);
      policy
          .tenant()
          .map(tenant -> ofTenant.computeIfAbsent(tenant, name -> new ArrayList<>()))
          .orElse(everywhere)
          .add(effect);
    }
    var release = policies.source().release();
    for (var taskClass : release.taskClasses().values()) {
      taskClass.tools().stream()
          .map(release.tools()::get)
          .filter(Objects::nonNull)
          .filter(tool -> !tool.isContentTrusted())
          .forEach(tool -> readingUntrusted.add(new Place(taskClass.name(), "")));
    }
  }

  /** All policies that may take effect on calls of this tool by this agent. */
  public List<Felt> of(Hand hand) {
    var place = new Place(hand.taskClass().name(), hand.tool().name());
    var felt = new ArrayList<Felt>();
    known.computeIfAbsent(place, p -> concerned(everywhere, hand)).forEach(e -> add(e, hand, felt));
    var near = ofTenant.getOrDefault(hand.agent().tenant().value(), List.of());
    concerned(near, hand).forEach(effect -> add(effect, hand, felt));
    return felt;
  }

  private static List<Effect> concerned(List<Effect> effects, Hand hand) {
    return effects.stream()
        .filter(effect -> effect.policy().concernsTool(hand.tool()))
        .filter(effect -> effect.policy().concernsTaskClass(hand.taskClass().name()))
        .toList();
  }

  private void add(Effect effect, Hand hand, List<Felt> felt) {
    if (isWithout(effect.policy(), hand.taskClass().name(), hand.agent().tenant())) {
      return;
    }
    var situation = new Situation(policies.source().release(), hand.taskClass(), hand.tool());
    var result =
        effect.unanswered(
            hand.agent().tenant().value(),
            path -> fact(hand, path).orElseGet(() -> situation.fact(path)));
    if (!result.equals(Known.FALSE)) {
      boolean isSure = result.equals(Known.TRUE) && isForAll(effect.policy());
      felt.add(new Felt(effect.policy(), isSure ? Force.ALWAYS : Force.PERHAPS));
    }
  }

  /** Whether the tenant does without the rule by which a policy of the baseline asks. */
  private boolean isWithout(CompiledPolicy policy, String taskClass, TenantId tenant) {
    return policy.tenant().isEmpty()
        && policy.ask().isPresent()
        && policies.source().variations().stream()
            .filter(variation -> variation.tenant().equals(tenant))
            .filter(variation -> variation.taskClass().equals(taskClass))
            .anyMatch(variation -> variation.askWithout().contains(policy.ask().get()));
  }

  /** A head that names a principal, or a single record, leaves others out. */
  private static boolean isForAll(CompiledPolicy policy) {
    var form = policy.form();
    var resource = form.need("resource").object().need("op").text();
    return form.need("principal").object().need("op").text().equals("All")
        && (resource.equals("All") || resource.equals("is") || policy.tenant().isPresent());
  }

  private Optional<Known> fact(Hand hand, String path) {
    return Optional.ofNullable(
        switch (path) {
          case "principal.autonomy" -> Known.text(hand.autonomy().text());
          case "principal.family" -> Known.number(Levels.of(hand.agent().family()));
          case "principal.environment", "context.environment" ->
              Known.text(hand.agent().environment().text());
          // Foreseen is what an agent does by itself; handing work on never adds to that.
          case "context.chain.depth" -> Known.number(0);
          case "context.task.readUntrusted" ->
              readingUntrusted.contains(new Place(hand.taskClass().name(), ""))
                  ? null
                  : Known.FALSE;
          default -> null;
        });
  }
}
