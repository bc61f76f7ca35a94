package dev.remit.postgres;

import dev.remit.postgres.embedded.EmbeddedDatabase;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** One real PostgreSQL for all tests of this JVM; a database of its own for each test class. */
final class TestDatabase {

  static final Path BINARIES = Path.of("target/embedded-binaries");

  /** Another folder when a migration was edited: an applied one never changes. */
  static final Path DATA =
      Path.of("target", "test-data", Migrations.digest().substring("sha256:".length()));

  private static final AtomicInteger COUNT = new AtomicInteger();

  private TestDatabase() {}

  private static final class Holder {
    static final EmbeddedDatabase SHARED = start();

    private static EmbeddedDatabase start() {
      var database = EmbeddedDatabase.start(DATA, BINARIES, new SecureRandom(), Map.of());
      Runtime.getRuntime().addShutdownHook(new Thread(database::close));
      return database;
    }
  }

  static DatabaseConfig admin() {
    return Holder.SHARED.administration();
  }

  /** A migrated database without a row. */
  static Fresh fresh() {
    var name = "t" + COUNT.incrementAndGet();
    run(admin(), "drop database if exists " + name);
    run(admin(), "create database " + name + " template remit owner remit_owner");
    run(admin(), "revoke all on database " + name + " from public");
    run(admin(), "grant connect on database " + name + " to remit_serve");
    return new Fresh(Holder.SHARED.serving().database(name), admin().database(name));
  }

  /** What a backup of this database would bring back; nobody may be connected to it. */
  static Fresh copy(Fresh of) {
    var name = "t" + COUNT.incrementAndGet();
    var source = of.serving().url().substring(of.serving().url().lastIndexOf('/') + 1);
    run(
        admin(),
        "drop database if exists " + name,
        "select pg_terminate_backend(pid, 30000) from pg_stat_activity where datname = '"
            + source
            + "'",
        "create database " + name + " template " + source + " owner remit_owner");
    run(admin(), "revoke all on database " + name + " from public");
    run(admin(), "grant connect on database " + name + " to remit_serve");
    return new Fresh(Holder.SHARED.serving().database(name), admin().database(name));
  }

  static void run(DatabaseConfig config, String... statements) {
    try (var connection = Connect.to(config);
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static long count(DatabaseConfig config, String query) {
    try (var connection = Connect.to(config);
        var statement = connection.createStatement();
        var result = statement.executeQuery(query)) {
      result.next();
      return result.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same database as two roles. */
  record Fresh(DatabaseConfig serving, DatabaseConfig admin) {}
}
