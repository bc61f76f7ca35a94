package dev.remit.e2e;

import dev.remit.core.approval.Assertion;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;

/** Somebody with the password of the database's administrator, who writes whatever rows help. */
final class Intruder {

  private static final Duration WAIT = Duration.ofSeconds(5);

  private final Server server;

  Intruder(Server server) {
    this.server = server;
  }

  /** Says that a proposal was granted. */
  void declareGranted(String proposal) {
    run(
        "update remit.proposal set state = 'granted', use_by = now() + interval '10 minutes'"
            + " where id = ?",
        proposal);
  }

  /** Hides from later calls that this approval was used: equal calls are not found any more. */
  void hideUse(String proposal) {
    run("update remit.intent set join_key = 'none' where proposal = ?", proposal);
  }

  /** Copies the answers that another proposal got. */
  void copyAnswers(String from, String to) {
    run(
        "insert into remit.answer (tenant, proposal, person, credential, verdict, at, detail)"
            + " select tenant, ?, person, credential, verdict, now(), detail"
            + " from remit.answer where proposal = ?",
        to,
        from);
  }

  /** Writes an answer as the server would: like one this person gave before, newly signed. */
  void writeAnswer(String proposal, String person, Assertion signed) {
    var before = text("select detail from remit.answer where person = ? limit 1", person);
    var detail =
        Json.parseObject(before)
            .with("clientDataJson", Value.of(signed.clientDataJson()))
            .with("authenticatorData", Value.of(signed.authenticatorData()))
            .with("signature", Value.of(signed.signature()));
    run(
        "insert into remit.answer (tenant, proposal, person, credential, verdict, at, detail)"
            + " select tenant, id, ?, ?, 'grant', now(), ? from remit.proposal where id = ?",
        person,
        signed.credentialId(),
        Json.text(detail),
        proposal);
  }

  /** Makes one person's key another person's, in everything but what only the server can write. */
  void giveKey(String credential, String from, String to) {
    run(
        "update remit.person_key k set tenant = o.tenant, person = o.person,"
            + " organisation = o.organisation, registered_at = o.registered_at,"
            + " active_from = o.active_from"
            + " from remit.person_key o where k.credential_id = ? and k.person = ?"
            + " and o.person = ?",
        credential,
        from,
        to);
  }

  /**
   * Keeps a proposal's row locked until the call that uses it waits for that.
   *
   * @param call begins the call
   * @param meanwhile what happens before the lock is given up
   */
  <T> T withLockOn(String proposal, Supplier<T> call, Runnable meanwhile) {
    try (var database = connect();
        var statement =
            database.prepareStatement("select from remit.proposal where id = ? for update")) {
      database.setAutoCommit(false);
      statement.setString(1, proposal);
      statement.execute();
      var begun = call.get();
      Eventually.holds("the call waits for its proposal", WAIT, this::isAnybodyWaiting);
      meanwhile.run();
      database.rollback();
      return begun;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean isAnybodyWaiting() {
    return text("select (count(*) > 0)::text from pg_locks where not granted and locktype <> ?", "")
        .equals("true");
  }

  private void run(String sql, String... parameters) {
    try (var database = connect();
        var statement = database.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      if (statement.executeUpdate() == 0) {
        throw new AssertionError("no row was written by: " + sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private String text(String sql, String parameter) {
    try (var database = connect();
        var statement = database.prepareStatement(sql)) {
      statement.setString(1, parameter);
      try (var rows = statement.executeQuery()) {
        if (!rows.next()) {
          throw new AssertionError("no row for `" + parameter + "`");
        }
        return rows.getString(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Connection connect() throws SQLException {
    try {
      var port = Files.readString(server.data().resolve("postgres/port")).strip();
      var passwords =
          Json.parseObject(Files.readAllBytes(server.data().resolve("keys/postgres.json")));
      return DriverManager.getConnection(
          "jdbc:postgresql://127.0.0.1:" + port + "/remit",
          "postgres",
          passwords.text("administrator").orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
