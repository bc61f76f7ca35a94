package dev.remit.connectors.ssh;

import dev.remit.connectors.ssh.HostException.Kind;
import dev.remit.connectors.ssh.SshEndpoint.Host;
import java.io.IOException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.client.session.ClientSession.ClientSessionEvent;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;

/**
 * Connections to hosts, each proven by the host's pinned key before anything else is sent.
 *
 * <p>Promises: no key, agent, password or configuration of the account that runs this process is
 * looked at; only Ed25519 host keys and certificates, and the key exchanges and ciphers listed
 * here; everything has a time limit.
 */
final class Links implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final AttributeKey<PublicKey> PIN = new AttributeKey<>();
  private static final Set<String> EXCHANGES =
      Set.of(
          "mlkem768x25519-sha256",
          "sntrup761x25519-sha512",
          "sntrup761x25519-sha512@openssh.com",
          "curve25519-sha256",
          "curve25519-sha256@libssh.org");
  private static final Set<String> CIPHERS =
      Set.of("chacha20-poly1305@openssh.com", "aes256-gcm@openssh.com", "aes128-gcm@openssh.com");

  private final SshClient client;
  private boolean isStarted; // guarded by this
  private boolean isClosed; // guarded by this

  Links() {
    HostKeys.prepare();
    client = SshClient.setUpDefaultClient();
    client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    client.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
    client.setAgentFactory(null);
    client.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
    client.setSignatureFactories(
        List.of(BuiltinSignatures.ed25519, BuiltinSignatures.ed25519_cert));
    keep(client.getKeyExchangeFactories(), EXCHANGES);
    keep(client.getCipherFactories(), CIPHERS);
    client.setServerKeyVerifier(
        (session, address, key) -> isPinned(session.getConnectionContext(), key));
    CoreModuleProperties.CLIENT_IDENTIFICATION.set(client, "remit");
    CoreModuleProperties.AUTH_TIMEOUT.set(client, Duration.ofSeconds(30));
  }

  private static <T extends NamedResource> void keep(List<T> factories, Set<String> names) {
    factories.removeIf(factory -> !names.contains(factory.getName()));
  }

  private static boolean isPinned(
      @org.jspecify.annotations.Nullable AttributeRepository context, PublicKey key) {
    var pin = context == null ? null : context.getAttribute(PIN);
    return pin != null && KeyUtils.compareKeys(pin, key);
  }

  /** A connection on which the host has proven its pinned key and nobody has logged in. */
  Link open(Host host, String account) throws HostException {
    var pin = HostKeys.parse(host.key());
    ClientSession session = null;
    boolean isGood = false;
    try {
      session =
          started()
              .connect(
                  account,
                  host.address(),
                  host.port(),
                  AttributeRepository.ofKeyValuePair(PIN, pin),
                  null)
              .verify(PATIENCE)
              .getSession();
      isGood = isProven(session);
      if (!isGood) {
        throw refusal(host, session);
      }
      return new Link(host, session);
    } catch (IOException e) {
      throw new HostException(Kind.AWAY, "host `" + host.name() + "` does not answer");
    } finally {
      if (session != null && !isGood) {
        session.close(true);
      }
    }
  }

  private static boolean isProven(ClientSession session) {
    var events =
        session.waitFor(
            EnumSet.of(ClientSessionEvent.WAIT_AUTH, ClientSessionEvent.CLOSED), PATIENCE);
    return events.contains(ClientSessionEvent.WAIT_AUTH)
        && !events.contains(ClientSessionEvent.CLOSED)
        && session.getServerKey() != null
        && isPinned(session.getConnectionContext(), session.getServerKey());
  }

  private static HostException refusal(Host host, ClientSession session) {
    var key = session.getServerKey();
    return key != null && !isPinned(session.getConnectionContext(), key)
        ? new HostException(
            Kind.WRONG_KEY, "the key of host `" + host.name() + "` is not the pinned one")
        : new HostException(Kind.AWAY, "host `" + host.name() + "` does not answer");
  }

  private synchronized SshClient started() throws IOException {
    if (isClosed) {
      throw new IOException("closed");
    }
    if (!isStarted) {
      client.start();
      isStarted = true;
    }
    return client;
  }

  @Override
  public synchronized void close() {
    isClosed = true;
    client.stop();
  }
}
