package dev.remit.identity;

import static dev.remit.identity.TestReleases.AUDIT;
import static dev.remit.identity.TestReleases.DESK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.identity.Authenticator.Authenticated;
import dev.remit.core.identity.Authenticator.Refused;
import dev.remit.core.identity.Authenticator.Unavailable;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.WorkloadProof.OfRemit;
import dev.remit.core.release.Releases;
import dev.remit.core.tenant.Environment;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OidcAuthenticatorTest {

  private static final TestKey EC = TestKey.ec("ec");
  private static final TestKey RSA = TestKey.rsa("rsa", 2048);
  private static final TestKey ED = TestKey.ed25519("ed");

  private final AuthenticatorFixture fixture = new AuthenticatorFixture(EC, RSA, ED);

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aGoodTokenProvesTheOneAgentItsSubjectIs() {
    assertThat(fixture.authenticate(TestToken.by(EC).text()))
        .isInstanceOfSatisfying(
            Authenticated.class,
            proven -> {
              var agent = (Caller.Agent) proven.caller();
              assertThat(agent.id()).isEqualTo(DESK);
              assertThat(agent.isBound()).isFalse();
              assertThat(agent.instance().value()).matches("unbound:[0-9a-f]{32}");
              assertThat(agent.expiresAt()).isEqualTo(TestToken.NOW.plusSeconds(630));
            });
  }

  @Test
  void noTokenIsEverRemitItself() {
    var workloads =
        Workloads.of(TestReleases.of(List.of(TestReleases.agentBy(DESK, new OfRemit()))));
    assertThat(workloads.find("", "", Value.Obj.EMPTY)).isEmpty();
    assertThat(workloads.find("remit:automation", "", Value.Obj.EMPTY)).isEmpty();
    assertThat(workloads.find(TestToken.ISSUER, "remit", Value.Obj.EMPTY)).isEmpty();
  }

  @Test
  void aGoodTokenProvesTheOneOrchestratorItsSubjectIs() {
    assertThat(fixture.authenticate(TestToken.by(EC).claim("sub", "dispatcher-1").text()))
        .isInstanceOfSatisfying(
            Authenticated.class,
            proven -> assertThat(proven.caller().name()).isEqualTo("orchestrator/dispatcher"));
  }

  @Test
  void everyAlgorithmOfTheIssuerWorksWithItsOwnKindOfKey() {
    for (var token :
        List.of(
            TestToken.by(EC, "ES256"),
            TestToken.by(RSA, "RS256"),
            TestToken.by(RSA, "PS256"),
            TestToken.by(ED, "EdDSA"),
            TestToken.by(ED, "Ed25519"),
            TestToken.by(EC).header("typ", "application/at+jwt"),
            TestToken.by(EC).claim("aud", List.of(TestToken.AUDIENCE)))) {
      assertThat(fixture.authenticate(token.text())).isInstanceOf(Authenticated.class);
    }
  }

  @Test
  void copiesOfOneUnboundAgentAreOneInstanceAndOtherSubjectsAreOthers() {
    var first = instance(TestToken.by(EC).text());
    assertThat(instance(TestToken.by(RSA, "RS256").claim("jti", "2").text())).isEqualTo(first);
    assertThat(instance(TestToken.by(EC).claim("sub", "dispatcher-1").text())).isNotEqualTo(first);
  }

  @Test
  void aPlainTypeIsTakenOnlyFromAnIssuerThatIsAllowedTo() {
    try (var lenient =
        new AuthenticatorFixture(Duration.ofSeconds(5), TrustedIssuer::withPlainType, EC)) {
      assertThat(lenient.authenticate(TestToken.by(EC).header("typ", "JWT").text()))
          .isInstanceOf(Authenticated.class);
      assertThat(lenient.authenticate(TestToken.by(EC).header("typ", "id+jwt").text()))
          .isInstanceOf(Refused.class);
    }
  }

  @Test
  void anAlgorithmThatTheIssuerDoesNotUseIsRefusedEvenIfItsKeyFits() {
    try (var narrow =
        new AuthenticatorFixture(
            Duration.ofSeconds(5),
            issuer -> issuer.withAlgorithms(Set.of(SigningAlgorithm.ES256)),
            EC,
            RSA)) {
      assertThat(narrow.authenticate(TestToken.by(EC).text())).isInstanceOf(Authenticated.class);
      assertThat(narrow.authenticate(TestToken.by(RSA, "RS256").text()))
          .isEqualTo(new Refused("the token's algorithm is not the issuer's"));
    }
  }

  @Test
  void aKeyOfALabIsBelievedFromALabOnly() {
    var key = TestKey.ec("lab-1");
    var timeout = Duration.ofSeconds(5);
    try (var lab = new AuthenticatorFixture(timeout, TrustedIssuer::asLab, key, EC);
        var real = new AuthenticatorFixture(timeout, issuer -> issuer, key, EC)) {
      assertThat(lab.authenticate(TestToken.by(key).text())).isInstanceOf(Authenticated.class);
      assertThat(real.authenticate(TestToken.by(EC).text())).isInstanceOf(Authenticated.class);
      assertThat(real.authenticate(TestToken.by(key).text())).isInstanceOf(Refused.class);
    }
  }

  @Test
  void aRememberedTokenExpires() {
    String token = TestToken.by(EC).text();
    assertThat(fixture.authenticate(token)).isInstanceOf(Authenticated.class);
    fixture.clock.passes(Duration.ofSeconds(629));
    assertThat(fixture.authenticate(token)).isInstanceOf(Authenticated.class);
    fixture.clock.passes(Duration.ofSeconds(1));
    assertThat(fixture.authenticate(token)).isEqualTo(new Refused("the token has expired"));
  }

  @Test
  void aRememberedTokenOfASubjectThatIsNoLongerRegisteredIsRefused() {
    String token = TestToken.by(EC).text();
    assertThat(fixture.authenticate(token)).isInstanceOf(Authenticated.class);
    fixture.release = () -> TestReleases.of(List.of());
    assertThat(fixture.authenticate(token))
        .isEqualTo(new Refused("the token's subject is not registered"));
  }

  @Test
  void aSubjectIsKnownOnlyTogetherWithItsIssuer() {
    fixture.release =
        () ->
            TestReleases.of(
                List.of(TestReleases.agentOf("https://other.example", DESK, TestToken.SUBJECT)));
    assertThat(fixture.authenticate(TestToken.by(EC).text()))
        .isEqualTo(new Refused("the token's subject is not registered"));
  }

  @Test
  void aSubjectThatIsTwoWorkloadsIsNone() {
    var twice = new Refused("the token's subject is registered more than once");
    var desk = TestReleases.agent(DESK, TestToken.SUBJECT);
    fixture.release =
        () -> TestReleases.of(List.of(desk, TestReleases.agent(AUDIT, TestToken.SUBJECT)));
    assertThat(fixture.authenticate(TestToken.by(EC).text())).isEqualTo(twice);
    fixture.release =
        () -> TestReleases.of(List.of(desk), TestReleases.orchestrator("o", TestToken.SUBJECT));
    assertThat(fixture.authenticate(TestToken.by(EC).text())).isEqualTo(twice);
  }

  @Test
  void withoutAPolicyNobodyIsProvenOrRefused() {
    fixture.release =
        () -> {
          throw new Releases.PolicyUnavailableException("none is active");
        };
    assertThat(fixture.authenticate(TestToken.by(EC).text())).isInstanceOf(Unavailable.class);
  }

  @Test
  void anyChangedCharacterOfATokenIsRefused() {
    String token = TestToken.by(EC).text();
    assertThat(fixture.authenticate(token)).isInstanceOf(Authenticated.class);
    for (int i = 0; i < token.length(); i++) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      String changed = token.substring(0, i) + other + token.substring(i + 1);
      assertThat(fixture.authenticate(changed)).as("at " + i).isInstanceOf(Refused.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://issuer.example/jwks",
        "ftp://issuer.example/jwks",
        "file:///etc/passwd",
        "/jwks",
        "http://127.0.0.1.example/jwks",
        "mailto:a@b.example"
      })
  void keysAreOnlyTakenFromASafeAddress(String address) {
    assertThatThrownBy(() -> TrustedIssuer.of("https://i.example", URI.create(address), "a"))
        .isInstanceOf(InvalidValueException.class);
  }

  @Test
  void anIssuerThatSaysTooLittleOrTooMuchIsNotTrusted() {
    var at = URI.create("https://i.example/jwks");
    assertThatThrownBy(() -> TrustedIssuer.of("", at, "a"))
        .isInstanceOf(InvalidValueException.class);
    assertThatThrownBy(() -> TrustedIssuer.of("https://i.example", at, " "))
        .isInstanceOf(InvalidValueException.class);
    assertThatThrownBy(
            () -> TrustedIssuer.of("https://i.example", at, "a").withAlgorithms(Set.of()))
        .isInstanceOf(InvalidValueException.class);
    assertThatThrownBy(() ->
            new TrustedIssuer(
                "i",
                at,
                "a",
                SigningAlgorithm.ALL,
                Duration.ofHours(2),
                false,
                false,
                Set.of(Environment.TEST)))
        .isInstanceOf(InvalidValueException.class);
    assertThatThrownBy(() -> SigningAlgorithm.parse("HS256"))
        .isInstanceOf(InvalidValueException.class);
  }

  private String instance(String token) {
    return ((Authenticated) fixture.authenticate(token)).caller().instance().value();
  }
}
