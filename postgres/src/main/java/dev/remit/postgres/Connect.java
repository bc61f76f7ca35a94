package dev.remit.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Single connections outside the pool, for setting up and checking. */
final class Connect {

  private Connect() {}

  static Connection to(DatabaseConfig config) throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", config.user());
    properties.setProperty("password", config.password());
    properties.setProperty("ApplicationName", "remit-setup");
    // Nothing waits for these but a start, and a start on a busy machine takes its time.
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("loginTimeout", "20");
    properties.setProperty("socketTimeout", "60");
    properties.setProperty("logServerErrorDetail", "false");
    return DriverManager.getConnection(config.url(), properties);
  }
}
