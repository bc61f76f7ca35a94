package dev.remit.identity;

import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.Authenticator.Authentication;
import dev.remit.core.identity.Authenticator.Refused;
import dev.remit.core.identity.Presented;
import dev.remit.core.identity.SpiffeId;
import dev.remit.core.identity.WorkloadProof.OfSpiffe;
import dev.remit.core.release.Release;
import dev.remit.core.tenant.Environment;
import dev.remit.core.value.Value;
import dev.remit.identity.spiffe.Bundles;
import dev.remit.identity.spiffe.FileBundles;
import dev.remit.identity.spiffe.JwtSvids;
import dev.remit.identity.spiffe.SvidAuthenticator;
import dev.remit.identity.spiffe.TrustDomain;
import dev.remit.identity.spiffe.X509Svids;
import dev.remit.identity.spiffe.soft.SoftTrustDomain;
import dev.remit.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Two trust domains with bundles in files, a policy version with SPIFFE IDs, and a clock that is
 * moved by hand.
 */
final class SvidRig {

  static final String AUDIENCE = "remit";
  static final String LIVE = "agents.example";
  static final String TRIAL = "trial.example";
  static final AgentId DESK = AgentId.parse("service-desk/harbor-dental/production/change");
  static final AgentId TESTER = AgentId.parse("tester/harbor-dental/test/observe");

  final TestClock clock = new TestClock();
  final SoftTrustDomain live;
  final SoftTrustDomain trial;
  final TestKey key = TestKey.ec("live-1");
  final Bundles bundles = new Bundles();
  final X509Svids certificates = new X509Svids(bundles);
  final JwtSvids tokens = new JwtSvids(bundles);
  private final Path folder;
  private final SvidAuthenticator authenticator;

  SvidRig() {
    live = SoftTrustDomain.of(LIVE, clock.instant().minusSeconds(3600), Duration.ofDays(30));
    trial = SoftTrustDomain.of(TRIAL, clock.instant().minusSeconds(3600), Duration.ofDays(30));
    try {
      folder = Files.createTempDirectory("svids");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    write(LIVE, withKey(live.bundle(1)));
    write(TRIAL, trial.bundle(1));
    bundles.with(domain(LIVE, Environment.PRODUCTION), new FileBundles(file(LIVE)));
    bundles.with(
        domain(TRIAL, Environment.TEST, Environment.STAGING), new FileBundles(file(TRIAL)));
    bundles.refresh(clock.instant());
    authenticator =
        new SvidAuthenticator(
            certificates,
            tokens,
            new WorkloadIndex(SvidRig::release),
            (presented, at) -> new Refused("no issuer takes it"),
            (token, at) -> new WorkloadTokens.NotKnown("no issuer takes it"));
  }

  private static TrustDomain domain(String name, Environment... environments) {
    return new TrustDomain(name, AUDIENCE, Set.of(environments), TrustDomain.USUAL);
  }

  private static Release release() {
    return TestReleases.of(
        List.of(
            TestReleases.agentBy(DESK, spiffe(LIVE, "/desk")),
            TestReleases.agentBy(TESTER, spiffe(TRIAL, "/tester")),
            TestReleases.legacyBy(
                AgentId.parse("old/harbor-dental/production/observe"), spiffe(LIVE, "/old")),
            TestReleases.agentBy(
                AgentId.parse("twice/harbor-dental/production/observe"),
                spiffe(LIVE, "/twice"),
                spiffe(LIVE, "/twice")),
            TestReleases.agentBy(
                AgentId.parse("crossing/harbor-dental/production/observe"),
                spiffe(TRIAL, "/crossing"))));
  }

  private static OfSpiffe spiffe(String domain, String path) {
    return new OfSpiffe(new SpiffeId(domain, path));
  }

  private Path file(String domain) {
    return folder.resolve(domain + ".json");
  }

  /** The bundle with the domain's signing key for tokens. */
  Value.Obj withKey(Value.Obj bundle) {
    var keys = new java.util.ArrayList<>(bundle.items("keys"));
    keys.add(key.with("use", "jwt-svid").jwk());
    return bundle.with("keys", new Value.Array(keys));
  }

  /** Replaces the file of a bundle; nothing has read it yet. */
  void write(String domain, Value.Obj bundle) {
    try {
      Files.write(file(domain), Json.bytes(bundle));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes the file of a bundle away. */
  void remove(String domain) {
    try {
      Files.deleteIfExists(file(domain));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Time passes, and bundles are read where their time has come. */
  void passes(Duration duration) {
    clock.passes(duration);
    bundles.refresh(clock.instant());
  }

  /** A good SVID of an hour. */
  SoftTrustDomain.Svid svid(SoftTrustDomain domain, String path) {
    return domain.svid(path, clock.instant(), clock.instant().plusSeconds(3600));
  }

  Authentication certificate(SoftTrustDomain.Svid svid) {
    return certificate(svid.chain());
  }

  Authentication certificate(List<X509Certificate> chain) {
    return authenticator.authenticate(
        new Presented(
            Optional.empty(), Optional.empty(), "POST", "https://remit.example/mcp", chain),
        clock.instant());
  }

  Authentication token(String token) {
    return authenticator.authenticate(
        Presented.bearer(token, "POST", "https://remit.example/mcp"), clock.instant());
  }

  /** A good JWT-SVID of ten minutes. */
  TestToken jwt(String id) {
    return TestToken.by(key)
        .header("typ", "JWT")
        .noClaim("iss")
        .claim("sub", id)
        .claim("aud", List.of(AUDIENCE));
  }
}
