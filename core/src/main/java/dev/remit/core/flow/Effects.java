package dev.remit.core.flow;

import dev.remit.core.call.Sha256;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.CallLedger.Admission;
import dev.remit.core.evidence.CallLedger.Admitted;
import dev.remit.core.evidence.CallLedger.Refused;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Intent;
import dev.remit.core.evidence.Settlement;
import dev.remit.core.execution.Connector.VendorException;
import dev.remit.core.execution.Cut;
import dev.remit.core.execution.Downstream;
import dev.remit.core.execution.Execution;
import dev.remit.core.execution.Outcome;
import dev.remit.core.execution.SendBy;
import dev.remit.core.flow.Work.Performed;
import dev.remit.core.lease.Broker.Ended;
import dev.remit.core.lease.Broker.Gone;
import dev.remit.core.lease.Broker.Issued;
import dev.remit.core.lease.Broker.Lingering;
import dev.remit.core.lease.Broker.Made;
import dev.remit.core.lease.Broker.NotMade;
import dev.remit.core.lease.Broker.Uncertain;
import dev.remit.core.lease.Credential;
import dev.remit.core.lease.Lease;
import dev.remit.core.lease.LeaseId;
import dev.remit.core.trace.Trace;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The lower half of every call: admit, lease, perform, revoke, settle.
 *
 * <p>Crash order: the intent and the lease's end are durable before the credential exists; whatever
 * is left after a crash is an intent without outcome and a lease not proven gone, and the sweeper
 * finds both. Nothing here retries an effect.
 */
final class Effects {

  private final Ports ports;
  private final Entries entries;
  private final RunningCalls running;
  private final Revoker revoker;
  private final TaskLeases taskLeases;
  private final Stops stops;

  /** Settlements that the database could not take; in memory only, recovery covers a crash. */
  private final Queue<Settlement> unwritten = new ConcurrentLinkedQueue<>();

  Effects(
      Ports ports, Entries entries, RunningCalls running, Revoker revoker, TaskLeases taskLeases) {
    this.ports = ports;
    this.entries = entries;
    this.running = running;
    this.revoker = revoker;
    this.taskLeases = taskLeases;
    this.stops = new Stops(ports.kills());
  }

  /** Makes the effect if it is admitted. */
  EffectResult run(EffectPlan plan, Work work, Cut cut) {
    // INVARIANT: the monotonic start is taken before the wall clock, so send-by is never late.
    long started = ports.ticker().nanos();
    Instant now = ports.clock().instant();
    Instant sendByInstant = now.plus(ports.sendWithin());
    long budget = ports.sendWithin().toNanos();
    SendBy sendBy =
        () ->
            ports.ticker().nanos() - started >= budget
                || !ports.clock().instant().isBefore(sendByInstant);
    var grip = grip(plan, now);
    running.started(plan, grip.lease().id(), cut);
    try {
      ports.failpoints().reached("before-intent");
      var asked = Trace.part("admit", () -> admit(intent(plan, now, sendByInstant, grip)));
      var admission = stops.named(asked, plan.killScopes());
      if (!(admission instanceof Admitted)) {
        abandon(grip);
        return new EffectResult.NotAdmitted(admission);
      }
      ports.failpoints().reached("after-intent");
      return carryOut(plan, work, cut, sendBy, grip);
    } finally {
      running.ended(plan.call());
    }
  }

  /** Tries again to write outcomes that the database could not take. */
  void writeLateOutcomes() {
    Settlement next;
    while ((next = unwritten.peek()) != null) {
      ports.calls().settle(next);
      unwritten.poll();
    }
  }

  /** The lease an effect stands on: its own, or a slot of its task's. */
  private record Grip(Lease lease, TaskLeases.@Nullable Slot slot, boolean isMaker) {}

  private Grip grip(EffectPlan plan, Instant now) {
    Instant until = now.plus(ports.sendWithin()).plus(plan.timeout());
    if (!plan.isTaskRead() || plan.task().isEmpty()) {
      return new Grip(lease(plan, now, until, Optional.empty()), null, true);
    }
    var key =
        new TaskLeases.Key(
            plan.task().get(), plan.connector().id().value(), Sha256.of(plan.scope()));
    var acquired = taskLeases.acquire(key, until, () -> lease(plan, now, until, plan.task()));
    return new Grip(acquired.slot().lease(), acquired.slot(), acquired.isMaker());
  }

