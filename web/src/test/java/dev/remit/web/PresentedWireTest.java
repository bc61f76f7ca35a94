package dev.remit.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.identity.Presented.Credential;
import dev.remit.core.identity.Presented.Scheme;
import dev.remit.core.value.Value;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the machines' listener hands on of a request: one token, one proof, one address. */
final class PresentedWireTest {

  private static final Rig RIG = new Rig();
  private static final String PROOF = "eyJhIjoxfQ.eyJiIjoxfQ.c2ln";

  @AfterAll
  static void stop() {
    RIG.close();
  }

  @BeforeEach
  void forget() {
    RIG.shown.clear();
  }

  private static Rig.Reply task(Map<String, String> headers) {
    return RIG.get(URI.create(RIG.web.machinesUrl() + "/v1/tasks/t1?x=1"), headers);
  }

  @Test
  void aProofGoesOnWithMethodAndAddress() {
    task(Map.of("Authorization", "DPoP agent-one", "DPoP", PROOF));
    var shown = RIG.shown.getLast();
    assertThat(shown.credential()).contains(new Credential(Scheme.DPOP, "agent-one"));
    assertThat(shown.proof()).contains(PROOF);
    assertThat(shown.method()).isEqualTo("GET");
    assertThat(shown.uri()).isEqualTo(RIG.web.machinesUrl() + "/v1/tasks/t1");
    assertThat(shown.certificates()).isEmpty();
    assertThat(shown.toString()).doesNotContain("agent-one").doesNotContain(PROOF);
  }

  @Test
  void aTokenWithoutProofGoesOnWithoutOne() {
    task(Map.of("Authorization", "dpop agent-one"));
    assertThat(RIG.shown.getLast().proof()).isEqualTo(Optional.empty());
    assertThat(RIG.shown.getLast().credential()).contains(new Credential(Scheme.DPOP, "agent-one"));
  }

  @Test
  void aNonceIsAskedForWithItsName() {
    var reply = task(Map.of("Authorization", "DPoP needs-nonce", "DPoP", PROOF));
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.header("DPoP-Nonce")).isEqualTo("nonce-of-this-replica");
    assertThat(reply.header("WWW-Authenticate"))
        .startsWith("DPoP algs=\"ES256 ")
        .endsWith("error=\"use_dpop_nonce\"");
  }

  @Test
  void aRefusalIsInTheSchemeThatWasShown() {
    assertThat(task(Map.of("Authorization", "DPoP x", "DPoP", PROOF)).header("WWW-Authenticate"))
        .startsWith("DPoP algs=")
        .endsWith("error=\"invalid_token\"");
    assertThat(task(Map.of("Authorization", "Bearer x")).header("WWW-Authenticate"))
        .startsWith("Bearer resource_metadata=")
        .endsWith("error=\"invalid_token\"");
    assertThat(task(Map.of()).header("WWW-Authenticate"))
        .contains("Bearer resource_metadata=", ", DPoP algs=")
        .doesNotContain("error=");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "a.b", "a.b.c.d", "a.b.c,d.e.f", "a.b.c d.e.f", "a.b.c==", "a..c"})
  void aProofThatIsNotOneJwtIsRefused(String proof) {
    var reply = task(Map.of("Authorization", "DPoP agent-one", "DPoP", proof));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(RIG.shown).isEmpty();
  }

  @Test
  void twoProofsAreRefused() {
    try (var raw = new Raw(RIG.web.machinesUrl())) {
      raw.send(
          "GET /v1/tasks/t1 HTTP/1.1\r\nHost: localhost\r\nAuthorization: DPoP agent-one\r\n"
              + "DPoP: "
              + PROOF
              + "\r\nDPoP: "
              + PROOF
              + "\r\n\r\n");
      assertThat(raw.status()).isEqualTo(400);
    }
    assertThat(RIG.shown).isEmpty();
  }

  @Test
  void aProofBesideABearerTokenIsRefused() {
    var reply = task(Map.of("Authorization", "Bearer agent-one", "DPoP", PROOF));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(RIG.shown).isEmpty();
  }

  @Test
  void theMetadataNamesWhatProofsAreSignedWith() {
    var reply =
        RIG.get(
            URI.create(RIG.web.machinesUrl() + "/.well-known/oauth-protected-resource"), Map.of());
    assertThat(reply.json().items("dpop_signing_alg_values_supported"))
        .contains(Value.of("ES256"), Value.of("EdDSA"));
  }
}
