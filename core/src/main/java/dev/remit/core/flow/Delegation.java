package dev.remit.core.flow;

import dev.remit.core.decision.ReasonCode;
import dev.remit.core.delegation.Chain;
import dev.remit.core.delegation.DelegationRequest;
import dev.remit.core.delegation.Narrowing;
import dev.remit.core.evidence.Entry;
import dev.remit.core.kill.KillScope;
import dev.remit.core.release.Release;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskId;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Hands a part of a task to another agent.
 *
 * <p>Only the running copy that works on a task hands it on. The store opens the task below only
 * while all those above are open, and ends it with them.
 */
final class Delegation {

  private final Ports ports;
  private final Entries entries;
  private final TaskBook taskBook;
  private final Targets targets;

  Delegation(Ports ports, Entries entries, TaskBook taskBook) {
    this.ports = ports;
    this.entries = entries;
    this.taskBook = taskBook;
    this.targets = new Targets(ports.inventory());
  }

  TaskResult delegate(DelegationRequest request) {
    Release release;
    try {
      release = ports.releases().active().release();
    } catch (RuntimeException e) {
      return new TaskResult.Refused(ReasonCode.POLICY_UNAVAILABLE, "try again later");
    }
    try {
      return delegated(request, release, ports.clock().instant());
    } catch (RuntimeException e) {
      return new TaskResult.Refused(ReasonCode.EVIDENCE_UNAVAILABLE, "try again later");
    }
  }

  private TaskResult delegated(DelegationRequest request, Release release, Instant now) {
    if (isExpired(request, now)) {
      return refuse(request, ReasonCode.IDENTITY_EXPIRED, "prove both agents again", now);
    }
    taskBook.forget(request.parent());
    if (!(taskBook.of(request.caller(), Optional.of(request.parent()), now)
        instanceof TaskBook.Belongs(Task parent))) {
      return new TaskResult.NotFound();
    }
    if (!parent.isOpenAt(now)) {
      return refuse(request, CallChecks.over(parent), "open another task", now);
    }
    return switch (new Narrowing(release, parent, now).of(request)) {
      case Narrowing.Wider(ReasonCode reason, String hint) -> refuse(request, reason, hint, now);
      case Narrowing.Within within -> proven(request, release, parent, within, now);
    };
  }

  private static boolean isExpired(DelegationRequest request, Instant now) {
    return !now.isBefore(request.caller().expiresAt())
        || request.actor().filter(actor -> !now.isBefore(actor.expiresAt())).isPresent();
  }

  private TaskResult proven(
      DelegationRequest request,
      Release release,
      Task parent,
      Narrowing.Within within,
      Instant now) {
    var bound =
        targets.bind(
            List.copyOf(request.targets()), parent.tenant(), within.taskClass().seenWithin(), now);
    if (bound instanceof Targets.Objection(ReasonCode reason, var ignored)) {
      return refuse(request, reason, "name targets by their ids in this client's systems", now);
    }
    var task = task(request, parent, within, now);
    var entry =
        entries.ofTask(
            Entry.Kind.TASK_OPENED,
            task.tenant(),
            task.id(),
            now,
            opened(request, task)
                .with("serves", Value.texts(within.taskClass().serves()))
                .with("version", Value.of(release.version().value())),
            Value.object(
                "subject", task.ground().subject(),
                "requester", task.ground().requester(),
                "prompt", Value.object("excerpt", task.prompt().excerpt(), "kind", "claimed")));
    return ports
        .taskLedger()
        .open(task, release.version(), scopes(task), entry)
        .<TaskResult>map(reason -> refuse(request, reason, "it cannot be opened now", now))
        .orElseGet(() -> {
          taskBook.opened(task.agent());
          return new TaskResult.Told(task);
        });
  }

  private Task task(DelegationRequest request, Task parent, Narrowing.Within within, Instant now) {
    return new Task(
        new TaskId(ports.ids().id()),
        parent.tenant(),
        parent.environment(),
        request.agent(),
        within.instance(),
        within.taskClass().name(),
        parent.ground(),
        request.targets(),
        within.tools(),
        within.callLimit(),
        now,
        within.deadline(),
        Task.State.OPEN,
        Redaction.prompt(request.prompt().orElse(""), ports.secrets()),
        parent.hasReadUntrusted(),
        within.lineage());
  }

  private static List<String> scopes(Task task) {
    var scopes = new ArrayList<String>();
    scopes.add("everything");
    scopes.add("tenant:" + task.tenant());
    scopes.add("class:" + task.agent().agentClass());
    scopes.add(KillScope.agent(task.agent()).text());
    task.instance().ifPresent(instance -> scopes.add("instance:" + instance));
    scopes.addAll(Chain.killScopes(task.lineage()));
    return scopes.stream().distinct().toList();
  }

  private Value.Obj opened(DelegationRequest request, Task task) {
    var fields =
        wished(request)
            .with("ticket", Value.of(task.ground().ticket()))
            .with("tools", Value.texts(task.tools().stream().sorted().toList()))
            .with("callLimit", Value.of(task.callLimit()))
            .with("deadline", Value.of(task.deadline().toString()));
    return Chain.with(fields, task.lineage());
  }

  private Value.Obj wished(DelegationRequest request) {
    var fields =
        Value.object(
            "by", request.caller().name(),
            "instance", request.caller().instance().value(),
            "parent", request.parent().value(),
            "agent", request.agent().text(),
            "taskClass", request.taskClass(),
            "targets", Facts.refs(List.copyOf(request.targets())),
            "tools", Value.texts(request.tools().stream().sorted().toList()),
            "promptDigest",
                Redaction.prompt(request.prompt().orElse(""), ports.secrets()).digest());
    var named = ports.secrets().clean(fields).value();
    return request
        .actor()
        .map(actor -> named.with("actor", Value.of(actor.instance().value())))
        .orElse(named);
  }

  /** Told in the log of whoever asked, whatever tenant the wish named. */
  private TaskResult refuse(
      DelegationRequest request, ReasonCode reason, String hint, Instant now) {
    ports
        .journal()
        .append(
            entries.of(
                Entry.Kind.TASK_REFUSED,
                request.caller().id().tenant(),
                now,
                wished(request)
                    .with("reason", Value.of(reason.code()))
                    .with("agentHeard", Value.of(reason.agentCode()))));
    return new TaskResult.Refused(reason, hint);
  }
}
