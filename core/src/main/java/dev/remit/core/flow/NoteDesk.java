package dev.remit.core.flow;

import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.call.CallRequest;
import dev.remit.core.call.Sha256;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.execution.Cut;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.GradeFamily;
import dev.remit.core.notice.NoticeKind;
import dev.remit.core.release.NoteTerms;
import dev.remit.core.release.Release;
import dev.remit.core.target.Inventory;
import dev.remit.core.target.TargetRef;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Puts Remit's automation where an agent stands, on the ground of the task that waits, and hands on
 * to the same drivers.
 *
 * <p>INVARIANT: the task of a note is named after proposal, kind and try. One that did not end as
 * failed may have written, and then nothing is written again.
 */
final class NoteDesk implements TicketNotes {

  private static final int MOST_TRIES = 20;
  private static final Duration LIFE = Duration.ofMinutes(1);

  /** What passes by itself; anything else would be refused again. */
  private static final Set<ReasonCode> PASSING =
      EnumSet.of(
          ReasonCode.POLICY_UNAVAILABLE,
          ReasonCode.INVENTORY_UNAVAILABLE,
          ReasonCode.EVIDENCE_UNAVAILABLE,
          ReasonCode.VENDOR_UNAVAILABLE,
          ReasonCode.TARGET_STALE);

  private final Ports ports;
  private final CallFlow callFlow;
  private final TaskFlow taskFlow;
  private final TaskEnd taskEnd;
  private final OwnReads ownReads;

  NoteDesk(Ports ports, CallFlow callFlow, TaskFlow taskFlow, TaskEnd taskEnd, OwnReads ownReads) {
    this.ports = ports;
    this.callFlow = callFlow;
    this.taskFlow = taskFlow;
    this.taskEnd = taskEnd;
    this.ownReads = ownReads;
  }

  /** One note that is to be written. */
  private record Wanted(
      Release release, NoteTerms terms, Proposal proposal, NoticeKind kind, Task waiting) {}

  @Override
  public Result note(TenantId tenant, ProposalId id, NoticeKind kind, String origin) {
    try {
      var release = ports.releases().active().release();
      var terms = release.people().notes();
      var proposal = ports.proposals().find(tenant, id);
      if (terms.isEmpty() || proposal.isEmpty()) {
        return new Dropped("no notes are wanted");
      }
      return waiting(proposal.get(), terms.get())
          .map(task -> new Wanted(release, terms.get(), proposal.get(), kind, task))
          .map(wanted -> note(wanted, origin))
          .orElseGet(() -> new Dropped("no task waits on a ticket of this system"));
    } catch (RuntimeException e) {
      return new Later("a store is away");
    }
  }

  /** The task that waits; a note itself never has one. */
  private Optional<Task> waiting(Proposal proposal, NoteTerms terms) {
    var connector = ports.releases().active().release().ticketConnector();
    return proposal
        .ofAgent()
        .filter(wish -> !wish.agent().agentClass().equals(terms.agent()))
        .flatMap(wish -> ports.tasks().find(proposal.tenant(), wish.task()))
        .filter(task -> task.tenant().equals(proposal.tenant()))
        .filter(task -> task.ground().connector().equals(connector));
  }

  private Result note(Wanted wanted, String origin) {
    var state = wanted.proposal().stateAt(ports.clock().instant());
    var words = NoteWords.of(wanted.kind(), wanted.proposal(), state, wanted.release(), origin);
    if (words.isEmpty()) {
      return new Dropped("there is nothing to tell");
    }
    var tool = wanted.release().tools().get(wanted.terms().tool());
    if (tool == null) {
      return new Dropped("there is no tool that writes notes");
    }
    var arguments =
        Value.object(
            wanted.terms().ticket(), wanted.waiting().ground().ticket(),
            wanted.terms().text(), words.get());
    for (int attempt = 1; attempt <= MOST_TRIES; attempt++) {
      var task = taskOf(wanted, attempt);
      var before = ports.tasks().find(wanted.proposal().tenant(), task);
      if (before.isEmpty()) {
        return write(wanted, caller(wanted, task), Targets.named(tool, arguments), arguments);
      }
      if (before.get().state() != Task.State.FAILED) {
        return before.get().state().isLive() ? new Later("it is being written") : new Noted();
      }
    }
    return new Dropped("it was tried too often");
  }

