package dev.remit.core.flow;

import dev.remit.core.call.Tool;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.execution.Connector;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.Grade;
import dev.remit.core.identity.GradeFamily;
import dev.remit.core.release.Release;
import dev.remit.core.target.Inventory;
import dev.remit.core.task.Ground;
import dev.remit.core.task.TaskClass;
import dev.remit.core.tenant.TenantId;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the wish for a task has to pass, whether the task is opened or only rehearsed. */
final class TaskChecks {

  private final Targets targets;

  TaskChecks(Inventory inventory) {
    this.targets = new Targets(inventory);
  }

  /** Whether there may be such a task. */
  sealed interface Opening {}

  /** There may, of this class with these tools; its ticket is still to be read. */
  record Allowed(TaskClass taskClass, Set<String> tools) implements Opening {
    public Allowed {
      tools = Set.copyOf(tools);
    }
  }

  /** There may not, and what to do instead. */
  record Objection(ReasonCode reason, String hint) implements Opening {}

  /** Looks at opener, agent, class, targets and tools. */
  Opening look(TaskRequest request, Release release, Instant now) {
    var objection = notAllowed(request, release);
    if (objection.isPresent()) {
      return new Objection(ReasonCode.NO_PERMIT, objection.get());
    }
    var taskClass = release.taskClass(request.taskClass(), request.agent().tenant()).orElse(null);
    if (taskClass == null || taskClass.limits().calls() < 1) {
      return new Objection(ReasonCode.NO_PERMIT, "ask for another task class");
    }
    if (isBeyondLooking(request, taskClass, release)) {
      return new Objection(
          ReasonCode.NO_PERMIT, "ask for a task class of the risk observe: this agent only looks");
    }
    if (request.targets().size() > taskClass.targetsAtMost()) {
      return new Objection(
          ReasonCode.LIMIT_EXCEEDED,
          "this class takes at most " + taskClass.targetsAtMost() + " target(s)");
    }
    if (!new Forbidden(release, request.agent().tenant()).among(request.targets()).isEmpty()) {
      return new Objection(ReasonCode.GUARDRAIL, "name other targets; this one is no agent's work");
    }
    var bound =
        targets.bind(
            List.copyOf(request.targets()), request.agent().tenant(), taskClass.seenWithin(), now);
    if (bound instanceof Targets.Objection(ReasonCode reason, var ignored)) {
      return new Objection(reason, "name targets by their ids in this client's systems");
    }
    var tools = tools(request, release, taskClass);
    return tools.isEmpty()
        ? new Objection(ReasonCode.OUTSIDE_TASK, "name tools of the task class")
        : new Allowed(taskClass, tools);
  }

  /** An agent of several clients has nothing but tasks that look, whatever a workspace says. */
  private static boolean isBeyondLooking(
      TaskRequest request, TaskClass taskClass, Release release) {
    var agentClass = release.agentClasses().get(request.agent().agentClass());
    return agentClass != null
        && agentClass.spans(request.agent())
        && (taskClass.risk() != Grade.OBSERVE || request.agent().family() != GradeFamily.OBSERVE);
  }

  /** Whether class, agent and opener fit together; the answer is what to do instead. */
  private static Optional<String> notAllowed(TaskRequest request, Release release) {
    if (request.caller() instanceof Caller.OfPerson own) {
      boolean isTheirs =
          own.id().equals(request.agent())
              && release.tenants().containsKey(own.tenant())
              && release
                  .agentClassOf(own)
                  .filter(work -> work.taskClasses().contains(request.taskClass()))
                  .isPresent();
      return isTheirs
          ? Optional.empty()
          : Optional.of("ask for a task class that people of your groups may work on");
    }
    if (request.caller() instanceof Caller.OfAutomation remit) {
      return isRegistered(remit, request, release)
          ? Optional.empty()
          : Optional.of("declare this automation for the client, with the task class of its notes");
    }
    AgentId agent = request.agent();
    var agentClass = release.agentClasses().get(agent.agentClass());
    boolean isRegistered =
        agentClass != null
            && !agentClass.isAutomation()
            && agentClass.identities().stream().anyMatch(identity -> identity.agent().equals(agent))
            && agentClass.taskClasses().contains(request.taskClass())
            && release.tenants().containsKey(agent.tenant());
    if (!isRegistered) {
      return Optional.of("ask for a task class that this agent may work on");
    }
    return switch (request.caller()) {
      case Caller.Agent caller when caller.id().equals(agent) -> Optional.empty();
      case Caller.Agent ignored -> Optional.of("an agent opens tasks for itself only");
      case Caller.Orchestrator caller -> {
        var orchestrator = release.orchestrators().get(caller.id());
        yield orchestrator != null && orchestrator.taskClasses().contains(request.taskClass())
            ? Optional.empty()
            : Optional.of("this orchestrator may not open tasks of this class");
      }
      case Caller.OfPerson ignored -> Optional.of("a person opens tasks for themselves only");
      case Caller.OfAutomation ignored -> Optional.of("remit opens tasks for itself only");
      case Caller.Triage ignored -> Optional.of("open it as the agent of one client");
      case Caller.EnforcementPoint ignored ->
          Optional.of("an enforcement point asks what policy says; it opens no tasks");
      case Caller.LogReader ignored -> Optional.of("a reader of logs opens no tasks");
    };
  }

  private static boolean isRegistered(
      Caller.OfAutomation remit, TaskRequest request, Release release) {
    return remit.id().equals(request.agent())
        && release.tenants().containsKey(remit.id().tenant())
        && release
            .agentClassOf(remit)
            .filter(known -> known.taskClasses().contains(request.taskClass()))
            .filter(known ->
                known.identities().stream().anyMatch(one -> one.agent().equals(remit.id())))
            .isPresent();
  }

  /**
   * The tools it shrinks to: named ones, or all of the class; never more than the agent may carry.
   */
  private static Set<String> tools(TaskRequest request, Release release, TaskClass taskClass) {
    var tools = new HashSet<String>();
    for (String name : request.tools().isEmpty() ? taskClass.tools() : request.tools()) {
      Tool tool = release.tools().get(name);
      boolean isCarried =
          tool != null
              && taskClass.tools().contains(name)
              && request.agent().family().carries(tool.effect());
      if (isCarried) {
        tools.add(name);
      } else if (!request.tools().isEmpty()) {
        return Set.of();
      }
    }
    return tools;
  }

  /** What makes a ticket the ground of a task: it is open, a person's, and of this tenant. */
  static Optional<Ground> ground(Connector.Ticket read, TenantId tenant, Release release) {
    var connector = release.ticketConnector();
    return Optional.of(read)
        .filter(Connector.Ticket::isOpen)
        .filter(Connector.Ticket::isOpenedByPerson)
        .filter(ticket -> release.tenantOf(connector, ticket.owner()).equals(Optional.of(tenant)))
        .map(ticket ->
            new Ground(
                connector, ticket.id(), tenant, ticket.requester(), true, true, ticket.subject()));
  }
}