  private Lease lease(
      EffectPlan plan, Instant now, Instant until, Optional<dev.remit.core.task.TaskId> task) {
    var id = new LeaseId(ports.ids().id());
    Instant made = now.plus(ports.sendWithin()).plus(plan.leaseLife());
    return new Lease(
        id,
        plan.tenant(),
        plan.connector().id(),
        ports.names().of(id),
        task,
        plan.scope(),
        made.isAfter(until) ? made : until,
        ports.replica(),
        Lease.State.INTENDED);
  }

  private Intent intent(EffectPlan plan, Instant now, Instant sendBy, Grip grip) {
    var fields =
        plan.fields()
            .with("lease", Value.of(grip.lease().id().value()))
            .with("principal", Value.of(grip.lease().principal()))
            .with("leaseEnd", Value.of(grip.lease().end().toString()))
            .with("sendBy", Value.of(sendBy.toString()))
            .with("version", Value.of(plan.version().value()));
    var traced =
        Trace.current()
            .map(trace -> fields.with("trace", Value.of(trace.traceparent())))
            .orElse(fields);
    return new Intent(
        plan.call(),
        plan.tenant(),
        plan.use(),
        plan.killScopes(),
        plan.version(),
        plan.targets(),
        plan.approval(),
        grip.isMaker() ? Optional.of(grip.lease()) : Optional.empty(),
        now,
        sendBy,
        sendBy.plus(plan.timeout()).plus(ports.sendWithin()),
        ports.replica(),
        plan.joinKey(),
        now.minusSeconds(600),
        entries.ofCall(
            Entry.Kind.INTENT, plan.tenant(), plan.call(), plan.task(), now, traced, plan.body()));
  }

  private Admission admit(Intent intent) {
    try {
      return ports.calls().admit(intent);
    } catch (RuntimeException e) {
      return new Refused(ReasonCode.EVIDENCE_UNAVAILABLE);
    }
  }

  private void abandon(Grip grip) {
    if (grip.slot() != null && grip.isMaker()) {
      taskLeases.abandon(grip.slot());
    } else if (grip.slot() != null) {
      taskLeases.release(grip.slot(), false);
    }
  }

  private EffectResult carryOut(EffectPlan plan, Work work, Cut cut, SendBy sendBy, Grip grip) {
    // A process that was paused after its intent makes no credential any more.
    var unsent = Performed.unsent(sendBy, cut);
    var issued =
        unsent.isPresent()
            ? new NotMade("not asked for")
            : Trace.part("lease", () -> issue(plan, grip));
    ports.failpoints().reached("after-issue");
    var downstream = new Downstream();
    var performed =
        Cleaning.of(
            unsent.orElseGet(() -> downstream.during(() -> performed(issued, work, sendBy, cut))),
            ports.secrets());
    ports.failpoints().reached("after-use");
    var ended = Trace.part("revoke", () -> giveBack(grip, issued));
    ports.failpoints().reached("after-revoke");
    return Trace.part("settle", () -> settle(plan, grip, performed, ended, downstream));
  }

  private Performed performed(Issued issued, Work work, SendBy sendBy, Cut cut) {
    return switch (issued) {
      case Made(Credential credential) -> perform(work, credential, sendBy, cut);
      case NotMade(String detail) -> unavailable(new Execution.Failed("no credential: " + detail));
      case Uncertain(String detail) ->
          unavailable(new Execution.Failed("no credential: " + detail));
    };
  }

  private static Performed unavailable(Execution execution) {
    return new Performed(execution, Optional.of(ReasonCode.VENDOR_UNAVAILABLE), Value.Obj.EMPTY);
  }

  private Issued issue(EffectPlan plan, Grip grip) {
    var slot = grip.slot();
    if (slot != null && !grip.isMaker()) {
      return slot.await(ports.sendWithin().toMillis())
          .<Issued>map(Made::new)
          .orElseGet(() -> new NotMade("the task's lease could not be had"));
    }
    Issued issued;
    try {
      issued = plan.connector().broker().issue(grip.lease());
    } catch (RuntimeException e) {
      issued = new Uncertain("the target is away");
    }
    if (issued instanceof Made(Credential credential)) {
      // INVARIANT: watched for before anybody uses it, until the revoker knows that it is gone.
      ports.secrets().live().hold(grip.lease().id().value(), credential.secrets());
      if (slot != null) {
        slot.complete(credential);
      }
    }
    return issued;
  }

  private Performed perform(Work work, Credential credential, SendBy sendBy, Cut cut) {
    ports.failpoints().reached("before-use");
    try {
      return Performed.unsent(sendBy, cut).orElseGet(() -> work.perform(credential, sendBy, cut));
    } catch (VendorException e) {
      // Only readings before the effect throw this; an executor answers Unknown once it has sent.
      return unavailable(new Execution.Failed("the vendor is away"));
    } catch (RuntimeException e) {
      return Performed.of(new Execution.Unknown("the executor failed"));
    }
  }

