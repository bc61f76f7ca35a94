package dev.remit.policy.reach;

import dev.remit.core.call.Tool;
import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.AutonomyLevel;
import dev.remit.core.release.Release;
import dev.remit.core.task.TaskClass;
import dev.remit.policy.CompiledPolicies;
import dev.remit.policy.CompiledPolicy;
import dev.remit.policy.Layer;
import dev.remit.policy.lint.Foresight;
import dev.remit.policy.lint.Foresight.Felt;
import dev.remit.policy.lint.Foresight.Force;
import dev.remit.policy.lint.Foresight.Hand;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Finds what agents could do, from the policies that decide their calls.
 *
 * <p>Promises: a tool that it calls <i>never</i> is refused whatever the call says, and one that it
 * calls <i>alone</i> asks nobody, if the agent's token is bound to its key. Where a condition
 * depends on the call, it says <i>partly</i>.
 */
public final class Authorities {
  /** Asks for agents whose token is bound to no key: a matter of how they run. */
  private static final String UNBOUND = "remit.unbound";

  private final CompiledPolicies policies;
  private final Release release;
  private final Foresight foresight;
  private final Inheritance inheritance;
  private final Map<String, String> words = new HashMap<>();

  /** Looks at the agents of these policies' release. */
  public Authorities(CompiledPolicies policies) {
    this.policies = policies;
    this.release = policies.source().release();
    this.foresight = new Foresight(policies);
    this.inheritance = new Inheritance(release);
  }

  /** All agents of a class, in a stable order. */
  public List<Authority> of(AgentClass agentClass) {
    return agentClass.identities().stream()
        .map(AgentClass.WorkloadIdentity::agent)
        .sorted(Comparator.comparing(AgentId::text))
        .map(agent -> of(agentClass, agent))
        .toList();
  }

  private Authority of(AgentClass agentClass, AgentId agent) {
    var tools = new ArrayList<Held>();
    agentClass.taskClasses().stream()
        .sorted()
        .flatMap(name -> release.taskClass(name, agent.tenant()).stream())
        .forEach(taskClass -> tools.addAll(held(agentClass, agent, taskClass)));
    return new Authority(agent, tools, inheritance.of(tools));
  }

  private List<Held> held(AgentClass agentClass, AgentId agent, TaskClass taskClass) {
    var range = agentClass.autonomy().in(taskClass.name());
    return taskClass.tools().stream()
        .sorted()
        .map(release.tools()::get)
        .filter(Objects::nonNull)
        .filter(tool -> agent.family().carries(tool.effect()))
        .map(tool ->
            new Held(
                taskClass.name(),
                tool,
                release.declaredOnly().contains(tool.connector()),
                range.start(),
                way(agent, range.start(), taskClass, tool),
                range.upTo(),
                way(agent, range.upTo(), taskClass, tool)))
        .toList();
  }

  private Way way(AgentId agent, AutonomyLevel level, TaskClass taskClass, Tool tool) {
    var felt = foresight.of(new Hand(agent, level, taskClass, tool));
    var answers = said(felt.stream().filter(one -> one.policy().ask().isPresent()).toList());
    var refusals =
        felt.stream()
            .filter(one -> one.policy().isForbid() && one.policy().ask().isEmpty())
            .toList();
    var always =
        refusals.stream()
            .filter(one -> one.force() == Force.ALWAYS && one.policy().exception().isEmpty())
            .toList();
    boolean isPermitted = felt.stream().anyMatch(one -> !one.policy().isForbid());
    if (!always.isEmpty() || !isPermitted || taskClass.limits().calls() < 1) {
      return new Way(Way.How.NEVER, List.of(), said(always));
    }
    var how =
        answers.stream().anyMatch(Way.Said::isAlways)
            ? Way.How.ASKS
            : answers.stream().allMatch(said -> said.policy().equals(UNBOUND))
                ? Way.How.ALONE
                : Way.How.PARTLY;
    var own = refusals.stream().filter(one -> one.policy().layer() != Layer.BUILT_IN).toList();
    return new Way(how, answers, said(own));
  }

  private List<Way.Said> said(List<Felt> felt) {
    return felt.stream()
        .map(one ->
            new Way.Said(
                one.policy().id(),
                words(one.policy()),
                one.force() == Force.ALWAYS,
                one.policy().layer() == Layer.BUILT_IN))
        .sorted(
            Comparator.comparing((Way.Said said) -> !said.isAlways())
                .thenComparing(Way.Said::policy))
        .toList();
  }

  private String words(CompiledPolicy policy) {
    return words.computeIfAbsent(policy.id(), id -> policies.wordsOf(policy));
  }
}
