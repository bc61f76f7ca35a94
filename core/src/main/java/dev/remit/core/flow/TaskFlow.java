package dev.remit.core.flow;

import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.Entry;
import dev.remit.core.execution.Connector;
import dev.remit.core.identity.Caller;
import dev.remit.core.kill.KillScope;
import dev.remit.core.release.Release;
import dev.remit.core.task.Ground;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskClass;
import dev.remit.core.task.TaskId;
import dev.remit.core.value.Value;
import java.time.Instant;
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

  /** What is heard of a ticket that is the ground of another open task of the class. */
  static final String SERVES_ANOTHER = "the ticket serves another open task";

  private static final String NOT_ACTIVE = "the agent waits for its owner";

  private final Ports ports;
  private final Entries entries;
  private final OwnReads ownReads;
  private final TaskBook taskBook;
  private final TaskEnd taskEnd;
  private final TaskChecks checks;

  TaskFlow(Ports ports, Entries entries, OwnReads ownReads, TaskBook taskBook, TaskEnd taskEnd) {
    this.ports = ports;
    this.entries = entries;
    this.ownReads = ownReads;
    this.taskBook = taskBook;
    this.taskEnd = taskEnd;
    this.checks = new TaskChecks(ports.inventory());
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
    if (request.caller() instanceof Caller.Worker worker && worker.token().isPresent()) {
      return refuse(
          request,
          ReasonCode.OUTSIDE_TASK,
          "a task token speaks for its task alone: open another with your own identity",
          now);
    }
    if (!isActive(request, release)) {
      return refuse(request, ReasonCode.AGENT_NOT_ACTIVE, NOT_ACTIVE, now);
    }
    var carried = carried(request, now);
    if (carried.isPresent()) {
      return refuse(request, carried.get(), "name things by their ids", now);
    }
    TaskClass taskClass;
    Set<String> tools;
    switch (checks.look(request, release, now)) {
      case TaskChecks.Allowed(TaskClass found, Set<String> allowed) -> {
        taskClass = found;
        tools = allowed;
      }
      case TaskChecks.Objection(ReasonCode reason, String hint) -> {
        return refuse(request, reason, hint, now);
      }
    }
    var tenant = request.agent().tenant();
    var connector = release.ticketConnector();
    return switch (ownReads.ticket(tenant, connector, release.version(), request.ticket())) {
      case OwnReads.NotRead<Optional<Connector.Ticket>>(ReasonCode reason) ->
          refuse(request, reason, "its ticket cannot be read now", now);
      case OwnReads.Got<Optional<Connector.Ticket>>(var ticket) ->
          ticket
              .flatMap(found -> TaskChecks.ground(found, tenant, release))
              .map(ground ->
                  store(request, release, taskClass, tools, groundOf(request.caller(), ground)))
              .orElseGet(() ->
                  refuse(
                      request,
                      ReasonCode.NO_GROUND,
                      "name an open ticket of this client, opened by a person",
                      now));
    };
  }

  /**
   * Why a wish is not looked at that names a secret: its ticket would be asked for by that name.
   */
  private Optional<ReasonCode> carried(TaskRequest request, Instant now) {
    var tries = ports.secrets().tries();
    if (tries.isOver(request.caller().name(), now)) {
      return Optional.of(ReasonCode.LIMIT_EXCEEDED);
    }
    if (ports.secrets().in(wished(request)).isEmpty()) {
      return Optional.empty();
    }
    tries.note(request.caller().name(), now);
    return Optional.of(ReasonCode.SECRET_IN_ARGUMENTS);
  }

  private static Value.Obj wished(TaskRequest request) {
    return Value.object(
        "taskClass", request.taskClass(),
        "ticket", request.ticket(),
        "targets", Facts.refs(List.copyOf(request.targets())),
        "tools", Value.texts(request.tools().stream().sorted().toList()));
  }

  /** What is not in the version at all is told as such. */
  private boolean isActive(TaskRequest request, Release release) {
    var agentClass = request.agent().agentClass();
    return request.caller() instanceof Caller.OfPerson
        || !release.agentClasses().containsKey(agentClass)
        || ports.register().register().isActive(release, agentClass);
  }

  private static Ground groundOf(Caller caller, Ground ground) {
    return caller instanceof Caller.OfAutomation ? ground.ofRemit() : ground;
  }

  private TaskResult store(
      TaskRequest request, Release release, TaskClass taskClass, Set<String> tools, Ground ground) {
    Instant now = ports.clock().instant();
    var task =
        new Task(
            request.caller() instanceof Caller.OfAutomation remit
                ? new TaskId(remit.task())
                : new TaskId(ports.ids().id()),
            request.agent().tenant(),
            request.agent().environment(),
            request.agent(),
            request.caller() instanceof Caller.Worker caller
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
            Redaction.prompt(request.prompt().orElse(""), ports.secrets()),
            false);
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
            fields(request)
                .with("serves", Value.texts(taskClass.serves()))
                .with("version", Value.of(release.version().value())),
            Value.object(
                "subject", ground.subject(),
                "requester", ground.requester(),
                "prompt", Value.object("excerpt", task.prompt().excerpt(), "kind", "claimed")));
    return ports
        .taskLedger()
        .open(task, release.version(), scopes, entry)
        .map(reason -> new Stops(ports.kills()).named(reason, scopes))
        .<TaskResult>map(reason -> refuse(request, reason, notOpened(reason), now))
        .orElseGet(() -> {
          taskBook.opened(task.agent());
          return new TaskResult.Told(task);
        });
  }

  private static String notOpened(ReasonCode reason) {
    return reason == ReasonCode.NO_GROUND ? SERVES_ANOTHER : "it cannot be opened now";
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

  private Value.Obj fields(TaskRequest request) {
    var wished = ports.secrets().clean(wished(request)).value();
    var fields = wished.with("by", Value.of(request.caller().name()));
    if (request.caller() instanceof Caller.OfAutomation remit) {
      fields = fields.with("parent", Value.of(remit.waiting()));
    }
    // What a person typed is in the body alone, which can be erased; its digest is no substitute.
    return request.caller() instanceof Caller.OfPerson own
        ? fields.with("person", Value.of(own.person().id().text()))
        : fields
            .with("instance", Value.of(request.caller().instance().value()))
            .with("agent", Value.of(request.agent().text()))
            .with(
                "promptDigest",
                Value.of(Redaction.prompt(request.prompt().orElse(""), ports.secrets()).digest()));
  }

  /** The task, if it is the caller's business. */
  Optional<Task> visible(Caller caller, TaskId id) {
    return switch (caller) {
      case Caller.Worker worker -> {
        taskBook.forget(id);
        yield taskBook
            .find(worker.id().tenant(), id)
            .filter(task -> isOf(task, worker) || isDelegatedBy(task, worker));
      }
      case Caller.Orchestrator orchestrator -> ofOrchestrator(orchestrator, id);
      case Caller.Triage ignored -> Optional.empty(); // each task is a part's
      case Caller.EnforcementPoint ignored -> Optional.empty();
      case Caller.LogReader ignored -> Optional.empty();
    };
  }

  private static boolean isOf(Task task, Caller.Worker worker) {
    return task.agent().equals(worker.id())
        && worker.speaksFor(task.id().value())
        && task.instance().map(worker.instance()::equals).orElse(true);
  }

  /** Whoever handed work on sees what becomes of it, and may end it. */
  private static boolean isDelegatedBy(Task task, Caller.Worker worker) {
    return task.lineage().links().stream()
        .filter(link -> worker.speaksFor(link.task().value()))
        .anyMatch(
            link -> link.agent().equals(worker.id()) && link.instance().equals(worker.instance()));
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
        .filter(task -> !task.isOfPerson())
        .findFirst();
  }

  /** The open task, which is this caller's instance's from here on; else it is not found. */
  TaskResult take(Caller.Agent caller, TaskId id) {
    Instant now = ports.clock().instant();
    try {
      taskBook.forget(id);
      return taskBook.of(caller, Optional.of(id), now) instanceof TaskBook.Belongs(Task task)
              && task.isOpenAt(now)
          ? new TaskResult.Told(task)
          : new TaskResult.NotFound();
    } catch (RuntimeException e) {
      return new TaskResult.Refused(ReasonCode.EVIDENCE_UNAVAILABLE, "try again later");
    }
  }

  /** Hands an open task to people; what already runs of it ends by itself. */
  TaskResult escalate(Caller.Agent caller, TaskId id, String reason) {
    var words = Redaction.prompt(reason, ports.secrets());
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
              Value.object("by", caller.name()),
              Value.object("reason", Value.object("excerpt", words.excerpt(), "kind", "claimed")));
      return taskEnd.handOver(task.get(), entry)
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
