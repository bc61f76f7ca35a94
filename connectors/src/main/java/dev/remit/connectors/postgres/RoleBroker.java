package dev.remit.connectors.postgres;

import dev.remit.connectors.common.Settings;
import dev.remit.core.execution.Connector.VendorException;
import dev.remit.core.lease.Broker;
import dev.remit.core.lease.Credential;
import dev.remit.core.lease.Lease;
import dev.remit.core.value.InvalidValueException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Login roles in a PostgreSQL database (16 or newer).
 *
 * <p>A role is made by one transaction that fails when the name exists, so nothing is adopted and
 * nothing half-made stays. Revoking first forbids logging in and commits that, then ends open
 * sessions, then drops, then looks for the role and for sessions under its number: a role that is
 * only {@code VALID UNTIL} keeps its open connection. The broker is told the lease's end as {@code
 * VALID UNTIL} for the case that nobody comes back.
 */
final class RoleBroker implements Broker {
  private static final Pattern ROLE = Pattern.compile("[a-z][a-z0-9_]{0,62}");
  private static final int LOOKS = 500;
  private final String prefix;
  private final BrokerPool pool;
  private final Sessions sessions;
  private final CollectionQuery collections;
  private final String statementTimeout;
  private final SecureRandom random;
  private final InstantSource clock;

  RoleBroker(
      String prefix,
      Settings settings,
      BrokerPool pool,
      Sessions sessions,
      CollectionQuery collections,
      SecureRandom random,
      InstantSource clock) {
    if (!ROLE.matcher(prefix).matches()) {
      throw new InvalidValueException("the prefix of principals is lower-case letters and `_`");
    }
    this.prefix = prefix;
    this.pool = pool;
    this.sessions = sessions;
    this.collections = collections;
    this.statementTimeout =
        settings.duration("statement-timeout", java.time.Duration.ofSeconds(10)).toMillis() + "ms";
    this.random = random;
    this.clock = clock;
  }

  @Override
  public Revocation revocation() {
    return Revocation.IMMEDIATE;
  }

  @Override
  public Issued issue(Lease lease) {
    if (!isOurs(lease.principal())) {
      return new NotMade("the principal's name is not one of this installation");
    }
    if (!clock.instant().isBefore(lease.end())) {
      return new NotMade("the lease is over");
    }
    var grants = Grants.of(lease.scope());
    if (grants.isEmpty()) {
      return new NotMade("the lease names nothing that may be read; none is not all");
    }
    var progress = new Progress();
    try {
      var verifier = Verifier.random(random);
      var collection = pool.with(broker -> make(broker, lease, grants, verifier, progress));
      return new Made(
          new RoleCredential(lease.principal(), verifier.password(), collection, sessions));
    } catch (InvalidValueException e) {
      return new NotMade("the scope cannot be granted: " + e.getMessage());
    } catch (SQLException e) {
      return progress.isCommitting && SqlStates.isConnectionLost(e)
          ? new Uncertain(SqlStates.words(e))
          : new NotMade(SqlStates.words(e));
    }
  }

  /** Whether the commit was on its way when something broke. */
  private static final class Progress {
    private boolean isCommitting;
  }

  private boolean isOurs(String principal) {
    return ROLE.matcher(principal).matches() && principal.startsWith(prefix);
  }

  private Optional<String> make(
      Connection broker, Lease lease, Grants grants, Verifier verifier, Progress progress)
      throws SQLException {
    var collection =
        grants.namesCollection()
            ? Optional.of(collections.only(broker, lease.scope().text("owner").orElse("")))
            : Optional.<String>empty();
    var statements = new ArrayList<String>(List.of("BEGIN"));
    statements.addAll(making(lease, grants, verifier, collection));
    statements.add("COMMIT");
    progress.isCommitting = true;
    inOneTrip(broker, statements);
    return collection;
  }

  private List<String> making(
      Lease lease, Grants grants, Verifier verifier, Optional<String> collection) {
    var role = lease.principal();
    var statements = new ArrayList<String>();
    if (!grants.tables().isEmpty()) {
      // Two grants on one table at a time would meet in its row of the catalog, and one would fail.
      statements.add("SELECT pg_advisory_xact_lock(7236832140)");
    }
    statements.add(
        "CREATE ROLE \"%s\" LOGIN CONNECTION LIMIT 1 PASSWORD '%s' VALID UNTIL '%s'"
            .formatted(role, verifier.text(), lease.end()));
    statements.add(
        "ALTER ROLE \"%s\" SET statement_timeout = '%s'".formatted(role, statementTimeout));
    statements.addAll(grants.statements(role, collection));
    return statements;
  }

  private static void inOneTrip(Connection broker, List<String> statements) throws SQLException {
    try {
      run(broker, String.join("; ", statements));
    } catch (SQLException e) {
      backOut(broker, e);
      throw e;
    }
  }

