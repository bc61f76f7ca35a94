package dev.remit.server;

import dev.remit.core.flow.ConnectionDesk;
import dev.remit.core.release.Release;
import dev.remit.core.release.VersionId;
import dev.remit.core.target.ConnectorId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Does something with each connector of the active version now and then, with each by itself: a
 * connector that hangs holds up no other. What did not go well is done again soon, and a new
 * version begins everything anew.
 */
final class ConnectorRounds implements Runnable {

  private static final Duration INVENTORY = Duration.ofMinutes(5);
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration LOOKS = Duration.ofSeconds(2);

  private final String name;
  private final Supplier<Optional<Release>> active;
  private final Predicate<ConnectorId> work;
  private final Duration every;
  private final Duration firstAfter;
  private final InstantSource clock;
  private final Map<ConnectorId, Instant> due = new ConcurrentHashMap<>();
  private volatile Optional<VersionId> seen = Optional.empty();

  private ConnectorRounds(
      String name,
      Supplier<Optional<Release>> active,
      Predicate<ConnectorId> work,
      Duration every,
      Duration firstAfter,
      InstantSource clock) {
    this.name = name;
    this.active = active;
    this.work = work;
    this.every = every;
    this.firstAfter = firstAfter;
    this.clock = clock;
  }

  /** Reads inventories; {@code work} answers whether it went well. */
  static ConnectorRounds ofInventory(
      Supplier<Optional<Release>> active, Predicate<ConnectorId> work, InstantSource clock) {
    return new ConnectorRounds("inventory", active, work, INVENTORY, Duration.ZERO, clock);
  }

  /**
   * Tries connections: at once when a version comes, so often while they are well, and first a
   * tenth of that after the start.
   */
  static void ofConnections(
      Timers timers,
      ActiveReleases releases,
      ConnectionDesk desk,
      Duration every,
      InstantSource clock) {
    timers.every(
        "connections",
        LOOKS,
        new ConnectorRounds(
            "connection", releases::release, desk::look, every, every.dividedBy(10), clock));
  }

  private Set<ConnectorId> connectors() {
    return active.get().map(Release::connectors).orElse(Map.of()).keySet();
  }

  /** Starts with every connector whose time has come. */
  @Override
  public void run() {
    var version = active.get().map(Release::version);
    var now = clock.instant();
    if (seen.isEmpty()) {
      connectors().forEach(id -> due.put(id, now.plus(firstAfter)));
    } else if (!version.equals(seen)) {
      due.values().removeIf(when -> when.isBefore(Instant.MAX));
    }
    seen = version;
    for (var id : connectors()) {
      if (!now.isBefore(due.getOrDefault(id, Instant.MIN))) {
        // INVARIANT: not due again before this one has ended and said when.
        due.put(id, Instant.MAX);
        Thread.ofVirtual().name(name + "-" + id).start(() -> work(id));
      }
    }
  }

  /** Does all of them once and waits for that, bounded. */
  void first(Duration atMost) {
    seen = active.get().map(Release::version);
    var ids = connectors();
    var left = new CountDownLatch(ids.size());
    for (var id : ids) {
      due.put(id, Instant.MAX);
      Thread.ofVirtual()
          .name(name + "-" + id)
          .start(() -> {
            work(id);
            left.countDown();
          });
    }
    try {
      if (!left.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        System.getLogger("dev.remit.server")
            .log(System.Logger.Level.WARNING, "the first round of `" + name + "` is not over yet");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work(ConnectorId id) {
    boolean isWell = false;
    try {
      isWell = work.test(id);
    } catch (RuntimeException e) {
      System.getLogger("dev.remit.server")
          .log(
              System.Logger.Level.WARNING,
              name + " of `" + id + "` will be done again: " + e.getMessage());
    } finally {
      due.put(id, clock.instant().plus(isWell ? every : SOON));
    }
  }
}
