package dev.remit.bench.approvals;

import dev.remit.bench.BenchException;
import dev.remit.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * Open proposals in the store, copies of a real one: people are asked far less, so that only SQL
 * makes so many.
 */
final class ManyProposals {

  private ManyProposals() {}

  /**
   * Copies this open proposal so often, over all tenants, and tells the planner of the database.
   */
  static void copy(Path data, String handle, int count) {
    try (var database = connect(data)) {
      try (var statement = database.createStatement()) {
        // Nobody is told of them and no group is flooded.
        statement.execute("set session_replication_role = replica");
      }
      try (var insert =
          database.prepareStatement(
              "insert into remit.proposal (tenant, id, task, kind, digest, act, asked_of, state,"
                  + " asked_at, answer_by, detail) select (array['harbor-dental',"
                  + " 'northwind-legal', 'summit-freight'])[1 + n % 3], 'many-' || n, 'many-task-'"
                  + " || n, kind, digest || n, act, '{bench}', 'open', asked_at, answer_by + n *"
                  + " interval '1 second', detail from remit.proposal, generate_series(1, ?) as n"
                  + " where id = ?")) {
        insert.setInt(1, count);
        insert.setString(2, handle);
        if (insert.executeUpdate() != count) {
          throw BenchException.broken("the proposal to copy is not there");
        }
      }
      try (var statement = database.createStatement()) {
        statement.execute("analyze remit.proposal");
      }
    } catch (SQLException e) {
      throw BenchException.broken("the server's database does not take it: " + e.getMessage());
    }
  }

  private static Connection connect(Path data) throws SQLException {
    try {
      var port = Files.readString(data.resolve("postgres/port")).strip();
      var passwords = Json.parseObject(Files.readAllBytes(data.resolve("keys/postgres.json")));
      return DriverManager.getConnection(
          "jdbc:postgresql://127.0.0.1:" + port + "/remit",
          "postgres",
          passwords.text("administrator").orElseThrow());
    } catch (IOException e) {
      throw BenchException.broken("the server's database is not this machine's");
    }
  }
}
