package dev.remit.connectors.postgres;

import dev.remit.connectors.common.Settings;
import dev.remit.core.execution.Connector.VendorException;
import dev.remit.core.lease.Broker;
import dev.remit.core.lease.Credential;
import dev.remit.core.lease.Lease;
import dev.remit.core.value.InvalidValueException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
    broker.setAutoCommit(false);
    run(broker, String.join("; ", making(lease, grants, verifier, collection)));
    progress.isCommitting = true;
    broker.commit();
    broker.setAutoCommit(true);
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
    var number = number(broker, role);
    if (number.isEmpty()) {
      return new Gone("not in pg_roles");
    }
    try {
      run(broker, "ALTER ROLE \"" + role + "\" NOLOGIN");
      if (!cut(broker, number.getAsLong())) {
        return new Lingering("a session of the role goes on; it can log in no more");
      }
      drop(broker, role);
    } catch (SQLException e) {
      if (!SqlStates.isAbsent(e)) {
        throw e;
      }
    }
    return look(broker, role, number.getAsLong());
  }

  private static boolean cut(Connection broker, long number) throws SQLException {
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

  private static void drop(Connection broker, String role) throws SQLException {
    var durable = "SET LOCAL synchronous_commit = on";
    var drop = "DROP ROLE \"" + role + "\"";
    try {
      run(broker, String.join("; ", "BEGIN", durable, drop, "COMMIT"));
    } catch (SQLException e) {
      run(broker, "ROLLBACK");
      if (!SqlStates.hasDependents(e)) {
        throw e;
      }
      var lock = "SELECT pg_advisory_xact_lock(7236832140)";
      var owned = "DROP OWNED BY \"" + role + "\"";
      try {
        run(broker, String.join("; ", "BEGIN", durable, lock, owned, drop, "COMMIT"));
      } catch (SQLException again) {
        run(broker, "ROLLBACK");
        throw again;
      }
    }
  }

  private static OptionalLong number(Connection broker, String role) throws SQLException {
    try (var query = broker.prepareStatement("select oid from pg_roles where rolname = ?")) {
      query.setString(1, role);
      try (var rows = query.executeQuery()) {
        return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
      }
    }
  }

  private static Ended look(Connection broker, String role, long number) throws SQLException {
    var sql =
        """
        select exists (select from pg_roles where rolname = ?),
               exists (select from pg_stat_activity where usesysid = ?::bigint::oid)
        """;
    try (var query = broker.prepareStatement(sql)) {
      query.setString(1, role);
      query.setLong(2, number);
      try (var rows = query.executeQuery()) {
        rows.next();
        if (rows.getBoolean(1)) {
          return new Lingering("the role is still there");
        }
        return rows.getBoolean(2)
            ? new Lingering("the role is dropped and a session of it goes on")
            : new Gone("not in pg_roles, no session in pg_stat_activity");
      }
    }
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
