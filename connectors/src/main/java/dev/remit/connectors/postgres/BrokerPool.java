package dev.remit.connectors.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The broker's few connections to one database.
 *
 * <p>Commits there are asynchronous unless the work asks otherwise: a made role that a crash of the
 * database forgets is no harm, a dropped one that it remembers is. A connection that failed takes
 * all idle ones with it, because a database that went away took them as well.
 */
final class BrokerPool implements AutoCloseable {
  private static final int MOST = 6;
  private static final Duration TRUSTED = Duration.ofSeconds(5);
  private static final String OPTIONS =
      "-c synchronous_commit=off -c createrole_self_grant=inherit -c statement_timeout=5s"
          + " -c lock_timeout=3s -c idle_in_transaction_session_timeout=10s";

  /** Longer than any statement may take; a server that stands still holds nobody longer. */
  private static final Duration PATIENCE = Duration.ofSeconds(7);

  private final PostgresEndpoint endpoint;
  private final Sessions sessions;
  private final InstantSource clock;
  private final Semaphore free = new Semaphore(MOST);
  private final Deque<Idle> idle = new ArrayDeque<>(); // guarded by this
  private boolean isClosed; // guarded by this

  private record Idle(Connection connection, Instant since) {}

  /** Work with a connection in autocommit mode. */
  @FunctionalInterface
  interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  BrokerPool(PostgresEndpoint endpoint, Sessions sessions, InstantSource clock) {
    this.endpoint = endpoint;
    this.sessions = sessions;
    this.clock = clock;
  }

  <T> T with(Work<T> work) throws SQLException {
    acquire();
    try {
      var connection = borrow();
      boolean isSound = false;
      try {
        T result = work.run(connection);
        isSound = true;
        return result;
      } catch (SQLException e) {
        isSound = !SqlStates.isConnectionLost(e);
        throw e;
      } finally {
        giveBack(connection, isSound);
      }
    } finally {
      free.release();
    }
  }

  private void acquire() throws SQLException {
    try {
      if (!free.tryAcquire(2, TimeUnit.SECONDS)) {
        throw new SQLTransientConnectionException("the broker's connections are busy", "53300");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLTransientConnectionException("interrupted", "57014", e);
    }
  }

  private Connection borrow() throws SQLException {
    var kept = takeIdle();
    if (kept != null) {
      return kept;
    }
    return sessions.open(endpoint.brokerUser(), endpoint.brokerPassword().get(), OPTIONS, PATIENCE);
  }

  private @org.jspecify.annotations.Nullable Connection takeIdle() throws SQLException {
    while (true) {
      Idle kept;
      synchronized (this) {
        kept = idle.pollLast();
      }
      if (kept == null) {
        return null;
      }
      boolean isFresh = clock.instant().isBefore(kept.since().plus(TRUSTED));
      if (isFresh || kept.connection().isValid(1)) {
        return kept.connection();
      }
      quietly(kept.connection());
    }
  }

  private void giveBack(Connection connection, boolean isSound) {
    Deque<Idle> dead = new ArrayDeque<>();
    synchronized (this) {
      if (isSound && !isClosed && reset(connection)) {
        idle.addLast(new Idle(connection, clock.instant()));
        return;
      }
      dead.addAll(idle);
      idle.clear();
    }
    quietly(connection);
    dead.forEach(kept -> quietly(kept.connection()));
  }

  private static boolean reset(Connection connection) {
    try {
      if (!connection.getAutoCommit()) {
        connection.rollback();
        connection.setAutoCommit(true);
      }
      return !connection.isClosed();
    } catch (SQLException e) {
      return false;
    }
  }

  private static void quietly(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // It is gone either way.
    }
  }

  @Override
  public void close() {
    Deque<Idle> all;
    synchronized (this) {
      isClosed = true;
      all = new ArrayDeque<>(idle);
      idle.clear();
    }
    all.forEach(kept -> quietly(kept.connection()));
  }
}
