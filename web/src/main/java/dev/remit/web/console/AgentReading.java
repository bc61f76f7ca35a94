package dev.remit.web.console;

import dev.remit.core.flow.Oversight;
import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.AgentClass.WorkloadIdentity;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.register.AgentState;
import dev.remit.core.register.Agents;
import dev.remit.core.tenant.TenantId;
import dev.remit.web.console.AgentsView.Registered;
import dev.remit.web.people.Rights;
import dev.remit.web.people.Rights.Verb;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads agents: what they may, when they were last used, and how they stand in the register. */
final class AgentReading {

  private static final int TASKS = 100;

  /** So many tenants' latest tasks are asked for when agents were last used. */
  private static final int TENANTS_ASKED = 50;

  private final Agents agents;
  private final Oversight oversight;

  AgentReading(Agents agents, Oversight oversight) {
    this.agents = agents;
    this.oversight = oversight;
  }

  AgentsView agents(Sight sight, Instant now) {
    var tenants = new HashSet<TenantId>();
    sight.tenants(Verb.READ_TASKS).forEach(tenant -> tenants.add(tenant.id()));
    var used = lastUse(tenants);
    var registered = registered(sight);
    var rows = new ArrayList<AgentsView.Row>();
    sight.release().agentClasses().values().stream()
        .sorted(Comparator.comparing(agent -> agent.id().value()))
        .forEach(agent -> row(sight, agent, tenants, used, registered).ifPresent(rows::add));
    return new AgentsView(rows, now);
  }

  /** How each class stands in the register, for whoever reads what concerns all clients. */
  private Map<AgentClassId, Registered> registered(Sight sight) {
    if (!sight.isOfInstallation()) {
      return Map.of();
    }
    var rights = new Rights(sight.release().people());
    var person = sight.person();
    var known = new HashMap<AgentClassId, Registered>();
    for (var shown : agents.all()) {
      var acts = AgentAct.of(shown).stream().filter(act -> rights.may(person, act.verb())).toList();
      boolean isTheirs =
          shown.state() == AgentState.ACTIVE
              && shown.owner().filter(person.id()::equals).isPresent()
              && rights.may(person, Verb.CERTIFY_AGENT);
      known.put(shown.agentClass().id(), new Registered(shown, acts, isTheirs));
    }
    return known;
  }

  private Map<String, Instant> lastUse(Set<TenantId> tenants) {
    var used = new HashMap<String, Instant>();
    tenants.stream()
        .sorted(Comparator.comparing(TenantId::value))
        .limit(TENANTS_ASKED)
        .flatMap(tenant -> oversight.tasks(tenant, TASKS).stream())
        .forEach(task ->
            used.merge(
                task.agent().agentClass().value(),
                task.openedAt(),
                (one, other) -> one.isAfter(other) ? one : other));
    return used;
  }

  private static Optional<AgentsView.Row> row(
      Sight sight,
      AgentClass agent,
      Set<TenantId> tenants,
      Map<String, Instant> used,
      Map<AgentClassId, Registered> registered) {
    var own = Optional.ofNullable(registered.get(agent.id()));
    var families = new TreeMap<String, Set<String>>();
    for (WorkloadIdentity identity : agent.identities()) {
      var id = identity.agent();
      if (tenants.contains(id.tenant())) {
        families
            .computeIfAbsent(
                sight.nameOf(id.tenant()) + "\n" + id.environment().text(), _ -> new TreeSet<>())
            .add(id.family().text());
      }
    }
    if (families.isEmpty() && own.isEmpty()) {
      return Optional.empty();
    }
    var reach = new ArrayList<AgentsView.Reach>();
    families.forEach((place, names) -> {
      int end = place.lastIndexOf('\n');
      reach.add(
          new AgentsView.Reach(
              place.substring(0, end), place.substring(end + 1), List.copyOf(names)));
    });
    return Optional.of(
        new AgentsView.Row(
            agent,
            agent.taskClasses().stream().sorted().toList(),
            reach,
            Optional.ofNullable(used.get(agent.id().value())),
            own));
  }
}
