package dev.remit.cli.demo;

import dev.remit.cli.CommandException;
import dev.remit.core.value.Value;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Asks the asset database itself, as its superuser, which roles can sign in. */
final class AssetRoles {

  private final String url;
  private final String user;
  private final String password;

  AssetRoles(Value.Obj lab) {
    var assets = lab.object("assets").orElseThrow(() -> LabControl.noSuch("assets"));
    this.url =
        "jdbc:postgresql://%s:%d/%s"
            .formatted(
                assets.text("host").orElse("127.0.0.1"),
                assets.integer("port").orElse(0L),
                assets.text("database").orElse("assets"));
    this.user = assets.text("superUser").orElse("");
    this.password = assets.text("superPassword").orElse("");
  }

  /** Names of all roles that can sign in, sorted. */
  List<String> loginRoles() {
    try (var connection = DriverManager.getConnection(url, user, password);
        var statement = connection.createStatement();
        var found =
            statement.executeQuery(
                "select rolname from pg_roles where rolcanlogin order by rolname")) {
      List<String> roles = new ArrayList<>();
      while (found.next()) {
        roles.add(found.getString(1));
      }
      return roles;
    } catch (SQLException e) {
      throw CommandException.broken("the asset database does not answer: " + e.getSQLState());
    }
  }
}
