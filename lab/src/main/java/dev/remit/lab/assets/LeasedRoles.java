package dev.remit.lab.assets;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The login roles that somebody made with the broker's account. */
final class LeasedRoles {
  private LeasedRoles() {}

  /** Cuts their sessions and drops them; one that vanishes meanwhile is fine. */
  static void remove(Connection connection) throws SQLException {
    try (Statement sql = connection.createStatement()) {
      for (String role : all(sql)) {
        String name = sql.enquoteIdentifier(role, true);
        sql.execute("alter role " + name + " nologin");
        sql.execute(
            "select pg_terminate_backend(pid, 2000) from pg_stat_activity where usename = "
                + sql.enquoteLiteral(role));
        sql.execute("grant " + name + " to remit_broker with inherit true");
        // A superuser's DROP OWNED leaves the rights that another role granted: the broker takes
        // its own back.
        sql.execute("set role remit_broker");
        sql.execute("drop owned by " + name);
        sql.execute("reset role");
        sql.execute("drop owned by " + name);
        sql.execute("drop role if exists " + name);
      }
    }
  }

  private static List<String> all(Statement sql) throws SQLException {
    List<String> roles = new ArrayList<>();
    try (ResultSet rows =
        sql.executeQuery(
            "select rolname from pg_roles where not rolsuper and rolname not like 'pg\\_%'"
                + " and rolname <> 'remit_broker' and rolname not like '%\\_reader'")) {
      while (rows.next()) {
        roles.add(rows.getString(1));
      }
    }
    return roles;
  }
}
