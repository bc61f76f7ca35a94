package dev.remit.postgres;

import dev.remit.core.approval.ProposalId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Hears at once that a proposal was asked or ended, or that something was stopped, on whichever
 * replica (PostgreSQL manual, LISTEN).
 *
 * <p>A hint only: what is heard says nothing but a handle, some may be lost, and whoever depends on
 * it looks for itself now and then.
 */
public final class ProposalSignals {

  private static final int QUIET_MILLIS = 5_000;
  private static final String STOPS = "remit_kill";

  private final Database database;
  private final Consumer<ProposalId> heard;
  private final Runnable stopped;

  /**
   * A listener.
   *
   * @param heard told of each proposal, must be quick and not throw
   * @param stopped told that a kill or a hold was ordered, must be quick and not throw
   */
  public ProposalSignals(Database database, Consumer<ProposalId> heard, Runnable stopped) {
    this.database = database;
    this.heard = heard;
    this.stopped = stopped;
  }

  /**
   * Listens on a connection of its own until that breaks or the thread is interrupted; then whoever
   * runs it calls again.
   */
  public void listen() {
    try (var connection = database.hold()) {
      try {
        listen(connection);
      } finally {
        // What was listened to on it would be heard by its next holder.
        database.discard(connection);
      }
    } catch (SQLException e) {
      if (!Thread.currentThread().isInterrupted()) {
        throw Failures.of(e);
      }
    }
  }

  private void hear(PGNotification notification) {
    if (notification.getName().equals(STOPS)) {
      stopped.run();
    } else {
      heard.accept(new ProposalId(notification.getParameter()));
    }
  }

  private void listen(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("listen remit_proposal; listen " + STOPS);
    }
    var wire = connection.unwrap(PGConnection.class);
    while (!Thread.currentThread().isInterrupted()) {
      var notifications = wire.getNotifications(QUIET_MILLIS);
      for (var notification : notifications) {
        hear(notification);
      }
      if (notifications.length == 0 && !connection.isValid(1)) {
        return;
      }
    }
  }
}