  private static TaskId taskOf(Wanted wanted, int attempt) {
    var digest =
        Sha256.of(
            Value.object(
                "proposal", wanted.proposal().id().value(), "kind", wanted.kind().stored()));
    int begin = digest.indexOf(':') + 1;
    return new TaskId("note-" + digest.substring(begin, begin + 32) + "-" + attempt);
  }

  private Caller.OfAutomation caller(Wanted wanted, TaskId task) {
    return new Caller.OfAutomation(
        new AgentId(
            wanted.terms().agent(),
            wanted.proposal().tenant(),
            wanted.waiting().environment(),
            GradeFamily.CHANGE),
        wanted.waiting().id().value(),
        task.value(),
        ports.clock().instant().plus(LIFE));
  }

  private Result write(
      Wanted wanted, Caller.OfAutomation remit, List<TargetRef> targets, Value.Obj arguments) {
    look(wanted, targets);
    var terms = wanted.terms();
    var opened =
        taskFlow.open(
            new TaskRequest(
                remit,
                remit.id(),
                terms.taskClass(),
                wanted.waiting().ground().ticket(),
                new HashSet<>(targets),
                Set.of(terms.tool()),
                Optional.empty()));
    return switch (opened) {
      case TaskResult.Told(Task task) -> written(remit, terms, task, arguments);
      case TaskResult.Refused(ReasonCode reason, String hint) ->
          PASSING.contains(reason) || hint.equals(TaskFlow.SERVES_ANOTHER)
              ? new Later(reason.code())
              : new Dropped(reason.code());
      case TaskResult.NotFound() -> new Dropped("its task is not to be found");
    };
  }

  /** A ticket may be younger than the last reading of its system. */
  private void look(Wanted wanted, List<TargetRef> targets) {
    var tenant = wanted.proposal().tenant();
    var within =
        wanted
            .release()
            .taskClass(wanted.terms().taskClass(), tenant)
            .map(taskClass -> taskClass.seenWithin())
            .orElse(Duration.ZERO);
    var now = ports.clock().instant();
    boolean isKnown =
        targets.stream()
            .map(ref -> ports.inventory().resolve(ref, within, now))
            .noneMatch(
                found -> found instanceof Inventory.Unknown || found instanceof Inventory.Stale);
    if (!isKnown) {
      var _ = ownReads.records(tenant, targets, wanted.release().version());
    }
  }

  private Result written(
      Caller.OfAutomation remit, NoteTerms terms, Task task, Value.Obj arguments) {
    var result =
        told(
            callFlow.call(
                new CallRequest(
                    remit, terms.tool(), arguments, Optional.of(task.id()), Optional.empty()),
                new Cut()));
    var end = result instanceof Noted ? Task.State.DONE : Task.State.FAILED;
    taskEnd.end(task, end, remit.name());
    return result;
  }

  private static Result told(CallResult result) {
    return switch (result) {
      case CallResult.Answered answered ->
          switch (answered.outcome()) {
            // Whether it was written is not known for the last one; twice would be worse than not.
            case SUCCEEDED, UNKNOWN -> new Noted();
            case REJECTED -> new Dropped("the system refused it");
            case FAILED -> new Later(answered.detail());
          };
      case CallResult.Joined ignored -> new Noted();
      case CallResult.Refused(var call, ReasonCode reason) ->
          PASSING.contains(reason) ? new Later(reason.code()) : new Dropped(reason.code());
      case CallResult.InvalidArguments ignored -> new Dropped("the tool does not take it");
      case CallResult.UnknownTool ignored -> new Dropped("the tool is not the automation's");
      case CallResult.TooMany ignored -> new Dropped("it names more than one ticket");
      case CallResult.Waiting ignored -> new Dropped("a note asks nobody");
      case CallResult.Ended ignored -> new Dropped("a note asks nobody");
      case CallResult.Planned ignored -> new Dropped("a note is no plan");
      case CallResult.NoPlan ignored -> new Dropped("a note is no plan");
    };
  }
}
