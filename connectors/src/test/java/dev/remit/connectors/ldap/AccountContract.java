package dev.remit.connectors.ldap;

import com.unboundid.ldap.sdk.LDAPException;
import dev.remit.core.lease.Broker;
import dev.remit.core.lease.Credential;
import dev.remit.core.lease.Lease;
import dev.remit.testkit.BrokerContract;

/** The broker contract for accounts in a directory. */
abstract class AccountContract extends BrokerContract {

  abstract Served served();

  abstract String accounts();

  /** A principal of somebody else, where ours would be. */
  abstract String foreign();

  abstract boolean isForeignThere();

  /** Whether the leased account may really do what it is for. */
  abstract boolean mayWrite(AccountCredential credential);

  @Override
  protected final Target newTarget() {
    return new AccountTarget();
  }

  private final class AccountTarget implements Target {
    private final Relay relay = new Relay(served().port());
    private final LdapConnector connector =
        Fixture.connector(
            Fixture.endpoint(served(), relay.port(), new Mailbox()), accounts(), Fixture.RESET);

    @Override
    public Broker broker() {
      return connector.broker();
    }

    @Override
    public Lease lease(String name) {
      return Fixture.lease(name, connector.scope(Fixture.RESET, Fixture.HARBOR));
    }

    @Override
    public Lease over(String name) {
      return Fixture.lease(
          name,
          connector.scope(Fixture.RESET, Fixture.HARBOR),
          Fixture.CLOCK.instant().minusSeconds(1));
    }

    @Override
    public boolean works(Credential credential) {
      return mayWrite((AccountCredential) credential);
    }

    @Override
    public boolean hasNames() {
      return true;
    }

    @Override
    public String foreign() {
      return AccountContract.this.foreign();
    }

    @Override
    public boolean isForeignThere() {
      return AccountContract.this.isForeignThere();
    }

    @Override
    public void takeAway() {
      relay.shut();
    }

    @Override
    public void bringBack() {
      relay.open();
    }

    @Override
    public void withdrawRights() {
      served().isBroker(false);
    }

    @Override
    public void passEnds() {
      throw new UnsupportedOperationException("accounts have names");
    }

    @Override
    public String secret(Credential credential) {
      return ((AccountCredential) credential).password();
    }

    @Override
    public void close() {
      served().isBroker(true);
      relay.open();
      connector.broker().present().forEach(connector.broker()::remove);
      connector.close();
      relay.close();
    }
  }

  /** Whether the account is let in and may look at a person of its company. */
  static boolean mayRead(Served served, AccountCredential credential) {
    try (var session = served.root()) {
      session.bind(credential.dn(), credential.password());
      return session.getEntry("ou=people," + Tree.HARBOR) != null;
    } catch (LDAPException e) {
      return false;
    }
  }
}