  /**
   * Ends the effect's own lease; a task's lease goes back to its slot. Empty: nothing ended here.
   */
  private Optional<Ended> giveBack(Grip grip, Issued issued) {
    var slot = grip.slot();
    if (slot != null) {
      boolean isBroken = !(issued instanceof Made);
      if (isBroken && grip.isMaker()) {
        slot.fail();
      }
      taskLeases.release(slot, isBroken && grip.isMaker());
      return Optional.empty();
    }
    return switch (issued) {
      case NotMade ignored -> Optional.of(new Gone("never made"));
      case Uncertain ignored -> Optional.of(revoker.end(grip.lease(), Optional.empty()));
      case Made(Credential credential) ->
          Optional.of(revoker.end(grip.lease(), Optional.of(credential)));
    };
  }

  private EffectResult settle(
      EffectPlan plan,
      Grip grip,
      Performed performed,
      Optional<Ended> ended,
      Downstream downstream) {
    var told = told(performed);
    boolean isGone = ended.filter(Gone.class::isInstance).isPresent();
    var now = ports.clock().instant();
    Trace.note("remit.outcome", told.outcome().text());
    var lease =
        switch (ended.orElse(null)) {
          case null -> Value.object("shared", true);
          case Gone(String proof) -> Value.object("gone", true, "proof", proof);
          case Lingering(String detail) ->
              Value.object("gone", false, "detail", ports.secrets().clean(detail));
        };
    var fields =
        Value.object(
            "outcome", told.outcome().text(),
            "detail", told.detail(),
            "lease", lease.with("id", Value.of(grip.lease().id().value())),
            "result", Sha256.of(told.result()));
    fields =
        told.reason().isPresent()
            ? fields.with("reason", Value.of(told.reason().get().code()))
            : fields;
    boolean isReader = performed.isUntrusted() && !told.result().isEmpty();
    fields = isReader ? fields.with("untrusted", Value.of(true)) : fields;
    fields =
        performed.withheld().isEmpty() ? fields : fields.with("withheld", performed.withheld());
    var reference = downstream.reference();
    fields = reference.isPresent() ? fields.with("reference", Value.of(reference.get())) : fields;
    var entry =
        entries.ofCall(
            Entry.Kind.OUTCOME,
            plan.tenant(),
            plan.call(),
            plan.task(),
            now,
            fields,
            downstream.in(performed.proofs()));
    var settlement =
        new Settlement(
            plan.call(),
            plan.tenant(),
            told.outcome(),
            isGone ? Optional.of(grip.lease().id()) : Optional.empty(),
            isReader ? plan.task() : Optional.empty(),
            now,
            entry);
    return write(settlement, told, ended.isPresent() && !isGone);
  }

  private EffectResult write(
      Settlement settlement, EffectResult.Settled told, boolean isCleaningUp) {
    try {
      ports.calls().settle(settlement);
      ports.failpoints().reached("after-outcome");
      return new EffectResult.Settled(
          told.outcome(), told.detail(), told.reason(), told.result(), isCleaningUp);
    } catch (RuntimeException e) {
      unwritten.add(settlement);
      return new EffectResult.Settled(
          Outcome.UNKNOWN,
          "the outcome could not be recorded yet",
          Optional.of(ReasonCode.EVIDENCE_UNAVAILABLE),
          Value.Obj.EMPTY,
          true);
    }
  }

  private static EffectResult.Settled told(Performed performed) {
    var reason = performed.reason();
    return switch (performed.execution()) {
      case Execution.Done done when reason.isPresent() ->
          new EffectResult.Settled(
              Outcome.UNKNOWN,
              "the target could not be proven again afterwards",
              reason,
              Value.Obj.EMPTY,
              false);
      case Execution.Done done ->
          new EffectResult.Settled(Outcome.SUCCEEDED, "", reason, done.result(), false);
      case Execution.Rejected(String detail, Value.Obj result, var ignored) ->
          new EffectResult.Settled(Outcome.REJECTED, detail, reason, result, false);
      case Execution.Failed(String detail) ->
          new EffectResult.Settled(Outcome.FAILED, detail, reason, Value.Obj.EMPTY, false);
      case Execution.Unknown(String detail) ->
          new EffectResult.Settled(Outcome.UNKNOWN, detail, reason, Value.Obj.EMPTY, false);
    };
  }
}
