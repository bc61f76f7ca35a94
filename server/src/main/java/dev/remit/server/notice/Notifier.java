package dev.remit.server.notice;

import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.notice.NoticeLedger;
import dev.remit.core.tenant.TenantId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Tells people what waits for them and how it ended, outside the way of a call.
 *
 * <p>Promises: nothing is told twice but what was on its way when a process died, then under the
 * same id; each channel has a thread of its own, so none holds up another, nor any call; a client's
 * channel hears of its own tenant alone; what cannot be told is tried again with growing pauses
 * while it is of use. It acts when {@link #wake} is called, and looks by itself every two seconds.
 */
public final class Notifier implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Notifier.class.getName());
  private static final Duration LOOK = Duration.ofSeconds(2);
  private static final Duration DEADLINE = Duration.ofSeconds(15);

  private final Planner planner;
  private final List<Sender> senders = new ArrayList<>();
  private final Semaphore toPlan = new Semaphore(0);
  private final List<Semaphore> toSend = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  /**
   * What notices are about.
   *
   * @param find the proposal of a tenant with a handle
   * @param owner the workspace's name of who answers for a proposal's task class
   * @param link where a person reads a proposal
   */
  public record Sources(
      BiFunction<TenantId, ProposalId, Optional<Proposal>> find,
      StandIns standIns,
      Function<Proposal, Optional<String>> owner,
      Function<Proposal, String> link) {}

  public Notifier(
      NoticeLedger ledger, Sources sources, List<Channel> channels, InstantSource clock) {
    this(ledger, sources, channels, clock, DEADLINE);
  }

  Notifier(
      NoticeLedger ledger,
      Sources sources,
      List<Channel> channels,
      InstantSource clock,
      Duration deadline) {
    var hearing = new Hearing(channels, sources.standIns(), sources.owner());
    Planner.Proposals proposals = sources.find()::apply;
    this.planner = new Planner(ledger, proposals, hearing, sources.standIns(), clock);
    for (var channel : channels) {
      senders.add(new Sender(channel, ledger, proposals, sources.link(), deadline, clock));
      toSend.add(new Semaphore(0));
    }
  }

  /** Begins; {@link #close} ends it. */
  public void start() {
    threads.add(
        loop(
            "notices",
            toPlan,
            () -> {
              planner.round();
              toSend.forEach(Semaphore::release);
            }));
    for (int i = 0; i < senders.size(); i++) {
      threads.add(
          loop("notices by " + senders.get(i).name(), toSend.get(i), senders.get(i)::round));
    }
  }

  /** Something may have changed: look at once. */
  public void wake() {
    toPlan.release();
  }

  /** One look of everybody, one after the other; for tests. */
  void round() {
    planner.round();
    senders.forEach(Sender::round);
  }

  private static Thread loop(String name, Semaphore wake, Runnable round) {
    return Thread.ofVirtual()
        .name(name)
        .start(() -> {
          boolean wasBroken = false;
          while (!Thread.currentThread().isInterrupted()) {
            wasBroken = !isDone(name, round, wasBroken);
            try {
              boolean _ = wake.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
              return;
            }
            wake.drainPermits();
          }
        });
  }

  /** The database may be away for a while. */
  private static boolean isDone(String name, Runnable round, boolean wasBroken) {
    try {
      round.run();
      return true;
    } catch (RuntimeException | Error e) {
      if (!wasBroken) {
        LOG.log(System.Logger.Level.WARNING, name + " will be tried again: " + e.getMessage());
      }
      return false;
    }
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    for (var thread : threads) {
      try {
        thread.join(LOOK);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
