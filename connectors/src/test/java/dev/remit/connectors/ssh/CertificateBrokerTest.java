package dev.remit.connectors.ssh;

import dev.remit.connectors.ssh.SshEndpoint.Host;
import dev.remit.core.lease.Broker;
import dev.remit.core.lease.Credential;
import dev.remit.core.lease.Lease;
import dev.remit.testkit.BrokerContract;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The contract of brokers on a real OpenSSH server whose list is kept. */
final class CertificateBrokerTest extends BrokerContract {
  @Override
  protected Target newTarget() {
    return new SshTarget(SshFixture.shared());
  }

  /** Logs in with exactly this key and certificate, and answers what came of it. */
  static String login(Links links, Host host, KeyPair certified, String request) {
    try (var link = links.open(host, SshdHost.ACCOUNT)) {
      link.login(certified);
      try (var run = link.prepare(request, new byte[0], 10_000)) {
        run.start(Duration.ofSeconds(5));
        run.await(Duration.ofSeconds(5));
        return new String(run.output(), StandardCharsets.UTF_8);
      }
    } catch (HostException e) {
      return e.kind().toString();
    }
  }

  private static final class SshTarget implements Target {
    private final SshFixture it;
    private final Relay relay;
    private final Host host;
    private final SshConnector connector;
    private final Links links = new Links();
    private final Map<Credential, KeyPair> keys = new ConcurrentHashMap<>();
    private final String trust;

    SshTarget(SshFixture it) {
      this.it = it;
      relay = new Relay(it.web1.port());
      host = it.web1.host("harbor", relay.port(), it.web1.key(), true);
      connector = it.connector(List.of(host), SshFixture.printing());
      trust = SshFixture.read(it.web1.trust());
    }

    @Override
    public Broker broker() {
      return new Keeping(connector.broker());
    }

    @Override
    public Lease lease(String name) {
      return ending(name, end());
    }

    /** One end for all leases of a test, so that equal names give equal serials. */
    private final Instant end = SshFixture.CLOCK.instant().plusSeconds(120);

    private Instant end() {
      return end;
    }

    @Override
    public Lease over(String name) {
      return ending(name, SshFixture.CLOCK.instant().minusSeconds(1));
    }

    private Lease ending(String name, Instant when) {
      // A name is good once: the list of the shared host remembers it.
      return SshFixture.lease(
          name + "_" + Integer.toHexString(System.identityHashCode(this)),
          connector.scope(SshFixture.printing(), SshFixture.HARBOR),
          when);
    }

    @Override
    public boolean works(Credential credential) {
      var certified = keys.get(credential);
      return certified != null && login(links, host, certified, "x").equals("works");
    }

    @Override
    public boolean hasNames() {
      return false;
    }

    @Override
    public boolean endsByName() {
      return true;
    }

    @Override
    public String foreign() {
      throw new UnsupportedOperationException("certificates cannot be listed");
    }

    @Override
    public boolean isForeignThere() {
      throw new UnsupportedOperationException("certificates cannot be listed");
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
      it.web1.write("ca.pub", "");
    }

    @Override
    public void passEnds() {
      throw new UnsupportedOperationException("the name is enough");
    }

    @Override
    public String secret(Credential credential) {
      var certified = keys.get(credential);
      return Base64.getEncoder()
          .encodeToString(certified == null ? new byte[1] : certified.getPrivate().getEncoded());
    }

    @Override
    public void close() {
      it.web1.write("ca.pub", trust);
      connector.close();
      links.close();
      relay.close();
    }

    /** Keeps a certificate of each credential aside, as a thief would, to try it later. */
    private final class Keeping implements Broker {
      private final Broker broker;

      Keeping(Broker broker) {
        this.broker = broker;
      }

      @Override
      public Revocation revocation() {
        return broker.revocation();
      }

      @Override
      public Issued issue(Lease lease) {
        var issued = broker.issue(lease);
        if (issued instanceof Made(Credential credential)) {
          var line = CommandLine.of(List.of("/usr/bin/printf", "works"));
          ((SshCredential) credential)
              .certified(host, line)
              .ifPresent(certified -> keys.put(credential, certified));
        }
        return issued;
      }

      @Override
      public Ended revoke(Lease lease, Optional<Credential> credential) {
        return broker.revoke(lease, credential);
      }

      @Override
      public Set<String> present() {
        return broker.present();
      }

      @Override
      public Ended remove(String principal) {
        return broker.remove(principal);
      }
    }
  }
}
