package dev.remit.identity;

import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.Authenticator.Authenticated;
import dev.remit.core.identity.Authenticator.Authentication;
import dev.remit.core.identity.Authenticator.NonceNeeded;
import dev.remit.core.identity.Authenticator.Refused;
import dev.remit.core.identity.Authenticator.Unavailable;
import dev.remit.core.identity.ClientKey;
import dev.remit.core.identity.Presented;
import dev.remit.core.identity.TokenAuthority;
import dev.remit.core.identity.TokenAuthority.Statement;
import dev.remit.core.identity.TokenKeys;
import dev.remit.core.identity.WorkloadProof.OfKeys;
import dev.remit.core.release.Release;
import dev.remit.core.value.Value;
import dev.remit.identity.binding.DpopKey;
import dev.remit.identity.binding.DpopProofs;
import dev.remit.identity.binding.Nonces;
import dev.remit.identity.secret.KeySeal;
import dev.remit.identity.token.TaskTokenAuthority;
import dev.remit.identity.token.TaskTokenKeys;
import dev.remit.identity.token.TaskTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** A token endpoint to which agents come that sign for themselves. */
final class AssertionRig {

  static final String ENDPOINT = "https://remit.example/oauth2/token";
  static final String ISSUER = "https://remit.example";
  static final String CLIENT = "harbor-desk";
  static final TestKey FIRST = TestKey.ec("first");
  static final TestKey NEXT = TestKey.ed25519("next");
  static final TestKey RSA = TestKey.rsa("rsa", 2048);
  static final DpopKey KEY = DpopKey.generate(new SplittableRandom(1));
  static final DpopKey THIEF = DpopKey.generate(new SplittableRandom(2));

  private static final AgentId DESK = TestReleases.DESK;

  final TestClock clock = new TestClock();
  final DpopProofs proofs = new DpopProofs(new Nonces("replica-1", new SplittableRandom(1)));
  Supplier<Release> release = () -> of(client(DESK, CLIENT, FIRST, NEXT, RSA));
  final TokenAuthority authority;

  AssertionRig() {
    this(List.of());
  }

  /** One that takes tokens of an issuer, too, at the time that it is. */
  AssertionRig(OidcAuthenticator issuer) {
    this(List.of(issuer));
    clock.passes(Duration.between(clock.instant(), Instant.now()));
  }

  private AssertionRig(List<WorkloadTokens> issuers) {
    var keys =
        new TaskTokenKeys(new Kept(), new KeySeal(new byte[32]), clock, new SplittableRandom(4));
    keys.refresh();
    authority =
        new TaskTokenAuthority(
            new TaskTokens(keys, "urn:remit:a", new SplittableRandom(3)),
            proofs,
            issuers,
            (presented, at) -> new Refused("no certificate is believed here"),
            new ClientAssertions(new WorkloadIndex(() -> release.get())));
  }

  /** One class that is this client, with keys of which the first one is on its way out. */
  static AgentClass client(AgentId agent, String client, TestKey... keys) {
    var stated = new ArrayList<ClientKey>();
    for (var key : keys) {
      stated.add(
          key.equals(FIRST)
              ? stated(key, Duration.ofDays(-30), Duration.ofHours(1))
              : stated(key, Duration.ofHours(-1), Duration.ofDays(30)));
    }
    return TestReleases.agentBy(agent, new OfKeys(client, stated));
  }

  static ClientKey stated(TestKey key, Duration from, Duration until) {
    return new ClientKey(key.jwk(), TestToken.NOW.plus(from), TestToken.NOW.plus(until));
  }

  static Release of(AgentClass... classes) {
    return TestReleases.of(List.of(classes));
  }

  /** An assertion that is right in everything. */
  static TestToken assertion() {
    return assertion(FIRST, "ES256");
  }

  static TestToken assertion(TestKey key, String alg) {
    var claims =
        Value.object(
            "iss",
            CLIENT,
            "sub",
            CLIENT,
            "aud",
            ISSUER,
            "iat",
            TestToken.NOW.getEpochSecond(),
            "exp",
            TestToken.NOW.getEpochSecond() + 60,
            "jti",
            "a-1");
    var header =
        Value.object(
            "alg",
            alg,
            "typ",
            "client-authentication+jwt",
            "kid",
            key.jwk().text("kid").orElseThrow());
    return new TestToken(key, header, claims);
  }

  Authentication shown(String assertion) {
    return shown(assertion, Optional.of(CLIENT), Optional.of(proof(KEY)), ENDPOINT);
  }

  Authentication shown(
      String assertion, Optional<String> client, Optional<String> proof, String endpoint) {
    var statement = new Statement(Statement.Kind.ASSERTION, assertion, client);
    var presented = new Presented(Optional.empty(), proof, "POST", endpoint, List.of());
    return switch (authority.prove(presented, Optional.of(statement), now())) {
      case TokenAuthority.Proven(var caller, var _) -> new Authenticated(caller);
      case TokenAuthority.Unproven(String _, String detail) -> new Refused(detail);
      case TokenAuthority.NonceNeeded(String nonce) -> new NonceNeeded(nonce);
      case TokenAuthority.Unavailable(String detail) -> new Unavailable(detail);
    };
  }

  /** A workload's token, shown with a proof of this key. */
  TokenAuthority.Proof exchanged(String token, Optional<DpopKey> key) {
    return authority.prove(
        new Presented(Optional.empty(), key.map(this::proof), "POST", ENDPOINT, List.of()),
        Optional.of(new Statement(Statement.Kind.TOKEN, token)),
        now());
  }

  String proof(DpopKey key) {
    return key.proof("POST", ENDPOINT, Optional.empty(), Optional.of(proofs.nonce(now())), now());
  }

  Instant now() {
    return clock.instant();
  }

  /** Keys of task tokens, in memory. */
  private static final class Kept implements TokenKeys {
    private final List<Stored> all = new ArrayList<>();

    @Override
    public List<Stored> all() {
      return List.copyOf(all);
    }

    @Override
    public void add(Stored key, Instant after) {
      all.add(key);
    }

    @Override
    public void sweep(Instant deadBefore) {
      all.removeIf(key -> key.verifiesUntil().isBefore(deadBefore));
    }
  }
}
