package dev.remit.connectors.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.postgresql.Driver;

/** Opens connections to one database; fails fast and never shows a password. */
final class Sessions {
  private static final Driver DRIVER = new Driver();

  /** For each answer while logging in; a limit over all of it would cost a thread per session. */
  private static final int LOGIN_SECONDS = 5;

  private final String jdbcUrl;

  Sessions(String jdbcUrl) {
    this.jdbcUrl = jdbcUrl;
  }

  /** Opens one; a server that stands still is given up after {@code patience} for an answer. */
  Connection open(String user, String password, String options, Duration patience)
      throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("ApplicationName", "remit");
    properties.setProperty("assumeMinServerVersion", "16");
    properties.setProperty("gssEncMode", "disable");
    properties.setProperty("connectTimeout", "2");
    properties.setProperty("socketTimeout", Integer.toString(LOGIN_SECONDS));
    properties.setProperty("cancelSignalTimeout", "2");
    properties.setProperty("stringtype", "unspecified");
    properties.setProperty("logServerErrorDetail", "false");
    properties.setProperty("options", options);
    var connection = DRIVER.connect(jdbcUrl, properties);
    if (connection == null) {
      throw new IllegalStateException("the address of a database starts with jdbc:postgresql:");
    }
    connection.setNetworkTimeout(Runnable::run, Math.toIntExact(patience.toMillis()));
    return connection;
  }
}
