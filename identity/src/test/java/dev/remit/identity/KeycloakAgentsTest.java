package dev.remit.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.identity.Authenticator.Authenticated;
import dev.remit.core.identity.Authenticator.Authentication;
import dev.remit.core.identity.Authenticator.Refused;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.Presented;
import dev.remit.core.identity.Presented.Credential;
import dev.remit.core.identity.Presented.Scheme;
import dev.remit.core.identity.TokenAuthority;
import dev.remit.core.identity.WorkloadProof.OfClaims;
import dev.remit.core.release.Release;
import dev.remit.core.value.Value;
import dev.remit.identity.binding.DpopKey;
import dev.remit.identity.binding.DpopProofs;
import dev.remit.identity.binding.Nonces;
import dev.remit.identity.binding.SenderBinding;
import dev.remit.json.Json;
import dev.remit.testkit.people.Keycloak;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A real Keycloak as the issuer of agents. */
@Tag("keycloak")
@EnabledIfSystemProperty(named = "remit.keycloak", matches = ".+")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeycloakAgentsTest {

  private static final String HERE = "https://remit.example/mcp";
  private static final DpopKey KEY = DpopKey.generate(new SplittableRandom(1));
  private static final DpopKey THIEF = DpopKey.generate(new SplittableRandom(2));
  private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
  private static final String TOKEN = "urn:ietf:params:oauth:token-type:access_token";

  private final HttpClient http = HttpClient.newHttpClient();
  private final HttpJwksSource source = new HttpJwksSource(Duration.ofSeconds(10));
  private final DpopProofs proofs = new DpopProofs(new Nonces("r", new SplittableRandom(3)));
  private Keycloak keycloak;
  private OidcAuthenticator authenticator;

  @BeforeAll
  void start() {
    keycloak =
        Keycloak.in(Path.of(System.getProperty("remit.keycloak")))
            .start("http://localhost:8471/signin/callback/");
    var release = release();
    authenticator =
        new OidcAuthenticator(
            List.of(TrustedIssuer.of(issuer(), URI.create(endpoint("certs")), Keycloak.AUDIENCE)),
            () -> release,
            new SenderBinding(proofs),
            source,
            KeyTimes.DEFAULT,
            InstantSource.system());
  }

  @AfterAll
  void stop() {
    if (keycloak != null) {
      keycloak.close();
    }
    source.close();
    http.close();
  }

  private String issuer() {
    return keycloak.issuer(Keycloak.MSP);
  }

  private String endpoint(String name) {
    return issuer() + "/protocol/openid-connect/" + name;
  }

  /** By the client that a token was given to. */
  private Release release() {
    return TestReleases.of(
        List.of(
            TestReleases.agentBy(
                TestReleases.DESK, new OfClaims(issuer(), Map.of("azp", Keycloak.AGENT))),
            TestReleases.agentBy(
                TestReleases.AUDIT, new OfClaims(issuer(), Map.of("azp", Keycloak.EXCHANGER)))));
  }

  private Value.Obj asked(String client, Optional<DpopKey> key, Map<String, String> more) {
    var form = new java.util.TreeMap<>(more);
    form.put("client_id", client);
    form.put("client_secret", Keycloak.SECRET);
    var text =
        form.entrySet().stream()
            .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    var request =
        HttpRequest.newBuilder(URI.create(endpoint("token")))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(text));
    key.ifPresent(one ->
        request.header(
            "DPoP",
            one.proof(
                "POST", endpoint("token"), Optional.empty(), Optional.empty(), Instant.now())));
    try {
      return Json.parseObject(
          http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String token(String client, Optional<DpopKey> key, Map<String, String> more) {
    var answer = asked(client, key, more);
    return answer.text("access_token").orElseThrow(() -> new AssertionError(Json.text(answer)));
  }

  private static Map<String, String> own() {
    return Map.of("grant_type", "client_credentials");
  }

  /** A token of the asking service, exchanged at Keycloak by the agent that it is for. */
  private String exchanged() {
    var subject = token(Keycloak.ASKER, Optional.empty(), own());
    return token(
        Keycloak.EXCHANGER,
        Optional.empty(),
        Map.of(
            "grant_type",
            EXCHANGE,
            "subject_token",
            subject,
            "subject_token_type",
            TOKEN,
            "requested_token_type",
            TOKEN));
  }

  private Authentication shown(String token, DpopKey key) {
    var now = Instant.now();
    var nonce = Optional.of(proofs.nonce(now));
    return authenticator.authenticate(
        new Presented(
            Optional.of(new Credential(Scheme.DPOP, token)),
            Optional.of(key.proof("POST", HERE, Optional.of(token), nonce, now)),
            "POST",
            HERE,
            List.of()),
        now);
  }

  @Test
  void aTokenThatKeycloakBoundToAKeyIsTakenFromItsHolderAlone() {
    var token = token(Keycloak.AGENT, Optional.of(KEY), own());
    assertThat(shown(token, KEY))
        .isInstanceOfSatisfying(
            Authenticated.class,
            told -> {
              var agent = (Caller.Agent) told.caller();
              assertThat(agent.id()).isEqualTo(TestReleases.DESK);
              assertThat(agent.instance().value()).isEqualTo("jkt:" + KEY.thumbprint());
              assertThat(agent.isBound()).isTrue();
            });
    assertThat(shown(token, THIEF)).isInstanceOf(Refused.class);
    assertThat(authenticator.authenticate(Presented.bearer(token, "POST", HERE), Instant.now()))
        .isInstanceOf(Refused.class);
  }

  @Test
  void keycloakGivesTheAgentNoTokenWithoutAProof() {
    var answer = asked(Keycloak.AGENT, Optional.empty(), own());
    assertThat(answer.get("access_token")).isEmpty();
    assertThat(answer.text("error")).isPresent();
  }

  @Test
  void aTokenForAnotherServiceIsNotForUs() {
    var token = token(Keycloak.ASKER, Optional.empty(), own());
    assertThat(authenticator.authenticate(Presented.bearer(token, "POST", HERE), Instant.now()))
        .isInstanceOf(Refused.class);
  }

  @Test
  void aTokenThatKeycloakExchangedIsExchangedForOneThatIsBound() {
    var token = exchanged();
    var rig = new AssertionRig(authenticator);
    assertThat(rig.exchanged(token, Optional.of(AssertionRig.KEY)))
        .isInstanceOfSatisfying(
            TokenAuthority.Proven.class,
            proven -> {
              assertThat(proven.caller().name()).isEqualTo(TestReleases.AUDIT.text());
              assertThat(proven.caller().isBound()).isTrue();
            });
    assertThat(rig.exchanged(token, Optional.empty())).isInstanceOf(TokenAuthority.Unproven.class);
    assertThat(authenticator.authenticate(Presented.bearer(token, "POST", HERE), Instant.now()))
        .as("an agent that must prove a key")
        .isInstanceOf(Refused.class);
  }
}
