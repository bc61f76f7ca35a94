package dev.remit.core.flow;

import dev.remit.core.approval.PlanStep;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.Subject;
import dev.remit.core.call.CallId;
import dev.remit.core.call.CallRequest;
import dev.remit.core.decision.Decision;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.Entry;
import dev.remit.core.execution.Cut;
import dev.remit.core.execution.Outcome;
import dev.remit.core.identity.Caller;
import dev.remit.core.release.Releases;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Plans of calls: asked for as one, answered as one, run step by step.
 *
 * <p>A step that policy denies refuses the plan. Once it is granted each step is a call like any
 * other: bound and decided again, used once for ever, on records that differ from what people saw
 * in nothing but what earlier steps said they change. What is durable about it lies in the ledger,
 * so that another process goes on where one stopped.
 */
final class PlanFlow {

  private final Ports ports;
  private final Entries entries;
  private final CallFlow calls;
  private final PlanRecords records;

  PlanFlow(Ports ports, Entries entries, CallFlow calls) {
    this.ports = ports;
    this.entries = entries;
    this.calls = calls;
    this.records = new PlanRecords(ports, entries);
  }

  /** Asks people about all of it. */
  CallResult propose(PlanRequest request) {
    var id = new CallId(ports.ids().id());
    if (request.steps().isEmpty() || request.steps().size() > PlanStep.MOST) {
      throw new InvalidValueException("a plan has 1 to " + PlanStep.MOST + " steps");
    }
    try {
      return asked(request, ports.releases().active());
    } catch (Releases.PolicyUnavailableException e) {
      return new CallResult.Refused(id, ReasonCode.POLICY_UNAVAILABLE);
    } catch (InvalidValueException e) {
      throw e;
    } catch (RuntimeException e) {
      return new CallResult.Refused(id, ReasonCode.EVIDENCE_UNAVAILABLE);
    }
  }

  private CallResult asked(PlanRequest request, Releases.Active active) {
    var thoughts = new ArrayList<CallFlow.Thought>();
    var steps = new ArrayList<PlanStep>();
    for (var wanted : request.steps()) {
      int number = steps.size() + 1;
      var task =
          thoughts.isEmpty() ? request.task() : Optional.of(thoughts.getFirst().call().task().id());
      var call =
          new CallRequest(
              request.caller(), wanted.tool(), wanted.arguments(), task, Optional.empty());
      switch (calls.consider(call, active)) {
        case CallFlow.Unthinkable(CallResult told) -> {
          return new CallResult.NoPlan(number, told);
        }
        case CallFlow.Thought thought -> {
          requireBinding(number, wanted, thought);
          thoughts.add(thought);
          steps.add(step(wanted, thought, active));
        }
      }
    }
    return stored(thoughts, steps, active);
  }

  private static void requireBinding(
      int number, PlanRequest.Step wanted, CallFlow.Thought thought) {
    for (var change : wanted.changes()) {
      boolean isBinding =
          thought.call().targets().stream()
              .filter(target -> target.ref().text().equals(change.target()))
              .anyMatch(target -> target.binding().contains(change.attribute()));
      if (!isBinding) {
        throw new InvalidValueException(
            "step "
                + number
                + ": `"
                + change.attribute()
                + "` is no binding attribute of a target of this step called `"
                + change.target()
                + "`");
      }
    }
  }

  private static PlanStep step(
      PlanRequest.Step wanted, CallFlow.Thought thought, Releases.Active active) {
    var call = thought.call();
    return new PlanStep(
        call.tool().name(),
        call.arguments(),
        wanted.changes(),
        PlanDigest.act(call, thought.decision(), active),
        call.seen());
  }

  private CallResult stored(
      List<CallFlow.Thought> thoughts, List<PlanStep> steps, Releases.Active active) {
    var first = thoughts.getFirst();
    boolean isAsking =
        thoughts.stream().anyMatch(one -> one.decision() instanceof Decision.NeedsApproval);
    if (!isAsking) {
      throw new InvalidValueException("no step of this plan waits for people: make the calls");
    }
    var known = first.call().task();
    var task = ports.tasks().find(known.tenant(), known.id()).orElse(known);
    if (!task.isOpenAt(first.attempt().now())) {
      return new CallResult.Refused(first.call().id(), CallChecks.over(task));
    }
    return records.ask(thoughts, steps, active);
  }

  /**
   * Runs what is left of a plan, one step after the other, and stops at the first that does not
   * succeed. Asked again it tells the same.
   */
  CallResult run(Proposal proposal, Subject.OfPlan plan, Caller.Worker caller, Cut cut) {
    var told = new ArrayList<CallResult>();
    int of = plan.steps().size();
    for (int number = 1; number <= of; number++) {
      var granted = new Granted(proposal, number);
      var step = told(granted, plan, caller, cut);
      if (step.isEmpty()) {
        return told.isEmpty()
            ? new CallResult.Refused(new CallId(ports.ids().id()), ReasonCode.APPROVAL_STALE)
            : new CallResult.Planned(proposal.id(), told, of, true);
      }
      told.add(step.get());
      if (!hasSucceeded(granted)) {
        return new CallResult.Planned(proposal.id(), told, of, isOver(granted, number));
      }
    }
    over(proposal, "all steps are done");
    return new CallResult.Planned(proposal.id(), told, of, true);
  }

  /** What a step was told, before or now; empty when nothing more of the plan may run. */
  private Optional<CallResult> told(
      Granted granted, Subject.OfPlan plan, Caller.Worker caller, Cut cut) {
    var earlier = calls.earlier(granted);
    if (earlier.isPresent()) {
      return earlier;
    }
    return ports.proposals().openStep(granted.proposal(), granted.step(), ports.clock().instant())
        ? Optional.of(calls.step(granted, plan, caller, cut))
        : Optional.empty();
  }

  private Optional<Outcome> outcome(Granted granted) {
    return ports
        .proposals()
        .use(granted.proposal().tenant(), granted.use())
        .flatMap(use -> use.outcome());
  }

  private boolean hasSucceeded(Granted granted) {
    return outcome(granted).filter(Outcome.SUCCEEDED::equals).isPresent();
  }

  /** A step that was made and did not succeed ends the plan; one that was not made may be later. */
  private boolean isOver(Granted granted, int number) {
    var outcome = outcome(granted);
    outcome.ifPresent(o -> over(granted.proposal(), "step " + number + ": " + o.text()));
    return outcome.isPresent()
        || ports
            .proposals()
            .find(granted.proposal().tenant(), granted.proposal().id())
            .filter(proposal -> proposal.stateAt(ports.clock().instant()).isLive())
            .isEmpty();
  }

  private void over(Proposal proposal, String why) {
    ports
        .proposals()
        .end(
            proposal,
            Proposal.State.CONSUMED,
            entries.ofProposal(
                Entry.Kind.PROPOSAL_ENDED,
                proposal,
                ports.clock().instant(),
                Value.object("state", "consumed", "why", why)));
  }
}
