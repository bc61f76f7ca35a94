package dev.remit.connectors.ldap;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class InMemoryActTest extends ActContract {
  @SuppressWarnings("NullAway.Init") // set before the first test
  private static Served served;

  @BeforeAll
  static void start() {
    served = new InMemoryDirectory();
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @Override
  Served served() {
    return served;
  }
}
