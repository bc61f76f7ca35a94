package dev.remit.core.flow;

import dev.remit.core.call.Tool;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.Entry;
import dev.remit.core.execution.Connector;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.Caller;
import dev.remit.core.kill.KillScope;
import dev.remit.core.release.Release;
import dev.remit.core.task.Ground;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskClass;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Opens and closes tasks.
 *
 * <p>Opening is a decision: the class must be the agent's and the opener's, the targets proven to
 * be the tenant's, the ticket a person's, open, of the same tenant. Closing ends all the task held.
 */
final class TaskFlow {

  private final Ports ports;
  private final Entries entries;
  private final OwnReads ownReads;
  private final TaskBook taskBook;
  private final TaskEnd taskEnd;
  private final Targets targets;

  TaskFlow(Ports ports, Entries entries, OwnReads ownReads, TaskBook taskBook, TaskEnd taskEnd) {
    this.ports = ports;
    this.entries = entries;
    this.ownReads = ownReads;
    this.taskBook = taskBook;
    this.taskEnd = taskEnd;
    this.targets = new Targets(ports.inventory());
  }

  /** Opens a task, or records why not. */
  TaskResult open(TaskRequest request) {
    Release release;
    try {
      release = ports.releases().active().release();
    } catch (RuntimeException e) {
      return new TaskResult.Refused(ReasonCode.POLICY_UNAVAILABLE, "try again later");
    }
    try {
      return opened(request, release);
    } catch (RuntimeException e) {
      return new TaskResult.Refused(ReasonCode.EVIDENCE_UNAVAILABLE, "try again later");
    }
  }

  private TaskResult opened(TaskRequest request, Release release) {
    Instant now = ports.clock().instant();
    var objection = notAllowed(request, release);
    if (objection.isPresent()) {
      return refuse(request, ReasonCode.NO_PERMIT, objection.get(), now);
    }
    var taskClass = release.taskClass(request.taskClass(), request.agent().tenant()).orElse(null);
    if (taskClass == null || taskClass.limits().calls() < 1) {
      return refuse(request, ReasonCode.NO_PERMIT, "ask for another task class", now);
    }
    if (request.targets().size() > taskClass.targetsAtMost()) {
      return refuse(
          request,
          ReasonCode.LIMIT_EXCEEDED,
          "this class takes at most " + taskClass.targetsAtMost() + " target(s)",
          now);
    }
    var bound =
        targets.bind(
            List.copyOf(request.targets()), request.agent().tenant(), taskClass.seenWithin(), now);
    if (bound instanceof Targets.Objection(ReasonCode reason, var ignored)) {
      return refuse(request, reason, "name targets by their ids in this client's systems", now);
    }
    var tools = tools(request, release, taskClass);
    if (tools.isEmpty()) {
      return refuse(request, ReasonCode.OUTSIDE_TASK, "name tools of the task class", now);
    }
    var tenant = request.agent().tenant();
    var connector = release.ticketConnector();
    return switch (ownReads.ticket(tenant, connector, release.version(), request.ticket())) {
      case OwnReads.NotRead<Optional<Connector.Ticket>>(ReasonCode reason) ->
          refuse(request, reason, "its ticket cannot be read now", now);
      case OwnReads.Got<Optional<Connector.Ticket>>(var ticket) ->
          ticket
              .flatMap(found -> ground(found, tenant, release))
              .map(ground -> store(request, release, taskClass, tools, ground))
              .orElseGet(() ->
                  refuse(
                      request,
                      ReasonCode.NO_GROUND,
                      "name an open ticket of this client, opened by a person",
                      now));
    };
  }

  /** Whether class, agent and opener fit together; the answer is what to do instead. */
  private static Optional<String> notAllowed(TaskRequest request, Release release) {
    AgentId agent = request.agent();
    var agentClass = release.agentClasses().get(agent.agentClass());
    boolean isRegistered =
        agentClass != null
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
      case Caller.EnforcementPoint ignored ->
          Optional.of("an enforcement point asks what policy says; it opens no tasks");
    };
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

  private static Optional<Ground> ground(Connector.Ticket read, TenantId tenant, Release release) {
    var connector = release.ticketConnector();
    return Optional.of(read)
        .filter(Connector.Ticket::isOpen)
        .filter(Connector.Ticket::isOpenedByPerson)
        .filter(ticket -> release.tenantOf(connector, ticket.owner()).equals(Optional.of(tenant)))
        .map(ticket ->
            new Ground(
                connector, ticket.id(), tenant, ticket.requester(), true, true, ticket.subject()));
  }

