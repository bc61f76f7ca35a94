package dev.remit.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Looks whether a database keeps what the ledger promises: durable commits, evidence that the
 * serving role can only add to, and tenants apart.
 *
 * <p>It asks as the serving role and believes the server's own catalogue; an administrator who lies
 * in the catalogue is found by the log, not here. That passwords are asked for is tried with a
 * wrong one, so one refused sign-in per check shows in the server's log.
 */
public final class DatabaseCheck {

  private static final int OLDEST_SERVER = 150_000;

  private static final String ROLE = "the serving role can do too much";

  /** Faults that one query each finds: it answers with a name for each. */
  private static final Map<String, Fault> QUERIES =
      Map.of(
          "select r.rolname as name from pg_roles r where pg_has_role(current_user, r.oid, 'MEMBER')"
              + " and (r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb"
              + " or r.rolreplication or (r.rolname like 'pg\\_%' and r.rolname not in"
              + " ('pg_monitor', 'pg_read_all_settings', 'pg_read_all_stats')))",
          new Fault(
              ROLE,
              "serve as a role that is no superuser, cannot bypass row security, cannot make roles"
                  + " or databases, and is no member of one that can"),
          "select distinct c.relname as name from pg_class c where c.relnamespace ="
              + " to_regnamespace('remit') and pg_has_role(current_user, c.relowner, 'MEMBER')"
              + " union all select 'remit' where has_schema_privilege(current_user, 'remit',"
              + " 'CREATE')",
          new Fault(
              "the serving role owns or can alter the schema",
              "let remit_owner own it, and do not make the serving role its member"),
          "select t.name from unnest(array['entry', 'leaf', 'checkpoint']) as t (name)"
              + " where has_any_column_privilege(current_user, 'remit.' || t.name, 'UPDATE')"
              + " or has_table_privilege(current_user, 'remit.' || t.name,"
              + " 'UPDATE, DELETE, TRUNCATE, TRIGGER, REFERENCES')"
              + " or not has_table_privilege(current_user, 'remit.' || t.name, 'SELECT')",
          new Fault(
              "evidence is not insert-only",
              "revoke update, delete, truncate, trigger and references on it from the serving role"
                  + " and all its roles"),
          "select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid"
              + " and a.attname = 'tenant' and not a.attisdropped"
              + " where c.relnamespace = to_regnamespace('remit') and c.relkind in ('r', 'p')"
              + " and (not c.relrowsecurity or (select count(*) from pg_policy p"
              + " where p.polrelid = c.oid and p.polname = 'tenant_sees_only_its_own') <> 1"
              + " or exists (select from pg_policy p where p.polrelid = c.oid"
              + " and p.polname <> 'tenant_sees_only_its_own'))",
          new Fault(
              "tenants are not kept apart by row security",
              "enable row level security with the one policy of the migrations"));

  private final DatabaseConfig serving;

  /** A check of what this configuration serves from. */
  public DatabaseCheck(DatabaseConfig serving) {
    this.serving = serving;
  }

  /**
   * Returns if the database may be served from.
   *
   * @throws UnsafeDatabaseException with every fault, otherwise
   * @throws DatabaseUnavailableException when it cannot be asked
   */
  public void require() {
    var faults = faults();
    if (!faults.isEmpty()) {
      throw new UnsafeDatabaseException(faults);
    }
  }

  /** All faults; empty when there is none. */
  public List<Fault> faults() {
    try (var connection = Connect.to(serving)) {
      var faults = new ArrayList<Fault>();
      settings(connection, faults);
      if (schema(connection, faults)) {
        for (var query : QUERIES.entrySet()) {
          named(connection, query.getKey(), query.getValue(), faults);
        }
      }
      password(faults);
      return List.copyOf(faults);
    } catch (SQLException e) {
      throw Failures.of(e);
    }
  }

  private static void settings(Connection connection, List<Fault> faults) throws SQLException {
    for (var name : List.of("fsync", "full_page_writes", "synchronous_commit")) {
      if (setting(connection, name).equals("off")) {
        faults.add(
            new Fault("`" + name + "` is off", "switch it on: what was answered must be on disk"));
      }
    }
    if (Integer.parseInt(setting(connection, "server_version_num")) < OLDEST_SERVER) {
      faults.add(new Fault("the server is too old", "use PostgreSQL 15 or newer"));
    }
    if (!setting(connection, "password_encryption").equals("scram-sha-256")) {
      faults.add(
          new Fault(
              "passwords are not stored as scram", "set password_encryption to scram-sha-256"));
    }
    if (setting(connection, "transaction_read_only").equals("on")) {
      faults.add(new Fault("the server is read-only", "serve from the primary"));
    }
  }

  private static String setting(Connection connection, String name) throws SQLException {
    return Database.rows(
            connection,
            "select current_setting(?) as value",
            params -> params.text(name),
            row -> row.text("value"))
        .getFirst();
  }

  private static boolean schema(Connection connection, List<Fault> faults) throws SQLException {
    boolean isThere =
        Database.rows(
                connection,
                "select to_regclass('remit.schema_mark') is not null"
                    + " and has_table_privilege('remit.schema_mark', 'SELECT') as is_there",
                Params.Binding.NONE,
                row -> row.claim("is_there"))
            .getFirst();
    if (!isThere || !Migrations.isCurrent(connection)) {
      faults.add(
          new Fault("the schema is not of this version", "run the migrations as remit_owner"));
    }
    return isThere;
  }

  private static void named(Connection connection, String query, Fault fault, List<Fault> faults)
      throws SQLException {
    var names = Database.rows(connection, query, Params.Binding.NONE, row -> row.text("name"));
    if (!names.isEmpty()) {
      faults.add(new Fault(fault.what() + " (" + String.join(", ", names) + ")", fault.fix()));
    }
  }

  private void password(List<Fault> faults) throws SQLException {
    try (var intruder = Connect.to(serving.as(serving.user(), serving.password() + "-not"))) {
      faults.add(
          new Fault(
              "a wrong password opens the database for " + intruder.getMetaData().getUserName(),
              "ask for scram-sha-256 in pg_hba.conf wherever it says trust"));
    } catch (SQLException e) {
      if (e.getSQLState() == null || !e.getSQLState().startsWith("28")) {
        throw e;
      }
    }
  }
}
