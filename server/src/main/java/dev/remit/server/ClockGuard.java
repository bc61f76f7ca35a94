package dev.remit.server;

import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.Attempt;
import dev.remit.core.evidence.CallLedger;
import dev.remit.core.evidence.Intent;
import dev.remit.core.evidence.Settlement;
import dev.remit.core.identity.Authenticator;
import dev.remit.core.tenant.TenantId;
import dev.remit.postgres.Database;
import dev.remit.postgres.DatabaseClock;
import dev.remit.postgres.DatabaseUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * Keeps a server whose clock is off from working: ends of tokens, leases, tasks and approvals, and
 * the instant until which a request may leave, are all judged by it.
 *
 * <p>Promises: a server whose clock is further than the limit from the database's does not start;
 * one whose clock goes off later believes no caller, admits no effect and is not ready from the
 * next look on, until it is right again. Refusing, stopping, revoking and reading go on.
 */
final class ClockGuard {

  static final Duration PAUSE = Duration.ofSeconds(2);

  private static final System.Logger LOG = System.getLogger("dev.remit.server");

  private final Clock clock;
  private final Duration limit;
  private volatile boolean isRight;

  private ClockGuard(Clock clock, Duration limit) {
    this.clock = clock;
    this.limit = limit;
  }

  /** Of a server that has no database yet: nothing is admitted before {@link #require}. */
  static ClockGuard of(Options options, DataFolder data, Duration limit) {
    return new ClockGuard(
        options.lab().isPresent()
            ? new LabClock(data.root().resolve("clock-offset"))
            : InstantSource::system,
        limit);
  }

  /** The clock that is guarded. */
  InstantSource clock() {
    return clock.source();
  }

  /** Which clock this server goes by. */
  @FunctionalInterface
  private interface Clock {
    InstantSource source();
  }

  /** A clock that tests set wrong: its file holds the seconds that it is ahead. Lab only. */
  private record LabClock(Path file) implements Clock, InstantSource {
    @Override
    public InstantSource source() {
      return this;
    }

    @Override
    public Instant instant() {
      return Instant.now().plusSeconds(ahead());
    }

    private long ahead() {
      try {
        return Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) : 0;
      } catch (IOException | NumberFormatException e) {
        return 0;
      }
    }
  }

  /** Before anything is served; the answer is to be run again and again. */
  Runnable require(Database database) {
    var measured = new DatabaseClock(database, clock(), System::nanoTime);
    var distance = measured.measure();
    if (distance.isBeyond(limit)) {
      throw new StartupException(
          "this machine's clock is "
              + words(distance)
              + " the database's: set it, and start again");
    }
    isRight = true;
    return () -> look(measured);
  }

  /** Looks again; while the database is away nothing is admitted anyway, and nothing changes. */
  private void look(DatabaseClock measured) {
    DatabaseClock.Distance distance;
    try {
      distance = measured.measure();
    } catch (DatabaseUnavailableException e) {
      return;
    }
    boolean isBeyond = distance.isBeyond(limit);
    if (isBeyond && isRight) {
      LOG.log(
          System.Logger.Level.ERROR,
          "nothing is admitted: this machine's clock is " + words(distance) + " the database's");
    } else if (!isBeyond && !isRight) {
      LOG.log(System.Logger.Level.INFO, "this machine's clock is right again");
    }
    isRight = !isBeyond;
  }

  private static String words(DatabaseClock.Distance distance) {
    var apart = distance.ahead().abs().toSeconds() + " s ";
    return apart + (distance.ahead().isNegative() ? "behind" : "ahead of");
  }

  boolean isRight() {
    return isRight;
  }

  /** The same proofs of callers, while the clock that judges them is right. */
  Authenticator over(Authenticator proofs) {
    return (presented, at) ->
        isRight
            ? proofs.authenticate(presented, at)
            : new Authenticator.Unavailable("this machine's clock is off");
  }

  /** The same ledger, which admits nothing while the clock is not right. */
  CallLedger over(CallLedger ledger) {
    return new CallLedger() {
      @Override
      public Admission admit(Intent intent) {
        return isRight ? ledger.admit(intent) : new Refused(ReasonCode.EVIDENCE_UNAVAILABLE);
      }

      @Override
      public Settled settle(Settlement settlement) {
        return ledger.settle(settlement);
      }

      @Override
      public void attempted(Attempt attempt) {
        ledger.attempted(attempt);
      }

      @Override
      public List<Unsettled> unsettled(String replica, Instant ownSent, Instant othersSettled) {
        return ledger.unsettled(replica, ownSent, othersSettled);
      }

      @Override
      public List<Unknown> unknown(Set<TenantId> tenants, int limit) {
        return ledger.unknown(tenants, limit);
      }
    };
  }
}