  private TaskResult store(
      TaskRequest request, Release release, TaskClass taskClass, Set<String> tools, Ground ground) {
    Instant now = ports.clock().instant();
    var task =
        new Task(
            new TaskId(ports.ids().id()),
            request.agent().tenant(),
            request.agent().environment(),
            request.agent(),
            request.caller() instanceof Caller.Agent caller
                ? Optional.of(caller.instance())
                : Optional.empty(),
            taskClass.name(),
            ground,
            request.targets(),
            tools,
            taskClass.limits().calls(),
            now,
            now.plus(taskClass.limits().duration()),
            Task.State.OPEN,
            Redaction.prompt(request.prompt().orElse("")));
    var scopes =
        List.of(
            "everything",
            "tenant:" + task.tenant(),
            "class:" + task.agent().agentClass(),
            KillScope.agent(task.agent()).text(),
            "instance:" + request.caller().instance());
    var entry =
        entries.ofTask(
            Entry.Kind.TASK_OPENED,
            task.tenant(),
            task.id(),
            now,
            fields(request).with("version", Value.of(release.version().value())),
            Value.object(
                "subject", ground.subject(),
                "requester", ground.requester(),
                "prompt", Value.object("excerpt", task.prompt().excerpt(), "kind", "claimed")));
    return ports
        .taskLedger()
        .open(task, release.version(), scopes, entry)
        .<TaskResult>map(reason -> refuse(request, reason, notOpened(reason), now))
        .orElseGet(() -> {
          taskBook.opened(task.agent());
          return new TaskResult.Told(task);
        });
  }

  private static String notOpened(ReasonCode reason) {
    return reason == ReasonCode.NO_GROUND
        ? "the ticket serves another open task"
        : "it cannot be opened now";
  }

  private TaskResult refuse(TaskRequest request, ReasonCode reason, String hint, Instant now) {
    var fields =
        fields(request)
            .with("reason", Value.of(reason.code()))
            .with("agentHeard", Value.of(reason.agentCode()));
    ports
        .journal()
        .append(
            new Entry(
                ports.ids().id(),
                request.agent().tenant(),
                Entry.Kind.TASK_REFUSED,
                Optional.empty(),
                Optional.empty(),
                now,
                fields,
                Value.Obj.EMPTY,
                ports.ids().salt()));
    return new TaskResult.Refused(reason, hint);
  }

  private static Value.Obj fields(TaskRequest request) {
    return Value.object(
        "by", request.caller().name(),
        "instance", request.caller().instance().value(),
        "agent", request.agent().text(),
        "taskClass", request.taskClass(),
        "ticket", request.ticket(),
        "targets", Facts.refs(List.copyOf(request.targets())),
        "tools", Value.texts(request.tools().stream().sorted().toList()),
        "promptDigest", Redaction.prompt(request.prompt().orElse("")).digest());
  }

  /** The task, if it is the caller's business. */
  Optional<Task> visible(Caller caller, TaskId id) {
    return switch (caller) {
      case Caller.Agent agent -> {
        taskBook.forget(id);
        yield taskBook
            .find(agent.id().tenant(), id)
            .filter(task -> task.agent().equals(agent.id()))
            .filter(task -> task.instance().map(agent.instance()::equals).orElse(true));
      }
      case Caller.Orchestrator orchestrator -> ofOrchestrator(orchestrator, id);
      case Caller.EnforcementPoint ignored -> Optional.empty();
    };
  }

  private Optional<Task> ofOrchestrator(Caller.Orchestrator caller, TaskId id) {
    var release = ports.releases().active().release();
    var orchestrator = release.orchestrators().get(caller.id());
    if (orchestrator == null) {
      return Optional.empty();
    }
    return release.tenants().keySet().stream()
        .flatMap(tenant -> ports.tasks().find(tenant, id).stream())
        .filter(task -> orchestrator.taskClasses().contains(task.taskClass()))
        .findFirst();
  }

  /** Hands an open task to people; what already runs of it ends by itself. */
  TaskResult escalate(Caller.Agent caller, TaskId id, String reason) {
    var words = Redaction.prompt(reason);
    try {
      var task = visible(caller, id);
      if (task.isEmpty()) {
        return new TaskResult.NotFound();
      }
      var tenant = task.get().tenant();
      var entry =
          entries.ofTask(
              Entry.Kind.TASK_ESCALATED,
              tenant,
              id,
              ports.clock().instant(),
              Value.object("by", caller.name(), "reasonDigest", words.digest()),
              Value.object("reason", Value.object("excerpt", words.excerpt(), "kind", "claimed")));
      boolean isHeld = ports.taskLedger().turn(tenant, id, Task.State.OPEN, Task.State.HELD, entry);
      taskBook.forget(id);
      return isHeld
          ? visible(caller, id)
              .<TaskResult>map(TaskResult.Told::new)
              .orElseGet(TaskResult.NotFound::new)
          : new TaskResult.Refused(ReasonCode.NO_TASK, "only an open task is handed over");
    } catch (RuntimeException e) {
      return new TaskResult.Refused(ReasonCode.EVIDENCE_UNAVAILABLE, "try again later");
    }
  }

  /** Ends a task at its caller's wish. */
  TaskResult close(Caller caller, TaskId id, Task.State state) {
    if (state != Task.State.DONE && state != Task.State.FAILED) {
      throw new dev.remit.core.value.InvalidValueException(
          "a task is closed as `done` or `failed`");
    }
    try {
      return visible(caller, id)
          .<TaskResult>map(task -> {
            taskEnd.end(task, state, caller.name());
            return visible(caller, id)
                .<TaskResult>map(TaskResult.Told::new)
                .orElseGet(TaskResult.NotFound::new);
          })
          .orElseGet(TaskResult.NotFound::new);
    } catch (RuntimeException e) {
      return new TaskResult.Refused(ReasonCode.EVIDENCE_UNAVAILABLE, "try again later");
    }
  }
}
