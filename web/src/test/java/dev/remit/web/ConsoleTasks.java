package dev.remit.web;

import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.target.TargetRef;
import dev.remit.core.task.Ground;
import dev.remit.core.task.Lineage;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.TenantId;
import java.util.Optional;
import java.util.Set;

/** Tasks of {@link ConsoleEstate}. */
final class ConsoleTasks {

  private ConsoleTasks() {}

  /** The same task as the operator's own. */
  static Task ofPerson(Task task) {
    return new Task(
        task.id(),
        task.tenant(),
        task.environment(),
        AgentId.parse("person/" + task.tenant() + "/production/change"),
        Optional.of(InstanceId.of(Team.OPERATOR.id())),
        task.taskClass(),
        task.ground(),
        task.targets(),
        task.tools(),
        task.callLimit(),
        task.openedAt(),
        task.deadline(),
        task.state(),
        task.prompt(),
        task.hasReadUntrusted(),
        task.lineage());
  }

  static Task task(
      TenantId tenant, String id, String taskClass, Task.State state, String ticket, int age) {
    var agent = AgentId.parse("service-desk/" + tenant + "/production/change");
    return new Task(
        new TaskId(id),
        tenant,
        agent.environment(),
        agent,
        Optional.of(new InstanceId("i-1")),
        taskClass,
        new Ground(
            new ConnectorId("psa"), ticket, tenant, "r.meyer", true, true, "No patient list"),
        Set.of(new TargetRef(new ConnectorId("rmm"), "device", "1042")),
        Set.of("rmm_restart_service"),
        10,
        ConsoleEstate.NOW.minusSeconds(age),
        ConsoleEstate.NOW.minusSeconds(age).plusSeconds(900),
        state,
        new Task.Prompt("sha256:00", "please restart DNS"),
        false);
  }

  static Task below(Task parent, String id, String agentClass) {
    var lineage =
        parent
            .lineage()
            .and(
                new Lineage.Link(
                    parent.id(),
                    parent.agent(),
                    parent.instance().orElseThrow(),
                    parent.taskClass(),
                    true));
    var agent = AgentId.parse(agentClass + "/" + parent.tenant() + "/production/observe");
    return new Task(
        new TaskId(id),
        parent.tenant(),
        parent.environment(),
        agent,
        Optional.of(new InstanceId("i-" + id)),
        "read-device-health",
        parent.ground(),
        parent.targets(),
        parent.tools(),
        5,
        parent.openedAt(),
        parent.deadline(),
        Task.State.OPEN,
        parent.prompt(),
        false,
        lineage);
  }
}
