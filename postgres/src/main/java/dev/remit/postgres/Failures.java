package dev.remit.postgres;

import dev.remit.core.value.InvalidValueException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.postgresql.util.PSQLException;

/** Tells the kinds of failure apart by SQLSTATE (PostgreSQL manual, appendix A). */
final class Failures {

  /** Connection, rollback, resources, operator, system, read-only, lock not available. */
  private static final Set<String> AWAY = Set.of("08", "40", "53", "57", "58", "25", "55", "XX");

  private static final String UNFIT_TEXT = "22021";

  private Failures() {}

  /** Whether a statement was refused for this rule of a table. */
  static boolean isAgainst(String rule, RuntimeException refused) {
    return refused.getCause() instanceof PSQLException failure
        && failure.getServerErrorMessage() != null
        && rule.equals(failure.getServerErrorMessage().getConstraint());
  }

  static RuntimeException of(SQLException failure) {
    var state = failure.getSQLState();
    if (state == null
        || failure instanceof SQLTransientConnectionException
        || AWAY.contains(state.substring(0, 2))) {
      return new DatabaseUnavailableException("the database is away; try again later", failure);
    }
    if (state.equals(UNFIT_TEXT)) {
      return new InvalidValueException("text holds a character that cannot be stored; remove it");
    }
    return new IllegalStateException("the database refused a statement (" + state + ")", failure);
  }
}
