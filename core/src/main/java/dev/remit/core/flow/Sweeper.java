package dev.remit.core.flow;

import dev.remit.core.approval.Proposal;
import dev.remit.core.evidence.CallLedger.Unsettled;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Settlement;
import dev.remit.core.execution.Connector;
import dev.remit.core.execution.Outcome;
import dev.remit.core.lease.Broker.Gone;
import dev.remit.core.lease.Lease;
import dev.remit.core.lease.LeaseId;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.task.Task;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Finishes what calls, crashes and time left behind. Remembers nothing that a restart could not
 * find again; each step is tried again at the next tick.
 *
 * <p>INVARIANT: an intent of another process, or of an earlier life of this one, is touched only
 * after its send-by instant plus skew; its lease is revoked before its outcome is written, so a
 * paused process that wakes holds nothing it could send with.
 */
public final class Sweeper {

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private record Due(int attempts, Instant at) {}

  private final Ports ports;
  private final Entries entries;
  private final Effects effects;
  private final RunningCalls running;
  private final TaskLeases taskLeases;
  private final TaskEnd taskEnd;
  private final Revoker revoker;
  private final Map<LeaseId, Due> pauses = new ConcurrentHashMap<>();
  private final Lanes lanes = new Lanes(Duration.ofSeconds(2));
  private final Set<ConnectorId> reconciled = ConcurrentHashMap.newKeySet();

  Sweeper(
      Ports ports,
      Entries entries,
      Effects effects,
      RunningCalls running,
      TaskLeases taskLeases,
      TaskEnd taskEnd,
      Revoker revoker) {
    this.ports = ports;
    this.entries = entries;
    this.effects = effects;
    this.running = running;
    this.taskLeases = taskLeases;
    this.taskEnd = taskEnd;
    this.revoker = revoker;
  }

