package dev.remit.connectors.ldap;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** Both ways to lease an account, held to the contract. */
final class SlapdBrokerTest {
  @SuppressWarnings("NullAway.Init") // set before the first test
  private static Served served;

  @BeforeAll
  static void start() {
    served = Slapd.start();
  }

  @AfterAll
  static void stop() {
    if (served != null) {
      served.close();
    }
  }

  @Nested
  final class MadeAccountsAre extends AccountContract {
    @Override
    Served served() {
      return served;
    }

    @Override
    String accounts() {
      return Fixture.MADE;
    }

    @Override
    String foreign() {
      return "somebody";
    }

    @Override
    boolean isForeignThere() {
      return served.isThere("cn=somebody," + Tree.LEASES);
    }

    @Override
    boolean mayWrite(AccountCredential credential) {
      return mayRead(served, credential);
    }
  }

  @Nested
  final class StandingAccountsAre extends AccountContract {
    @Override
    Served served() {
      return served;
    }

    @Override
    String accounts() {
      return Fixture.STANDING;
    }

    @Override
    String foreign() {
      return "standing-1";
    }

    @Override
    boolean isForeignThere() {
      return served.isThere("cn=standing-1,ou=standing," + Tree.BASE);
    }

    @Override
    boolean mayWrite(AccountCredential credential) {
      return mayRead(served, credential);
    }
  }
}