  private static void backOut(Connection broker, SQLException e) throws SQLException {
    if (!SqlStates.isConnectionLost(e)) {
      run(broker, "ROLLBACK");
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public Ended revoke(Lease lease, Optional<Credential> credential) {
    credential
        .filter(RoleCredential.class::isInstance)
        .map(RoleCredential.class::cast)
        .ifPresent(RoleCredential::end);
    return remove(lease.principal());
  }

  @Override
  public Ended remove(String principal) {
    if (!isOurs(principal)) {
      return new Lingering("not a principal of this installation");
    }
    try {
      return pool.with(broker -> end(broker, principal));
    } catch (SQLException e) {
      return new Lingering(SqlStates.words(e));
    }
  }

  /**
   * INVARIANT: logging in is forbidden and that is committed before sessions are ended, so none
   * comes after the cut; the role stays until they are gone, so that a later try still finds them.
   */
  private static Ended end(Connection broker, String role) throws SQLException {
    long number;
    try {
      var forbidden = cut(broker, role);
      number = forbidden.role();
      if (forbidden.sessions() > 0 && !isCut(broker, number)) {
        return new Lingering("a session of the role goes on; it can log in no more");
      }
    } catch (SQLException e) {
      backOut(broker, e);
      if (SqlStates.isAbsent(e)) {
        return new Gone("not in pg_roles");
      }
      throw e;
    }
    return drop(broker, role, number);
  }

  /** The role's number, and how many of its sessions were told to end. */
  private record Sessionless(long role, long sessions) {}

  private static Sessionless cut(Connection broker, String role) throws SQLException {
    var sql =
        """
        BEGIN; ALTER ROLE "%1$s" NOLOGIN; COMMIT;
        select r.oid::bigint, count(pg_terminate_backend(a.pid))
        from pg_roles r left join pg_stat_activity a on a.usesysid = r.oid
        where r.rolname = '%1$s' group by r.oid
        """
            .formatted(role);
    try (var statement = broker.createStatement()) {
      return last(statement, sql, rows -> new Sessionless(rows.getLong(1), rows.getLong(2)), role);
    }
  }

  private static boolean isCut(Connection broker, long number) throws SQLException {
    var sql =
        "select count(pg_terminate_backend(pid)) from pg_stat_activity"
            + " where usesysid = ?::bigint::oid";
    try (var query = broker.prepareStatement(sql)) {
      query.setLong(1, number);
      for (int look = 0; look < LOOKS; look++) {
        try (var rows = query.executeQuery()) {
          rows.next();
          if (rows.getLong(1) == 0) {
            return true;
          }
        }
        run(broker, "select pg_sleep(0.001)");
      }
      return false;
    }
  }

  private static Ended drop(Connection broker, String role, long number) throws SQLException {
    var durable = "SET LOCAL synchronous_commit = on";
    var drop = "DROP ROLE \"" + role + "\"";
    try {
      return dropAndLook(broker, List.of(durable, drop), role, number);
    } catch (SQLException e) {
      backOut(broker, e);
      if (SqlStates.isAbsent(e)) {
        return look(broker, role, number);
      }
      if (!SqlStates.hasDependents(e)) {
        throw e;
      }
    }
    var lock = "SELECT pg_advisory_xact_lock(7236832140)";
    var owned = "DROP OWNED BY \"" + role + "\"";
    try {
      return dropAndLook(broker, List.of(durable, lock, owned, drop), role, number);
    } catch (SQLException e) {
      backOut(broker, e);
      throw e;
    }
  }

  private static Ended dropAndLook(
      Connection broker, List<String> dropping, String role, long number) throws SQLException {
    var sql = "BEGIN; " + String.join("; ", dropping) + "; COMMIT; " + looking(role, number);
    try (var statement = broker.createStatement()) {
      return last(statement, sql, RoleBroker::seen, role);
    }
  }

  private static Ended look(Connection broker, String role, long number) throws SQLException {
    try (var statement = broker.createStatement()) {
      return last(statement, looking(role, number), RoleBroker::seen, role);
    }
  }

  private static String looking(String role, long number) {
    return """
    select exists (select from pg_roles where rolname = '%s'),
           exists (select from pg_stat_activity where usesysid = %d::bigint::oid)
    """
        .formatted(role, number);
  }

  private static Ended seen(ResultSet rows) throws SQLException {
    if (rows.getBoolean(1)) {
      return new Lingering("the role is still there");
    }
    return rows.getBoolean(2)
        ? new Lingering("the role is dropped and a session of it goes on")
        : new Gone("not in pg_roles, no session in pg_stat_activity");
  }

  @FunctionalInterface
  private interface Reading<T> {
    T of(ResultSet rows) throws SQLException;
  }

  /** Several statements in one trip; the one row of the last. */
  private static <T> T last(Statement statement, String sql, Reading<T> reading, String role)
      throws SQLException {
    boolean isRows = statement.execute(sql);
    ResultSet rows = isRows ? statement.getResultSet() : null;
    while (statement.getMoreResults(Statement.KEEP_CURRENT_RESULT)
        || statement.getUpdateCount() != -1) {
      rows = statement.getResultSet() == null ? rows : statement.getResultSet();
    }
    if (rows == null || !rows.next()) {
      throw new SQLException("role `" + role + "` is gone", "42704");
    }
    return reading.of(rows);
  }

  @Override
  public Set<String> present() {
    try {
      return pool.with(this::ours);
    } catch (SQLException e) {
      throw new VendorException(SqlStates.words(e));
    }
  }

  private Set<String> ours(Connection broker) throws SQLException {
    var sql = "select rolname from pg_roles where starts_with(rolname::text, ?::text)";
    try (var query = broker.prepareStatement(sql)) {
      query.setString(1, prefix);
      try (var rows = query.executeQuery()) {
        var names = new TreeSet<String>();
        while (rows.next()) {
          names.add(rows.getString(1));
        }
        return names;
      }
    }
  }
}
