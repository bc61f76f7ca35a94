package dev.remit.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.tenant.Environment;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.identity.spiffe.BundleSource;
import dev.remit.identity.spiffe.Bundles;
import dev.remit.identity.spiffe.JwtSvids;
import dev.remit.identity.spiffe.TrustDomain;
import dev.remit.identity.spiffe.WorkloadApiBundles;
import dev.remit.identity.spiffe.X509Svids;
import dev.remit.identity.spiffe.soft.SoftTrustDomain;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles over a real unix socket, spoken to through java-spiffe. */
class WorkloadApiTest {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  @TempDir Path folder;
  private final TestClock clock = new TestClock();
  private final SoftTrustDomain domain = domain();
  private final TestKey key = TestKey.ec("jwt-1");
  private FakeWorkloadApi api;

  private SoftTrustDomain domain() {
    return SoftTrustDomain.of("agents.example", TestToken.NOW, Duration.ofDays(1));
  }

  private static Value.Obj jwk(TestKey key) {
    return key.with("use", "jwt-svid").jwk();
  }

  @BeforeEach
  void start() throws IOException {
    api = new FakeWorkloadApi(folder, domain, jwk(key));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private Bundles bundles(BundleSource source) {
    var bundles =
        new Bundles()
            .with(
                new TrustDomain(
                    domain.name(), "remit", Set.of(Environment.TEST), TrustDomain.USUAL),
                source);
    bundles.refresh(clock.instant());
    return bundles;
  }

  private WorkloadApiBundles source(String trustDomain) {
    return new WorkloadApiBundles(api.address(), trustDomain, PATIENCE);
  }

  @Test
  void svidsAreCheckedAgainstWhatTheWorkloadApiTells() {
    try (var source = source(domain.name())) {
      var bundles = bundles(source);
      var svid = domain.svid("/desk", clock.instant(), clock.instant().plusSeconds(60));
      assertThat(new X509Svids(bundles).check(svid.chain(), clock.instant()))
          .isInstanceOf(X509Svids.Proven.class);
      var token =
          TestToken.by(key)
              .header("typ", "JWT")
              .claim("sub", "spiffe://agents.example/desk")
              .claim("aud", "remit")
              .text();
      assertThat(new JwtSvids(bundles).check(token, clock.instant()))
          .isInstanceOf(JwtSvids.Proven.class);
    }
  }

  @Test
  void aRotationIsSeenWithoutARestart() {
    try (var source = source(domain.name())) {
      var bundles = bundles(source);
      var svids = new X509Svids(bundles);
      var old = domain.svid("/desk", clock.instant(), clock.instant().plusSeconds(60));
      assertThat(svids.check(old.chain(), clock.instant())).isInstanceOf(X509Svids.Proven.class);
      var next = domain();
      api.rotates(next, jwk(TestKey.ec("jwt-2")));
      clock.passes(Duration.ofSeconds(5));
      bundles.refresh(clock.instant());
      assertThat(svids.check(old.chain(), clock.instant())).isInstanceOf(X509Svids.Refused.class);
      var fresh = next.svid("/desk", TestToken.NOW, clock.instant().plusSeconds(60));
      assertThat(svids.check(fresh.chain(), clock.instant())).isInstanceOf(X509Svids.Proven.class);
    }
  }

  @Test
  void anApiThatIsGoneLeavesTheLastBundleForAnHour() {
    try (var source = source(domain.name())) {
      var bundles = bundles(source);
      api.close();
      clock.passes(Duration.ofMinutes(59));
      bundles.refresh(clock.instant());
      assertThat(bundles.find(domain.name(), clock.instant())).isInstanceOf(Bundles.Known.class);
      clock.passes(Duration.ofMinutes(1));
      bundles.refresh(clock.instant());
      assertThat(bundles.find(domain.name(), clock.instant())).isInstanceOf(Bundles.Away.class);
    }
  }

  @Test
  void anApiThatSaysNothingIsAway() {
    api.fallsSilent();
    try (var source =
        new WorkloadApiBundles(api.address(), domain.name(), Duration.ofMillis(300))) {
      assertThat(source.fetch())
          .isEqualTo(new BundleSource.Away("the workload api did not answer in time"));
    }
  }

  @Test
  void aTrustDomainThatTheApiDoesNotKnowIsAway() {
    try (var source = source("other.example")) {
      assertThat(source.fetch()).isInstanceOf(BundleSource.Away.class);
    }
  }

  @Test
  void anAddressThatIsNoneIsWrongInput() {
    assertThatThrownBy(() -> new WorkloadApiBundles("/run/api.sock", "a.example", PATIENCE))
        .isInstanceOf(InvalidValueException.class);
  }
}
