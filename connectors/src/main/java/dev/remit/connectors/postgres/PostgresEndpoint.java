package dev.remit.connectors.postgres;

import java.util.function.Supplier;

/**
 * Where a PostgreSQL database is, from the server's own configuration.
 *
 * @param jdbcUrl without user and password
 * @param brokerUser a role that may create roles and pass rights on, and owns nothing
 * @param brokerPassword reads the password at the moment of use
 */
public record PostgresEndpoint(String jdbcUrl, String brokerUser, Supplier<String> brokerPassword) {
  @Override
  public String toString() {
    return "PostgresEndpoint[" + brokerUser + "]";
  }
}
