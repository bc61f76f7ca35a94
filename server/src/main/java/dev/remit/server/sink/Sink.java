package dev.remit.server.sink;

import dev.remit.core.evidence.SinkCursors;
import dev.remit.core.evidence.SinkCursors.Work;
import dev.remit.core.tenant.TenantId;
import dev.remit.evidence.OcsfStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends what one sink has to tell, one batch after the other. Owned by one thread.
 *
 * <p>The cursor of a tenant moves only after its batch was acknowledged, so a crash at any moment
 * repeats and never skips. After a failure that tenant rests for a growing pause; after two in a
 * row the whole sink does. A delivery that outlives its deadline is interrupted, and nothing is
 * sent by this sink while it still runs: two at once could arrive out of order.
 */
final class Sink {

  private static final System.Logger LOG = System.getLogger(Sink.class.getName());
  private static final int BATCH = 200;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
  private static final int FAILURES_IN_A_ROW = 2;

  private final SinkSettings settings;
  private final SinkCursors cursors;
  private final OcsfStream log;
  private final Duration deadline;
  private final InstantSource clock;
  private final Map<TenantId, Rest> resting = new HashMap<>();
  private Thread delivery = Thread.ofVirtual().unstarted(() -> {});
  private int failures;
  private Instant restsUntil = Instant.MIN;
  private volatile SinkState state;

  private record Rest(int failures, Instant until) {}

  Sink(
      SinkSettings settings,
      SinkCursors cursors,
      OcsfStream log,
      Duration deadline,
      InstantSource clock) {
    this.settings = settings;
    this.cursors = cursors;
    this.log = log;
    this.deadline = deadline;
    this.clock = clock;
    this.state = SinkState.begun(settings.name());
  }

  String name() {
    return settings.name();
  }

  SinkState state() {
    return state;
  }

  /** Sends all that is due, or as far as the receiver takes it. */
  void round() {
    while (!Thread.currentThread().isInterrupted() && pass()) {
      Thread.onSpinWait();
    }
  }

  /** One batch of each tenant; whether it is worth going on at once. */
  private boolean pass() {
    if (clock.instant().isBefore(restsUntil) || delivery.isAlive() || !cursors.isOurTurn()) {
      return false;
    }
    boolean hasSent = false;
    int inARow = 0;
    for (var work : cursors.work(settings.name(), settings.tenants())) {
      if (Thread.currentThread().isInterrupted() || !cursors.isOurTurn()) {
        return false;
      }
      if (isResting(work.tenant())) {
        continue;
      }
      boolean isSent = send(work);
      hasSent |= isSent;
      inARow = isSent ? 0 : inARow + 1;
      if (inARow == FAILURES_IN_A_ROW || delivery.isAlive()) {
        failures++;
        restsUntil = clock.instant().plus(pause(failures));
        return false;
      }
    }
    failures = hasSent ? 0 : failures;
    return hasSent;
  }

  private boolean isResting(TenantId tenant) {
    var rest = resting.get(tenant);
    return rest != null && clock.instant().isBefore(rest.until());
  }

  private boolean send(Work work) {
    var events = log.page(work.tenant(), work.next(), BATCH);
    if (events.isEmpty() || events.getFirst().index() != work.next()) {
      return failed(work.tenant(), "the log could not be read at index " + work.next());
    }
    var batch = new Batch(work.tenant(), log.origin(work.tenant()), events);
    var failure = delivered(batch);
    if (!failure.isEmpty()) {
      return failed(work.tenant(), failure);
    }
    // False: another replica has moved it; what was sent was sent twice, and order is kept there.
    boolean isMoved =
        cursors.advance(
            settings.name(), work.tenant(), batch.first(), batch.next(), clock.instant());
    resting.remove(work.tenant());
    state = state.sent(isMoved ? events.size() : 0, resting.isEmpty());
    return isMoved;
  }

  private boolean failed(TenantId tenant, String why) {
    int before = resting.containsKey(tenant) ? resting.get(tenant).failures() : 0;
    resting.put(tenant, new Rest(before + 1, clock.instant().plus(pause(before + 1))));
    if (state.failure().isEmpty()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "sink `{0}` does not take events just now and is tried again: {1}",
          settings.name(),
          why);
    }
    state = state.failed(why);
    return false;
  }

  /** Empty when it was acknowledged, else why not. */
  private String delivered(Batch batch) {
    var told = new CompletableFuture<String>();
    delivery =
        Thread.ofVirtual().name("sink " + settings.name()).start(() -> told.complete(tried(batch)));
    try {
      String failure = told.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
      delivery.join();
      return failure;
    } catch (TimeoutException | ExecutionException e) {
      stop();
      return "no acknowledgement within " + deadline.toSeconds() + " s";
    } catch (InterruptedException e) {
      stop();
      Thread.currentThread().interrupt();
      return "the server stops";
    }
  }

  private String tried(Batch batch) {
    try {
      settings.receiver().deliver(batch);
      return "";
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    } catch (InterruptedException e) {
      return "interrupted";
    } catch (RuntimeException | Error e) {
      return e.getClass().getSimpleName();
    }
  }

  private void stop() {
    delivery.interrupt();
    try {
      delivery.join(Duration.ofSeconds(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Duration pause(int failures) {
    var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, 10));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }

  /** What is due, for figures. */
  List<Work> due() {
    return cursors.work(settings.name(), settings.tenants());
  }
}
