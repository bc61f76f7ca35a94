package dev.remit.core.register;

import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.AgentId;
import dev.remit.core.register.Agents.UnusedAuthority;
import dev.remit.core.register.RegisterLedger.Use;
import dev.remit.core.release.Release;
import dev.remit.core.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Holds what agents did against what they might. */
record Uses(RegisterPorts ports, Instant now) {

  UnusedAuthority unused(AgentClass agentClass, Release release, int days) {
    var since = now.minus(Duration.ofDays(days));
    var uses = ports.ledger().uses(agentClass.id(), since);
    var boundaries = Boundaries.of(agentClass, release);
    var taskClasses =
        without(boundaries.tools().keySet(), uses.stream().map(Use::taskClass).toList());
    var identities = without(boundaries.identities(), uses.stream().map(Use::agent).toList());
    var tenants =
        without(
            boundaries.tenants().stream().map(TenantId::value).collect(Collectors.toSet()),
            uses.stream().map(use -> AgentId.parse(use.agent()).tenant().value()).toList());
    return new UnusedAuthority(
        agentClass.id(),
        since,
        isWhole(agentClass, release, since),
        taskClasses,
        tools(boundaries, uses, taskClasses),
        tenants,
        identities,
        narrowing(agentClass, release, taskClasses, identities));
  }

  private static Set<String> without(Set<String> all, List<String> used) {
    var rest = new TreeSet<>(all);
    used.forEach(rest::remove);
    return rest;
  }

  private static Map<String, Set<String>> tools(
      Boundaries boundaries, List<Use> uses, Set<String> unusedClasses) {
    var tools = new TreeMap<String, Set<String>>();
    boundaries
        .tools()
        .forEach((name, known) -> {
          var all = new HashSet<>(known);
          boundaries.tenants().forEach(tenant -> all.addAll(boundaries.toolsAt(tenant, name)));
          uses.stream()
              .filter(use -> use.taskClass().equals(name))
              .map(Use::tool)
              .forEach(all::remove);
          if (!unusedClasses.contains(name) && !all.isEmpty()) {
            tools.put(name, Set.copyOf(all));
          }
        });
    return tools;
  }

  private boolean isWhole(AgentClass agentClass, Release release, Instant since) {
    return ports
        .register()
        .now(release, agentClass.id())
        .filter(row -> row.state() == AgentState.ACTIVE && !row.since().isAfter(since))
        .isPresent();
  }

  /** Nothing is proposed for a class that did nothing at all: it is one to retire. */
  private Optional<String> narrowing(
      AgentClass agentClass, Release release, Set<String> taskClasses, Set<String> identities) {
    boolean isAnyUsed =
        taskClasses.size() < agentClass.taskClasses().size()
            && identities.size() < agentClass.identities().size();
    if (!isAnyUsed || (taskClasses.isEmpty() && identities.isEmpty())) {
      return Optional.empty();
    }
    return ports
        .files()
        .narrowing(
            release.version(),
            agentClass.id(),
            new AgentFiles.Unused(
                taskClasses, identities.stream().map(AgentId::parse).collect(Collectors.toSet())));
  }
}
