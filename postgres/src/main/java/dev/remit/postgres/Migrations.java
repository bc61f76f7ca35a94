package dev.remit.postgres;

import dev.remit.core.call.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * The schema's versions, run by Flyway as {@code remit_owner}.
 *
 * <p>A digest of all files is stored after a run; when it matches, Flyway is not started at all,
 * which keeps a warm start short.
 */
final class Migrations {

  private static final String FOLDER = "/dev/remit/postgres/migration/";
  static final List<String> FILES =
      List.of(
          "V1__tables.sql",
          "V2__rights.sql",
          "V3__ledger.sql",
          "V4__stores.sql",
          "V5__inventory_and_log.sql",
          "V6__approvals.sql",
          "V7__sessions.sql",
          "V8__approval_once.sql",
          "V9__plans.sql",
          "V10__oversight.sql",
          "V11__notices.sql",
          "V11_1__fatigue.sql",
          "V11_2__standing.sql",
          "V12__limits.sql",
          "V13__own_calls.sql",
          "V14__log_files.sql",
          "V15__task_tokens.sql",
          "V16__register.sql",
          "V17__delegation.sql",
          "V18__holds.sql",
          "V19__log_batches.sql",
          "V21__sinks.sql",
          "V21_1__custody.sql",
          "V22__epochs.sql",
          "V24__leaf_hashes.sql");

  private Migrations() {}

  /** Whether the database had exactly these migrations. */
  static boolean isCurrent(Connection connection) throws SQLException {
    return Database.rows(
            connection,
            "select digest from remit.schema_mark",
            Params.Binding.NONE,
            row -> row.text("digest"))
        .contains(digest());
  }

  /** Brings the schema up to date; needs a user that may become the owner. */
  static void run(DatabaseConfig admin) throws SQLException {
    migrate(admin);
    try (var connection = Connect.to(admin)) {
      mark(connection);
    }
  }

  private static void migrate(DatabaseConfig admin) {
    try {
      flyway(admin).migrate();
    } catch (FlywayException e) {
      throw new IllegalStateException(
          "the schema cannot be brought up to date: it is of another version, or was changed by"
              + " hand",
          e);
    }
  }

  private static Flyway flyway(DatabaseConfig admin) {
    return Flyway.configure()
        .dataSource(admin.url(), admin.user(), admin.password())
        .initSql("set role " + DatabaseSetup.OWNER)
        .schemas("remit")
        .createSchemas(false)
        .locations("classpath:" + FOLDER.substring(1))
        .loggers("slf4j")
        .load();
  }

  private static void mark(Connection connection) throws SQLException {
    for (var sql :
        List.of(
            "set role " + DatabaseSetup.OWNER,
            "create table if not exists remit.schema_mark (digest text not null,"
                + " constraint mark_is_stored_once primary key (digest))",
            "grant select on remit.schema_mark to " + DatabaseSetup.SERVE,
            "delete from remit.schema_mark")) {
      Database.rows(connection, sql, Params.Binding.NONE, row -> true);
    }
    Database.rows(
        connection,
        "insert into remit.schema_mark (digest) values (?)",
        params -> params.text(digest()),
        row -> true);
  }

  /** The digest of all files. */
  static String digest() {
    var parts = new java.io.ByteArrayOutputStream();
    for (var file : FILES) {
      try (InputStream in = Migrations.class.getResourceAsStream(FOLDER + file)) {
        if (in == null) {
          throw new IllegalStateException("the migration `" + file + "` is missing");
        }
        in.transferTo(parts);
      } catch (IOException e) {
        throw new IllegalStateException("the migration `" + file + "` cannot be read", e);
      }
    }
    return Sha256.of(parts.toByteArray());
  }
}
