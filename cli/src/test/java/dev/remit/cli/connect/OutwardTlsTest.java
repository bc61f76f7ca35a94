package dev.remit.cli.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.remit.cli.CommandException;
import dev.remit.core.value.Value;
import dev.remit.identity.FakeWorkloadApi;
import dev.remit.identity.spiffe.soft.SoftTrustDomain;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The workload proves itself by its certificate, to a gateway that wants one. */
class OutwardTlsTest {

  @TempDir Path folder = Path.of("");
  private final Instant now = Instant.now();
  private final SoftTrustDomain domain =
      SoftTrustDomain.of("agents.example", now.minusSeconds(60), Duration.ofDays(1));
  private HttpsServer gateway;
  private Path authorities;

  @BeforeEach
  void start() throws Exception {
    var store = serverKeys();
    authorities = folder.resolve("ca.pem");
    Files.writeString(authorities, pem(store.getCertificate("gateway")));
    gateway =
        HttpsServer.create(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
    gateway.setHttpsConfigurator(
        new HttpsConfigurator(tls(store)) {
          @Override
          public void configure(HttpsParameters parameters) {
            var own = getSSLContext().getDefaultSSLParameters();
            own.setNeedClientAuth(true);
            parameters.setSSLParameters(own);
          }
        });
    gateway.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    gateway.createContext(
        "/",
        exchange -> {
          try (exchange) {
            var session = ((HttpsExchange) exchange).getSSLSession();
            var body =
                serial((X509Certificate) session.getPeerCertificates()[0])
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    gateway.start();
  }

  @AfterEach
  void stop() {
    gateway.stop(0);
  }

  private KeyStore serverKeys() throws Exception {
    var file = folder.resolve("gateway.p12");
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var made =
        new ProcessBuilder(
                keytool,
                "-genkeypair",
                "-alias",
                "gateway",
                "-keyalg",
                "EC",
                "-dname",
                "CN=gateway",
                "-ext",
                "SAN=ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                "changeit")
            .redirectErrorStream(true)
            .start();
    assertThat(made.waitFor()).isZero();
    return KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
  }

  private SSLContext tls(KeyStore store) throws Exception {
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, "changeit".toCharArray());
    var roots = KeyStore.getInstance("PKCS12");
    roots.load(null, null);
    roots.setCertificateEntry("root", domain.root());
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(roots);
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static String pem(Certificate certificate) throws Exception {
    return "-----BEGIN CERTIFICATE-----\n"
        + java.util.Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
        + "\n-----END CERTIFICATE-----\n";
  }

  private static String serial(X509Certificate certificate) {
    BigInteger number = certificate.getSerialNumber();
    return number.toString(16);
  }

  private SoftTrustDomain.Svid svid() {
    return domain.svid("/desk", now.minusSeconds(30), now.plusSeconds(3_000));
  }

  private String askedBy(Wire wire) throws IOException, InterruptedException {
    var uri = URI.create("https://127.0.0.1:" + gateway.getAddress().getPort() + "/mcp");
    return wire.http()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private Wire.Pem trusting(Optional<Path> certificate, Optional<Path> key) {
    return new Wire.Pem(certificate, key, Optional.of(authorities));
  }

  @Test
  void theCertificateOfTheWorkloadApiIsShownAndFollowedWhenItIsHandedOutAnew() throws Exception {
    try (var api = new FakeWorkloadApi(folder, domain, Value.Obj.EMPTY)) {
      var first = svid();
      api.hands("/desk", first);
      var wire =
          new Wire(
              trusting(Optional.empty(), Optional.empty()),
              Optional.of(new WorkloadCertificate(api.address())));
      assertThat(askedBy(wire)).isEqualTo(serial(first.chain().getFirst()));
      var next = svid();
      api.hands("/desk", next);
      String wanted = serial(next.chain().getFirst());
      String shown = "";
      for (int tries = 0; tries < 600 && !shown.equals(wanted); tries++) {
        Thread.sleep(50);
        shown = askedBy(wire);
      }
      assertThat(shown).isEqualTo(wanted);
    }
  }

  @Test
  void theCertificateOfFilesIsShownAndReadAgainWhenTheyChange() throws Exception {
    var certificate = folder.resolve("svid.pem");
    var key = folder.resolve("svid.key");
    var first = svid();
    write(certificate, key, first);
    var wire = new Wire(trusting(Optional.of(certificate), Optional.of(key)));
    assertThat(askedBy(wire)).isEqualTo(serial(first.chain().getFirst()));
    var next = svid();
    write(certificate, key, next);
    Files.setLastModifiedTime(certificate, FileTime.from(now.plusSeconds(5)));
    assertThat(askedBy(wire)).isEqualTo(serial(next.chain().getFirst()));
  }

  private static void write(Path certificate, Path key, SoftTrustDomain.Svid svid)
      throws IOException {
    Files.writeString(certificate, svid.chainPem());
    Files.writeString(key, svid.keyPem());
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void withoutACertificateTheGatewayDoesNotTalk() {
    var wire = new Wire(trusting(Optional.empty(), Optional.empty()));
    assertThatThrownBy(() -> askedBy(wire)).isInstanceOf(IOException.class);
  }

  @Test
  void aWorkloadApiThatIsNotThereIsToldWithItsAddress() {
    for (String address : new String[] {"unix:" + folder.resolve("nobody.sock"), "nonsense"}) {
      assertThatThrownBy(() -> new WorkloadCertificate(address, Duration.ofSeconds(1)))
          .isInstanceOf(CommandException.class)
          .hasMessageContaining(address);
    }
  }
}
