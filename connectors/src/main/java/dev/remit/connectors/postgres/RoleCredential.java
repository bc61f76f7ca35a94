package dev.remit.connectors.postgres;

import dev.remit.core.lease.Credential;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A leased login role with its password and its one connection.
 *
 * <p>The role may hold one connection, so work under the same lease waits for its turn. The
 * connection is opened when it is first needed and closed when the lease ends.
 */
final class RoleCredential implements Credential {
  /** For readings of the inventory; a call shortens it to its own time. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String principal;
  private final String password;
  private final Optional<String> collection;
  private final Sessions sessions;
  private final ReentrantLock turn = new ReentrantLock();
  private @org.jspecify.annotations.Nullable Connection connection; // guarded by turn
  private volatile boolean isEnded;

  RoleCredential(
      String principal, String password, Optional<String> collection, Sessions sessions) {
    this.principal = principal;
    this.password = password;
    this.collection = collection;
    this.sessions = sessions;
  }

  @Override
  public String principal() {
    return principal;
  }

  @Override
  public List<String> secrets() {
    return List.of(password);
  }

  String password() {
    return password;
  }

  /** The one collection that this role may read; none for the inventory. */
  Optional<String> collection() {
    return collection;
  }

  /** Does the work as the leased role. */
  <T> T with(BrokerPool.Work<T> work) throws SQLException {
    turn.lock();
    try {
      return work.run(live());
    } catch (SQLException e) {
      if (SqlStates.isConnectionLost(e)) {
        drop();
      }
      throw e;
    } finally {
      turn.unlock();
    }
  }

  private Connection live() throws SQLException {
    if (isEnded) {
      throw new SQLException("the lease has ended", "28000");
    }
    var kept = connection;
    if (kept == null || kept.isClosed()) {
      kept = sessions.open(principal, password, "-c default_transaction_read_only=on", PATIENCE);
      kept.setAutoCommit(false);
      connection = kept;
    }
    return kept;
  }

  /** Takes no turn: revocation must not wait for a running query. */
  void end() {
    isEnded = true;
    if (turn.tryLock()) {
      try {
        drop();
      } finally {
        turn.unlock();
      }
    }
  }

  private void drop() {
    var kept = connection;
    connection = null;
    if (kept != null) {
      try {
        kept.close();
      } catch (SQLException e) {
        // It is gone either way.
      }
    }
  }

  @Override
  public String toString() {
    return "RoleCredential[" + principal + "]";
  }
}
