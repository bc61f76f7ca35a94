package dev.remit.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/**
 * Makes roles, database and schema, and migrates; what an administrator would do by hand.
 *
 * <p>{@value #OWNER} owns everything and cannot log in; {@value #EVIDENCE} may add evidence and
 * read it; {@value #SERVE} serves and is a member of it. Doing it again changes nothing; the
 * serving role's password is set only when the role is made.
 */
public final class DatabaseSetup {

  public static final String OWNER = "remit_owner";
  public static final String EVIDENCE = "remit_evidence";
  public static final String SERVE = "remit_serve";

  private static final String ROLE = "select from pg_roles where rolname = ?";

  private final DatabaseConfig admin;
  private final DatabaseConfig serving;

  /**
   * A set-up.
   *
   * @param admin an administrator of the server (a superuser, or one who may make roles and
   *     databases), connected to a database that exists, such as {@code postgres}
   * @param serving what is to be served from; its user is {@value #SERVE}
   */
  public DatabaseSetup(DatabaseConfig admin, DatabaseConfig serving) {
    if (!serving.user().equals(SERVE)) {
      throw new IllegalStateException("the serving role is " + SERVE);
    }
    this.admin = admin;
    this.serving = serving;
  }

  /**
   * Makes what is missing.
   *
   * @throws DatabaseUnavailableException when the server is away
   */
  public void prepare() {
    var database = databaseName();
    try {
      try (var connection = Connect.to(admin)) {
        roles(connection);
        database(connection, database);
      }
      try (var connection = Connect.to(admin.database(database))) {
        if (isReady(connection)) {
          return;
        }
        run(connection, "create schema if not exists remit authorization " + OWNER);
      }
      Migrations.run(admin.database(database));
    } catch (SQLException e) {
      throw Failures.of(e);
    }
  }

  private String databaseName() {
    var url = serving.url();
    int query = url.indexOf('?');
    var name = url.substring(url.lastIndexOf('/', query < 0 ? url.length() : query) + 1);
    name = name.contains("?") ? name.substring(0, name.indexOf('?')) : name;
    if (!name.matches("[a-z][a-z0-9_]{0,62}")) {
      throw new IllegalStateException("a database is named in lower case after the host");
    }
    return name;
  }

  private void roles(Connection connection) throws SQLException {
    if (!exists(connection, ROLE, OWNER)) {
      run(connection, "create role " + OWNER + " nologin");
      run(connection, "grant " + OWNER + " to current_user");
    }
    if (!exists(connection, ROLE, EVIDENCE)) {
      run(connection, "create role " + EVIDENCE + " nologin");
    }
    if (!exists(connection, ROLE, SERVE)) {
      Database.transaction(connection, this::servingRole);
    }
  }

  private boolean servingRole(Connection connection) throws SQLException {
    run(connection, "create role " + SERVE + " login in role " + EVIDENCE);
    // The driver sends the verifier, so the password is in no statement.
    connection
        .unwrap(PGConnection.class)
        .alterUserPassword(SERVE, serving.password().toCharArray(), "scram-sha-256");
    return true;
  }

  private static void database(Connection connection, String name) throws SQLException {
    if (!exists(connection, "select from pg_database where datname = ?", name)) {
      run(connection, "create database " + name + " owner " + OWNER + " encoding 'UTF8'");
    }
    run(connection, "revoke all on database " + name + " from public");
    run(connection, "grant connect on database " + name + " to " + SERVE);
  }

  private static boolean isReady(Connection connection) throws SQLException {
    return !Database.rows(
                connection,
                "select 1 as one where to_regclass('remit.schema_mark') is not null",
                Params.Binding.NONE,
                row -> row.number("one"))
            .isEmpty()
        && Migrations.isCurrent(connection);
  }

  private static boolean exists(Connection connection, String query, String name)
      throws SQLException {
    return !Database.rows(connection, query, params -> params.text(name), row -> true).isEmpty();
  }

  private static void run(Connection connection, String sql) throws SQLException {
    Database.rows(connection, sql, Params.Binding.NONE, row -> true);
  }
}
