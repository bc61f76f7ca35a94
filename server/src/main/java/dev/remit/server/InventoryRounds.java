package dev.remit.server;

import dev.remit.core.target.ConnectorId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Reads the inventory of each connector of the active version now and then, each by itself: a
 * connector that hangs holds up no other. One that could not be read is tried again soon.
 */
final class InventoryRounds implements Runnable {

  private static final Duration EVERY = Duration.ofMinutes(5);
  private static final Duration SOON = Duration.ofSeconds(10);

  private final Supplier<Set<ConnectorId>> connectors;
  private final Predicate<ConnectorId> read;
  private final InstantSource clock;
  private final Map<ConnectorId, Instant> due = new ConcurrentHashMap<>();

  InventoryRounds(
      Supplier<Set<ConnectorId>> connectors, Predicate<ConnectorId> read, InstantSource clock) {
    this.connectors = connectors;
    this.read = read;
    this.clock = clock;
  }

  /** Starts a reading of every connector whose time has come. */
  @Override
  public void run() {
    var now = clock.instant();
    for (var id : connectors.get()) {
      if (!now.isBefore(due.getOrDefault(id, Instant.MIN))) {
        // INVARIANT: not due again before this reading has ended and said when.
        due.put(id, Instant.MAX);
        Thread.ofVirtual().name("inventory-" + id).start(() -> read(id));
      }
    }
  }

  /** Reads all of them once and waits for that, bounded. */
  void first(Duration atMost) {
    var ids = connectors.get();
    var left = new CountDownLatch(ids.size());
    for (var id : ids) {
      due.put(id, Instant.MAX);
      Thread.ofVirtual()
          .name("inventory-" + id)
          .start(() -> {
            read(id);
            left.countDown();
          });
    }
    try {
      if (!left.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        System.getLogger("dev.remit.server")
            .log(System.Logger.Level.WARNING, "not every inventory could be read yet");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read(ConnectorId id) {
    boolean isWhole = false;
    try {
      isWhole = read.test(id);
    } catch (RuntimeException e) {
      System.getLogger("dev.remit.server")
          .log(
              System.Logger.Level.WARNING,
              "the inventory of `" + id + "` will be read again: " + e.getMessage());
    } finally {
      due.put(id, clock.instant().plus(isWhole ? EVERY : SOON));
    }
  }
}
