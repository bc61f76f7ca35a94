package dev.remit.policy.reach;

import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.AgentId;
import dev.remit.core.release.Release;
import dev.remit.core.release.Surroundings.Reach;
import dev.remit.policy.CompiledPolicies;
import dev.remit.policy.Origin;
import dev.remit.policy.PolicySource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Authority that an agent has only because a tool reaches another system: an error, unless somebody
 * accepted it until a day that has not passed.
 */
final class InheritedAuthority {
  private static final int WARN_DAYS = 30;
  private static final int AGENTS_NAMED = 3;
  private final CompiledPolicies policies;
  private final Release release;
  private final LocalDate today;
  private final Findings.Draft findings;

  InheritedAuthority(CompiledPolicies policies, LocalDate today, Findings.Draft findings) {
    this.policies = policies;
    this.release = policies.source().release();
    this.today = today;
    this.findings = findings;
  }

  void look() {
    var reaches = release.surroundings().reaches();
    if (reaches.isEmpty()) {
      return;
    }
    var authorities = new Authorities(policies);
    release.agentClasses().values().stream()
        .filter(agentClass -> mayReach(agentClass, reaches))
        .sorted(Comparator.comparing(agentClass -> agentClass.id().value()))
        .forEach(agentClass -> look(agentClass, authorities));
    reaches.forEach(this::ending);
  }

  /** Most classes have no tool that reaches anything, and there may be many agents. */
  private boolean mayReach(AgentClass agentClass, List<Reach> reaches) {
    return agentClass.taskClasses().stream()
        .map(release.taskClasses()::get)
        .filter(java.util.Objects::nonNull)
        .flatMap(taskClass -> taskClass.tools().stream())
        .anyMatch(name ->
            reaches.stream()
                .anyMatch(reach ->
                    reach.through().stream()
                        .anyMatch(operation -> name.equals(reach.from() + "_" + operation))));
  }

  private void look(AgentClass agentClass, Authorities authorities) {
    var agents = new TreeMap<String, List<AgentId>>();
    var first = new TreeMap<String, Inherited>();
    for (var authority : authorities.of(agentClass)) {
      for (var inherited : authority.inherited()) {
        var standing = inherited.standing(today);
        if (standing.equals("open") || standing.equals("ended")) {
          agents
              .computeIfAbsent(inherited.words(), words -> new ArrayList<>())
              .add(authority.agent());
          first.putIfAbsent(inherited.words(), inherited);
        }
      }
    }
    first.forEach((words, inherited) ->
        findings.error(at(inherited.reach()), message(inherited, agents.get(words))));
  }

  private String message(Inherited inherited, @Nullable List<AgentId> who) {
    var reach = inherited.reach();
    var ended =
        reach
            .accepted()
            .map(accepted ->
                "; its acceptance by `"
                    + accepted.owner()
                    + "` ended on "
                    + accepted.until()
                    + ": take the tool away, or have it accepted anew")
            .orElse("; take the tool away, or have it `accepted` with `owner`, `why` and `until`");
    return agents(who == null ? List.of() : who)
        + " inherits `"
        + reach.effect().text()
        + "` at `"
        + reach.to()
        + "` and has no such tool there: "
        + inherited.words()
        + ended;
  }

  private static String agents(List<AgentId> agents) {
    var named =
        String.join(
            ", ", agents.stream().limit(AGENTS_NAMED).map(id -> "`" + id.text() + "`").toList());
    int others = agents.size() - AGENTS_NAMED;
    return others > 0 ? named + " and " + others + " more" : named;
  }

  /** An acceptance that ends soon: whoever gave it looks again before it is an error. */
  private void ending(Reach reach) {
    reach
        .accepted()
        .filter(accepted -> accepted.holdsOn(today))
        .filter(accepted -> accepted.until().isBefore(today.plusDays(WARN_DAYS + 1)))
        .ifPresent(accepted ->
            findings.warning(
                at(reach),
                "the acceptance by `"
                    + accepted.owner()
                    + "` of what reaches `"
                    + reach.to()
                    + "` ends on "
                    + accepted.until()
                    + "; look at it again"));
  }

  private Origin at(Reach reach) {
    return policies
        .source()
        .origins()
        .getOrDefault(
            PolicySource.reachId(reach), new Origin("connectors/" + reach.from() + ".yaml", 1));
  }
}
