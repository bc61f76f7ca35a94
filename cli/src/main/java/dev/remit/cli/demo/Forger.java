package dev.remit.cli.demo;

import dev.remit.cli.CommandException;
import dev.remit.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * Somebody who has the password of the server's own database and wants an agent to act: writes what
 * the server itself would have written, but has nobody's key.
 */
final class Forger {

  private final Path data;

  Forger(Path data) {
    this.data = data;
  }

  /**
   * Copies the answers of another proposal to this one and declares it granted.
   *
   * @return how many rows were written
   */
  int grant(String proposal, String other) {
    try (var database = connect()) {
      return answers(database, proposal, other) + declare(database, proposal);
    } catch (SQLException e) {
      throw CommandException.broken("the database does not take it: " + e.getSQLState());
    }
  }

  private Connection connect() throws SQLException {
    try {
      var port = Files.readString(data.resolve("postgres/port")).strip();
      var passwords = Json.parseObject(Files.readAllBytes(data.resolve("keys/postgres.json")));
      return DriverManager.getConnection(
          "jdbc:postgresql://127.0.0.1:" + port + "/remit",
          "postgres",
          passwords.text("administrator").orElseThrow());
    } catch (IOException e) {
      throw CommandException.broken("the server's database is not this machine's");
    }
  }

  private static int answers(Connection database, String proposal, String other)
      throws SQLException {
    var sql =
        "insert into remit.answer (tenant, proposal, person, credential, verdict, at, detail)"
            + " select tenant, ?, person, credential, verdict, now(), detail"
            + " from remit.answer where proposal = ?";
    try (var insert = database.prepareStatement(sql)) {
      insert.setString(1, proposal);
      insert.setString(2, other);
      return insert.executeUpdate();
    }
  }

  private static int declare(Connection database, String proposal) throws SQLException {
    var sql =
        "update remit.proposal set state = 'granted', use_by = now() + interval '10 minutes'"
            + " where id = ?";
    try (var update = database.prepareStatement(sql)) {
      update.setString(1, proposal);
      return update.executeUpdate();
    }
  }
}