  /**
   * One round over everything; throws when the database is away, and then simply runs again later.
   */
  public void tick() {
    var failures = new ArrayList<RuntimeException>();
    for (Runnable step :
        List.<Runnable>of(
            effects::writeLateOutcomes,
            this::endSharedLeases,
            this::workAtTargets,
            this::expireTasks,
            this::expireProposals)) {
      try {
        step.run();
      } catch (RuntimeException e) {
        // One step that fails must not keep revocation from going on.
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
  }

  /**
   * What crashes left behind comes first; a lease that several rounds list is ended by one of them,
   * because a lane that is busy takes no new work.
   */
  private void workAtTargets() {
    var jobs = new ArrayList<Lanes.Job>();
    leftBehind()
        .forEach(left -> {
          var target = left.lease().map(Lease::connector);
          if (target.isPresent()) {
            jobs.add(
                new Lanes.Job(
                    target.get(), left.tenant(), () -> settle(left), () -> settle(left, false)));
          } else {
            settle(left, false);
          }
        });
    jobs.addAll(endings());
    lanes.round(jobs);
  }

  private List<Unsettled> leftBehind() {
    Instant quiet = ports.clock().instant().minus(ports.skew());
    return ports.calls().unsettled(ports.replica(), quiet, quiet).stream()
        .filter(left -> !running.isRunning(left.call()))
        .toList();
  }

  /** Ends the lease of its own and writes the outcome; false if the lease could not be ended. */
  private boolean settle(Unsettled left) {
    var own = ownLease(left);
    boolean isGone =
        own.map(lease -> revoker.end(lease, Optional.empty()) instanceof Gone).orElse(false);
    settle(left, isGone);
    return isGone || own.isEmpty();
  }

  private static Optional<Lease> ownLease(Unsettled left) {
    return left.lease().filter(lease -> lease.task().isEmpty());
  }

  private void settle(Unsettled left, boolean isGone) {
    var now = ports.clock().instant();
    var fields =
        Value.object(
            "outcome", Outcome.UNKNOWN.text(),
            "detail", "recovered: the process ended before the outcome was written",
            "lease", Value.object("gone", isGone));
    var entry =
        entries.ofCall(
            Entry.Kind.OUTCOME,
            left.tenant(),
            left.call(),
            left.task().map(dev.remit.core.task.TaskId::new),
            now,
            fields,
            Value.Obj.EMPTY);
    ports
        .calls()
        .settle(
            new Settlement(
                left.call(),
                left.tenant(),
                Outcome.UNKNOWN,
                ownLease(left).filter(lease -> isGone).map(Lease::id),
                Optional.empty(),
                now,
                entry));
  }

  /** What the reads of a task share ends with its time and with the task, whoever ended that. */
  private void endSharedLeases() {
    Instant now = ports.clock().instant();
    var over =
        taskLeases.live().stream()
            .filter(lease -> !now.isBefore(lease.end()) || !isTaskOpen(lease, now))
            .map(Lease::id)
            .collect(Collectors.toSet());
    taskLeases.retireWhere(lease -> over.contains(lease.id()));
  }

  private boolean isTaskOpen(Lease lease, Instant now) {
    return lease
        .task()
        .flatMap(task -> ports.tasks().find(lease.tenant(), task))
        .filter(task -> task.isOpenAt(now))
        .isPresent();
  }

  private List<Lanes.Job> endings() {
    Instant now = ports.clock().instant();
    var unfinished = ports.leases().unfinished();
    var ofIntents = unfinished.isEmpty() ? Set.<LeaseId>of() : ofOwnIntents(now);
    return unfinished.stream()
        .filter(lease -> !ofIntents.contains(lease.id()) && isOurs(lease, now))
        .filter(lease -> !now.isBefore(due(lease).at()))
        .map(lease ->
            new Lanes.Job(lease.connector(), lease.tenant(), () -> end(lease, now), () -> {}))
        .toList();
  }

  private Due due(Lease lease) {
    return pauses.getOrDefault(lease.id(), new Due(0, Instant.MIN));
  }

  private boolean end(Lease lease, Instant now) {
    boolean isEnded = revoker.endAndRecord(lease, Optional.empty());
    if (isEnded) {
      pauses.remove(lease.id());
    } else {
      int attempts = due(lease).attempts();
      pauses.put(lease.id(), new Due(attempts + 1, now.plus(pause(attempts))));
    }
    return isEnded;
  }

  /**
   * Leases of this replica's intents without outcome: {@link #leftBehind} has to come first, when
   * nothing of an earlier life can still be on its way to the target.
   */
  private Set<LeaseId> ofOwnIntents(Instant now) {
    var all = now.plus(Duration.ofDays(1));
    return ports.calls().unsettled(ports.replica(), all, now.minus(ports.skew())).stream()
        .flatMap(left -> left.lease().stream())
        .filter(lease -> lease.replica().equals(ports.replica()))
        .map(Lease::id)
        .collect(Collectors.toSet());
  }

  /**
   * Not held by a slot or a running call of this process, and either past its end or already being
   * revoked, or left by an earlier life of this process.
   */
  private boolean isOurs(Lease lease, Instant now) {
    if (taskLeases.isHeld(lease.id()) || running.holds(lease.id())) {
      return false;
    }
    return lease.state() == Lease.State.REVOKING
        || lease.replica().equals(ports.replica())
        || now.isAfter(lease.end().plus(ports.skew()));
  }

  private static Duration pause(int attempts) {
    var pause = Duration.ofSeconds(1L << Math.min(attempts, 6));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }

  private void expireTasks() {
    ports
        .tasks()
        .overdue(ports.clock().instant())
        .forEach(task -> taskEnd.end(task, Task.State.EXPIRED, "remit"));
  }

  private void expireProposals() {
    Instant now = ports.clock().instant();
    for (Proposal proposal : ports.proposals().overdue(now)) {
      ports
          .proposals()
          .end(
              proposal,
              Proposal.State.EXPIRED,
              entries.ofProposal(
                  Entry.Kind.PROPOSAL_ENDED, proposal, now, Value.object("state", "expired")));
    }
  }

  /**
   * Removes principals of ours at the targets that have no live lease.
   *
   * <p>INVARIANT: the target is listed before the store: a principal made meanwhile has its lease
   * stored already and is spared.
   */
  public void reconcile() {
    for (Connector connector : ports.connectors().all().values()) {
      Set<String> present;
      try {
        present = connector.broker().present();
      } catch (RuntimeException e) {
        continue;
      }
      if (present.isEmpty() || isSwept(connector, present)) {
        reconciled.add(connector.id());
      }
    }
  }

  /** Connectors at which nobody has looked yet, in this life of the process, for what is ours. */
  Set<ConnectorId> unreconciled() {
    return ports.connectors().all().keySet().stream()
        .filter(connector -> !reconciled.contains(connector))
        .collect(Collectors.toUnmodifiableSet());
  }

  private boolean isSwept(Connector connector, Set<String> present) {
    var live = ports.leases().livePrincipals(connector.id());
    boolean isSwept = true;
    for (var principal : present) {
      isSwept &= live.contains(principal) || isRemoved(connector, principal);
    }
    return isSwept;
  }

  /** A target that is away is found again in the next round and holds up no other. */
  private static boolean isRemoved(Connector connector, String principal) {
    try {
      return connector.broker().remove(principal) instanceof Gone;
    } catch (RuntimeException e) {
      return false;
    }
  }
}
