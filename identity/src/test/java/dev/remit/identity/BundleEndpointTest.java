package dev.remit.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.remit.core.identity.SpiffeId;
import dev.remit.core.tenant.Environment;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.identity.spiffe.BundleSource;
import dev.remit.identity.spiffe.Bundles;
import dev.remit.identity.spiffe.EndpointBundles;
import dev.remit.identity.spiffe.FileBundles;
import dev.remit.identity.spiffe.OwnCertificate;
import dev.remit.identity.spiffe.SvidTls;
import dev.remit.identity.spiffe.SvidTrust;
import dev.remit.identity.spiffe.TrustDomain;
import dev.remit.identity.spiffe.X509Svids;
import dev.remit.identity.spiffe.soft.SoftTrustDomain;
import dev.remit.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles over real TLS, from an endpoint that shows an SVID of the trust domain itself. */
class BundleEndpointTest {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final SpiffeId ENDPOINT = SpiffeId.parse("spiffe://agents.example/bundles");

  @TempDir Path folder;
  private final TestClock clock = new TestClock();
  private final SoftTrustDomain domain = domain();
  private final Bundles bundles = new Bundles();
  private final X509Svids svids = new X509Svids(bundles);
  private HttpsServer server;
  private volatile Value.Obj answer = domain.bundle(5);

  private SoftTrustDomain domain() {
    return SoftTrustDomain.of("agents.example", TestToken.NOW, Duration.ofDays(1));
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] bytes = Json.bytes(answer);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    serveAs(domain, "/bundles");
  }

  @AfterEach
  void stop() {
    bundles.close();
    server.stop(0);
  }

  private void serveAs(SoftTrustDomain of, String path) throws IOException {
    var svid = of.svid(path, TestToken.NOW, TestToken.NOW.plusSeconds(36_000));
    var chain = Files.writeString(folder.resolve("own.pem"), svid.chainPem());
    var key = Files.writeString(folder.resolve("own.key"), svid.keyPem());
    var trust = new SvidTrust(svids, clock, List.of());
    server.setHttpsConfigurator(
        new HttpsConfigurator(SvidTls.context(List.of(OwnCertificate.of(chain, key)), trust)));
  }

  private URI address() {
    return URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /** Starts from a file, as configuration would say. */
  private void begin() throws IOException {
    server.start();
    var first = Files.write(folder.resolve("first.json"), Json.bytes(domain.bundle(1)));
    bundles.with(
        new TrustDomain(domain.name(), "remit", Set.of(Environment.TEST), TrustDomain.USUAL),
        EndpointBundles.spiffe(address(), ENDPOINT, svids, clock, PATIENCE),
        Optional.of(new FileBundles(first)));
    bundles.refresh(clock.instant());
  }

  private long sequence() {
    return ((Bundles.Known) bundles.find(domain.name(), clock.instant()))
        .bundle()
        .sequence()
        .orElseThrow();
  }

  @Test
  void theFirstBundleLetsTheEndpointBeBelieved() throws IOException {
    begin();
    assertThat(sequence()).isEqualTo(5);
    assertThat(bundles.failure(domain.name())).isEmpty();
  }

  @Test
  void aRotationIsSeenAtTheRefreshThatTheEndpointAskedFor() throws IOException {
    begin();
    answer = domain.bundle(6);
    clock.passes(Duration.ofSeconds(59));
    bundles.refresh(clock.instant());
    assertThat(sequence()).isEqualTo(5);
    clock.passes(Duration.ofSeconds(1));
    bundles.refresh(clock.instant());
    assertThat(sequence()).isEqualTo(6);
  }

  @Test
  void anOlderBundleIsNotTaken() throws IOException {
    begin();
    answer = domain.bundle(4);
    clock.passes(Duration.ofSeconds(60));
    bundles.refresh(clock.instant());
    assertThat(sequence()).isEqualTo(5);
    assertThat(bundles.failure(domain.name()))
        .hasValueSatisfying(failure -> assertThat(failure).contains("older"));
  }

  @Test
  void anEndpointOfAnotherSpiffeIdIsNotBelieved() throws IOException {
    serveAs(domain, "/somebody-else");
    begin();
    assertThat(sequence()).isEqualTo(1);
    assertThat(bundles.failure(domain.name())).isPresent();
  }

  @Test
  void anEndpointUnderAnotherRootIsNotBelieved() throws IOException {
    serveAs(domain(), "/bundles");
    begin();
    assertThat(sequence()).isEqualTo(1);
  }

  @Test
  void thePlatformsRootsDoNotVouchForIt() {
    server.start();
    try (var source = EndpointBundles.web(address(), PATIENCE)) {
      assertThat(source.fetch()).isInstanceOf(BundleSource.Away.class);
    }
  }

  @Test
  void whatIsNoBundleIsNotTaken() throws IOException {
    begin();
    for (var wrong :
        List.of(
            Value.object("keys", "none"),
            Value.object("spiffe_sequence", 9),
            Value.object("keys", List.of(Value.object("use", "x509-svid"))),
            Value.object("keys", List.of(domain.rootKey().with("x5c", Value.texts(List.of("A"))))),
            Value.object(
                "keys", List.of(TestKey.ec("a").with("use", "jwt-svid").jwk().without("kid"))))) {
      answer = wrong;
      clock.passes(Duration.ofSeconds(60));
      bundles.refresh(clock.instant());
      assertThat(bundles.failure(domain.name())).as("%s", wrong).isPresent();
      assertThat(sequence()).isEqualTo(5);
    }
  }

  @Test
  void anAddressWithoutTlsIsWrongInput() {
    assertThatThrownBy(() -> EndpointBundles.web(URI.create("http://127.0.0.1/"), PATIENCE))
        .isInstanceOf(InvalidValueException.class);
  }
}
