package dev.remit.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.remit.core.tenant.TenantId;
import dev.remit.postgres.Params.Binding;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The serving role's pool of connections, and the three ways in which stores use it.
 *
 * <p>Promises: every method ends within about {@value #STATEMENT_MILLIS} ms for a statement and
 * {@value #CONNECT_MILLIS} ms for a connection; it throws {@link DatabaseUnavailableException} when
 * the database is away, and no message holds SQL, data or secrets. Making one does not connect.
 */
public final class Database implements AutoCloseable {

  static final long CONNECT_MILLIS = 2_000;
  static final int STATEMENT_MILLIS = 4_000;

  private final HikariDataSource pool;

  /** A pool of at most {@code connections}. */
  public Database(DatabaseConfig config, int connections) {
    pool = new HikariDataSource(settings(config, connections));
  }

  private static HikariConfig settings(DatabaseConfig config, int connections) {
    var settings = new HikariConfig();
    settings.setPoolName("remit");
    settings.setJdbcUrl(config.url());
    settings.setUsername(config.user());
    settings.setPassword(config.password());
    settings.setMaximumPoolSize(connections);
    settings.setMinimumIdle(Math.min(2, connections));
    settings.setConnectionTimeout(CONNECT_MILLIS);
    settings.setValidationTimeout(CONNECT_MILLIS / 2);
    settings.setInitializationFailTimeout(-1);
    properties().forEach(settings::addDataSourceProperty);
    return settings;
  }

  private static java.util.Map<String, String> properties() {
    return java.util.Map.of(
        "ApplicationName", "remit",
        "prepareThreshold", "1",
        "connectTimeout", "2",
        "loginTimeout", "2",
        "socketTimeout", String.valueOf(STATEMENT_MILLIS / 1_000 + 2),
        "tcpKeepAlive", "true",
        "logServerErrorDetail", "false",
        "options",
            "-c statement_timeout="
                + STATEMENT_MILLIS
                + " -c idle_in_transaction_session_timeout="
                + 2 * STATEMENT_MILLIS);
  }

  /** One statement, one round trip, its own transaction. */
  <T> List<T> rows(String sql, Binding binding, Row.Reader<T> reader) {
    try (var connection = pool.getConnection()) {
      return rows(connection, sql, binding, reader);
    } catch (SQLException e) {
      throw Failures.of(e);
    }
  }

  /** As {@link #rows}, for a statement that answers with exactly one row. */
  <T> T row(String sql, Binding binding, Row.Reader<T> reader) {
    return rows(sql, binding, reader).getFirst();
  }

  /** As {@link #rows}, for the eyes of one tenant: row security is told in the same round trip. */
  <T> List<T> rowsOf(TenantId tenant, String sql, Binding binding, Row.Reader<T> reader) {
    // The driver sends both statements before one Sync, so they are one transaction (PostgreSQL
    // manual, "Extended Query": pipelining).
    var both = "select set_config('remit.tenant', ?, true); " + sql;
    try (var connection = pool.getConnection();
        var statement = connection.prepareStatement(both)) {
      binding.bind(new Params(statement).text(tenant.value()));
      statement.execute();
      if (!statement.getMoreResults()) {
        return List.of();
      }
      try (var result = statement.getResultSet()) {
        return read(result, reader);
      }
    } catch (SQLException e) {
      throw Failures.of(e);
    }
  }

  /** Several statements in one transaction. */
  <T> T transaction(Work<T> work) {
    try (var connection = pool.getConnection()) {
      return transaction(connection, work);
    } catch (SQLException e) {
      throw Failures.of(e);
    }
  }

  static <T> T transaction(Connection connection, Work<T> work) throws SQLException {
    connection.setAutoCommit(false);
    try {
      T answer = work.in(connection);
      connection.commit();
      connection.setAutoCommit(true);
      return answer;
    } catch (SQLException | RuntimeException e) {
      rollback(connection, e);
      throw e;
    }
  }

  private static void rollback(Connection connection, Exception cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  static <T> List<T> rows(Connection connection, String sql, Binding binding, Row.Reader<T> reader)
      throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      binding.bind(new Params(statement));
      return rows(statement, reader);
    }
  }

  private static <T> List<T> rows(PreparedStatement statement, Row.Reader<T> reader)
      throws SQLException {
    if (!statement.execute()) {
      return List.of();
    }
    try (var result = statement.getResultSet()) {
      return read(result, reader);
    }
  }

  private static <T> List<T> read(ResultSet result, Row.Reader<T> reader) throws SQLException {
    var rows = new ArrayList<T>();
    var row = new Row(result);
    while (result.next()) {
      rows.add(reader.read(row));
    }
    return List.copyOf(rows);
  }

  /** A connection that its holder keeps and closes. */
  Connection hold() {
    try {
      return pool.getConnection();
    } catch (SQLException e) {
      throw Failures.of(e);
    }
  }

  /** Closes a held connection for good instead of giving it back. */
  void discard(Connection connection) {
    pool.evictConnection(connection);
  }

  /** Whether a statement gets an answer just now; for readiness. */
  public boolean isReachable() {
    try {
      return row("select true as answer", Binding.NONE, row -> row.claim("answer"));
    } catch (DatabaseUnavailableException e) {
      return false;
    }
  }

  static <T> Optional<T> first(List<T> rows) {
    return rows.stream().findFirst();
  }

  @Override
  public void close() {
    pool.close();
  }

  /** What is done in a transaction. */
  @FunctionalInterface
  interface Work<T> {
    T in(Connection connection) throws SQLException;
  }
}
