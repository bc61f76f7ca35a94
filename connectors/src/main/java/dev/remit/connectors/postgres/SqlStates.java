package dev.remit.connectors.postgres;

import java.sql.SQLException;

/**
 * What an SQLSTATE means to us (PostgreSQL documentation, appendix A). Messages of the database are
 * never passed on: they may quote data.
 */
final class SqlStates {
  private SqlStates() {}

  static String of(SQLException e) {
    return e.getSQLState() == null ? "" : e.getSQLState();
  }

  /** Connection exceptions, and the server's own going away. */
  static boolean isConnectionLost(SQLException e) {
    var state = of(e);
    return state.isEmpty() || state.startsWith("08") || state.startsWith("57P");
  }

  /** The connection could not be made at all. */
  static boolean isNotConnected(SQLException e) {
    return of(e).equals("08001") || of(e).equals("08004") || of(e).equals("57P03");
  }

  static boolean isCancelled(SQLException e) {
    return of(e).equals("57014");
  }

  /** The database said no: authorization, privileges, or data that does not fit. */
  static boolean isRefusal(SQLException e) {
    var state = of(e);
    return state.startsWith("28")
        || state.startsWith("22")
        || state.equals("42501")
        || state.equals("25006");
  }

  static boolean isAbsent(SQLException e) {
    return of(e).equals("42704");
  }

  static boolean hasDependents(SQLException e) {
    return of(e).equals("2BP01");
  }

  /** For evidence: the code only. */
  static String words(SQLException e) {
    return of(e).isEmpty() ? "the database is away" : "the database answered " + of(e);
  }
}
