package dev.remit.web.console;

import dev.remit.core.flow.Oversight;
import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.AgentClass.WorkloadIdentity;
import dev.remit.core.task.Task;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.tenant.TenantId;
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

/** Reads tasks, and the agents that work on them. */
final class TaskReading {

  private static final int TASKS = 100;

  /** So many that a page stays below 150 kB. */
  private static final int ON_PAGE = 40;

  /** So many tenants' latest tasks are asked for when agents were last used. */
  private static final int TENANTS_ASKED = 50;

  private final Oversight oversight;

  TaskReading(Oversight oversight) {
    this.oversight = oversight;
  }

  TasksView tasks(Sight sight, Tenant tenant, Instant now) {
    oversight.read(tenant.id(), sight.person().id().text(), Oversight.What.TASKS, "");
    var rows =
        oversight.tasks(tenant.id(), ON_PAGE).stream().map(task -> row(sight, task)).toList();
    var rights = new Rights(sight.release().people());
    boolean mayOperate = rights.may(sight.person(), Verb.OPERATE, TenantId.OPERATOR);
    boolean mayWork = rights.may(sight.person(), Verb.WORK, tenant.id());
    return new TasksView(
        sight.tenancy(tenant, Verb.READ_TASKS, "/console/tasks"), rows, mayOperate, mayWork, now);
  }

  private static TasksView.Row row(Sight sight, Task task) {
    var taskClass = sight.release().taskClasses().get(task.taskClass());
    var risk = taskClass == null ? "unknown class" : taskClass.risk().text();
    return new TasksView.Row(task, Badge.risk(risk), TaskView.path(task.tenant(), task.id()));
  }

  AgentsView agents(Sight sight, Instant now) {
    var tenants = new HashSet<TenantId>();
    sight.tenants(Verb.READ_TASKS).forEach(tenant -> tenants.add(tenant.id()));
    var used = lastUse(tenants);
    var rows = new ArrayList<AgentsView.Row>();
    sight.release().agentClasses().values().stream()
        .sorted(Comparator.comparing(agent -> agent.id().value()))
        .forEach(agent -> row(sight, agent, tenants, used).ifPresent(rows::add));
    return new AgentsView(rows, now);
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
      Sight sight, AgentClass agent, Set<TenantId> tenants, Map<String, Instant> used) {
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
    if (families.isEmpty()) {
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
            Optional.ofNullable(used.get(agent.id().value()))));
  }
}
