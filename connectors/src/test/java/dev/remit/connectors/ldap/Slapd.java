package dev.remit.connectors.ldap;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A real slapd of Debian's package in a folder of its own. Its access rules say what a leased
 * account is worth: with the group of one company it sets passwords of that company's people.
 */
final class Slapd implements Served {
  private static final Path PROGRAM = Path.of("/usr/sbin/slapd");
  private final TestAuthority authority = new TestAuthority();
  private final Path folder;
  private final int port;
  private final int startTlsPort;
  private final Process process;
  private final LDAPConnection standing;

  private static final String POLICY = resource("policy.ldif");
  private static final String CONFIG = resource("slapd.conf");
  private static final String COMPANY = resource("company.conf");
  private static final String REST = resource("rest.conf");

  private static String resource(String name) {
    try (var in = Slapd.class.getResourceAsStream(name)) {
      return new String(
          java.util.Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Slapd() {
    try {
      folder = Files.createTempDirectory("slapd");
      Files.createDirectory(folder.resolve("db"));
      Files.writeString(folder.resolve("ca.pem"), authority.rootPem());
      Files.writeString(folder.resolve("cert.pem"), authority.leafPem());
      Files.writeString(folder.resolve("key.pem"), authority.keyPem());
      Files.writeString(folder.resolve("data.ldif"), Tree.ldif() + POLICY);
      Files.writeString(folder.resolve("slapd.conf"), config());
      var conf = folder.resolve("slapd.conf").toString();
      run(
          List.of(
              "/usr/sbin/slapadd", "-q", "-f", conf, "-l", folder.resolve("data.ldif").toString()));
      port = freePort();
      startTlsPort = freePort();
      var addresses = "ldaps://127.0.0.1:" + port + " ldap://127.0.0.1:" + startTlsPort;
      process =
          new ProcessBuilder(PROGRAM.toString(), "-f", conf, "-h", addresses, "-d", "0")
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
      standing = awaitReady();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Starts one; where none is installed the test is skipped, but never in the build's own run. */
  static Slapd start() {
    boolean isThere = Files.isExecutable(PROGRAM);
    if (!isThere && "true".equals(System.getenv("CI"))) {
      throw new IllegalStateException("slapd is not installed: apt-get install slapd");
    }
    Assumptions.assumeTrue(isThere, "skipped: slapd is not installed (apt-get install slapd)");
    return new Slapd();
  }

  private String config() {
    var text = CONFIG;
    for (String company : List.of("harbor-dental", "northwind-legal")) {
      text += COMPANY.replace("COMPANY", company);
    }
    return (text + REST).replace("BASE", Tree.BASE).replace("FOLDER", folder.toString());
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void run(List<String> command) throws IOException, InterruptedException {
    var log = folder.resolve("slapadd.log");
    var done =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (done.waitFor() != 0) {
      throw new IllegalStateException(Files.readString(log));
    }
  }

  private LDAPConnection awaitReady() throws IOException, InterruptedException {
    for (int i = 0; i < 500; i++) {
      try {
        return root();
      } catch (LDAPException e) {
        if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
          throw new IllegalStateException(Files.readString(folder.resolve("log")), e);
        }
      }
    }
    throw new IllegalStateException(Files.readString(folder.resolve("log")));
  }

  @Override
  public TestAuthority authority() {
    return authority;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public int startTlsPort() {
    return startTlsPort;
  }

  @Override
  public LDAPConnection standing() {
    return standing;
  }

  @Override
  public LDAPConnection root() throws LDAPException {
    var tls = PinnedTrust.context(List.of(authority.trusted()), java.util.Optional.empty());
    return new LDAPConnection(
        tls.getSocketFactory(), "127.0.0.1", port, Tree.ROOT, Tree.ROOT_PASSWORD);
  }

  @Override
  public void close() {
    standing.close();
    process.destroy();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
      try (var files = Files.walk(folder)) {
        files.sorted(java.util.Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
