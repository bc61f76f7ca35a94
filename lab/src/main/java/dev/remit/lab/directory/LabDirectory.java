package dev.remit.lab.directory;

import com.unboundid.ldap.listener.Base64PasswordEncoderOutputFormatter;
import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.SaltedMessageDigestInMemoryPasswordEncoder;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.OperationType;
import com.unboundid.ldap.sdk.schema.Schema;
import dev.remit.lab.estate.Seed;
import dev.remit.lab.http.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The running directory with its letterbox; it starts from the seed every time. */
public final class LabDirectory implements AutoCloseable {
  /** The port of the directory and of the letterbox, by name. */
  public static final String LDAPS = "directory";

  public static final String LETTERS = "letterbox";

  /** Attributes of a password policy, as OpenLDAP has them. */
  private static final String[] OPERATIONAL = {
    "dn: cn=schema",
    "objectClass: top",
    "objectClass: ldapSubEntry",
    "objectClass: subschema",
    "cn: schema",
    "attributeTypes: ( 1.3.6.1.4.1.42.2.27.8.1.22 NAME 'pwdReset' EQUALITY booleanMatch"
        + " SYNTAX 1.3.6.1.4.1.1466.115.121.1.7 SINGLE-VALUE USAGE directoryOperation )",
    "attributeTypes: ( 1.3.6.1.4.1.42.2.27.8.1.17 NAME 'pwdAccountLockedTime'"
        + " EQUALITY generalizedTimeMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.24 SINGLE-VALUE"
        + " USAGE directoryOperation )"
  };

  private final Seed seed;
  private final Keys keys;
  private final ServerIdentity identity;
  private final Letterbox letterbox;
  private final InMemoryDirectoryServer server;

  /**
   * Its secrets.
   *
   * @param broker the broker's password
   * @param people what the first passwords of people are derived from
   * @param sender the token that leaves letters
   * @param reader the key that reads them
   */
  public record Keys(String broker, String people, String sender, String reader) {
    @Override
    public String toString() {
      return "Keys[]";
    }
  }

  private LabDirectory(
      Seed seed,
      Keys keys,
      ServerIdentity identity,
      Letterbox letterbox,
      InMemoryDirectoryServer server) {
    this.seed = seed;
    this.keys = keys;
    this.identity = identity;
    this.letterbox = letterbox;
    this.server = server;
  }

  /**
   * Starts both on loopback; 0 takes any port. {@code kept} is what an earlier start kept: {@link
   * #newIdentity}.
   */
  public static LabDirectory start(
      Seed seed, Keys keys, Map<String, Object> kept, int port, int letters) throws IOException {
    var identity = ServerIdentity.of(kept);
    var letterbox = new Letterbox(letters, keys.sender(), keys.reader());
    try {
      var running = new AtomicReference<InMemoryDirectoryServer>();
      var rules = new DirectoryRules(dn -> entry(Objects.requireNonNull(running.get()), dn));
      var server = new InMemoryDirectoryServer(config(identity, port, rules));
      running.set(server);
      var directory = new LabDirectory(seed, keys, identity, letterbox, server);
      directory.reset();
      server.startListening();
      return directory;
    } catch (LDAPException e) {
      letterbox.close();
      throw new IOException("the directory did not start", e);
    }
  }

  /** A key and certificate of its own, to be kept. */
  public static Map<String, Object> newIdentity(Instant now) throws IOException {
    return ServerIdentity.make(now).kept();
  }

  private static @Nullable Entry entry(InMemoryDirectoryServer server, String dn) {
    try {
      return server.getEntry(dn, "*", "+");
    } catch (LDAPException e) {
      return null;
    }
  }

  private static InMemoryDirectoryServerConfig config(
      ServerIdentity identity, int port, DirectoryRules rules) throws IOException, LDAPException {
    var tls = identity.tls();
    var config = new InMemoryDirectoryServerConfig(DirectoryTree.BASE);
    var standard = Schema.getDefaultStandardSchema();
    config.setSchema(Schema.mergeSchemas(standard, new Schema(operational())));
    config.setEnforceAttributeSyntaxCompliance(false);
    config.setMaxConnections(200);
    config.setAuthenticationRequiredOperationTypes(
        OperationType.ADD,
        OperationType.COMPARE,
        OperationType.DELETE,
        OperationType.MODIFY,
        OperationType.MODIFY_DN,
        OperationType.SEARCH);
    config.setPasswordEncoders(
        new SaltedMessageDigestInMemoryPasswordEncoder(
            "{SSHA}", Base64PasswordEncoderOutputFormatter.getInstance(), sha1(), 16, true, true));
    config.setListenerConfigs(
        InMemoryListenerConfig.createLDAPSConfig(
            LDAPS,
            InetAddress.getLoopbackAddress(),
            port,
            tls.getServerSocketFactory(),
            tls.getSocketFactory()));
    config.addInMemoryOperationInterceptor(rules);
    return config;
  }

  private static Entry operational() {
    try {
      return new Entry(OPERATIONAL);
    } catch (com.unboundid.ldif.LDIFException e) {
      throw new IllegalStateException("our own lines", e);
    }
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }

  /** Back to the seed; leased accounts and letters are gone. */
  public void reset() {
    try {
      letterbox.empty();
      server.clear();
      server.addEntries(DirectoryTree.of(seed, this::firstPassword));
    } catch (LDAPException e) {
      throw new IllegalStateException("cannot fill the directory", e);
    }
  }

  private String firstPassword(String name) {
    if (name.equals("remit-broker")) {
      return keys.broker();
    }
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(keys.people().getBytes(StandardCharsets.UTF_8));
      byte[] bytes = digest.digest(name.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Where it is and how to use it, as lab.json says it. */
  public Map<String, Object> description() {
    var letters = "http://127.0.0.1:" + letterbox.port() + "/letters";
    return Json.object(
        "host",
        "127.0.0.1",
        "port",
        port(),
        "security",
        "ldaps",
        "ca",
        identity.pem(),
        "brokerDn",
        DirectoryTree.BROKER,
        "brokerPassword",
        keys.broker(),
        "handoverUrl",
        letters,
        "handoverToken",
        keys.sender());
  }

  public int port() {
    return server.getListenPort(LDAPS);
  }

  public int letterboxPort() {
    return letterbox.port();
  }

  @Override
  public void close() {
    server.shutDown(true);
    letterbox.close();
  }
}
