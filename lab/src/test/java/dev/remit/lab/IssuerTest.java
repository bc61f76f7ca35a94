package dev.remit.lab;

import static dev.remit.lab.TestLab.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IssuerTest {
  private static final String AGENT = "service-desk.harbor-dental.production.change";
  private static final String AUDIENCE = "http://127.0.0.1:8470/mcp";
  private TestLab lab;

  @BeforeEach
  void reset() {
    lab = TestLab.shared();
  }

  private HttpResponse<String> ask(String subject, String form) {
    Object secret = lab.part("oidc", "clients").get(subject);
    return lab.form(lab.text("oidc", "tokenUrl"), subject, secret + "", form);
  }

  private String token(String subject) {
    return object(
                ask(subject, "grant_type=client_credentials&resource=" + TestLab.encode(AUDIENCE)))
            .get("access_token")
        + "";
  }

  private JWTClaimsSet verify(String token) throws Exception {
    HttpRequest.Builder keys = HttpRequest.newBuilder(URI.create(lab.text("oidc", "jwksUri")));
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt")));
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(
            JWSAlgorithm.ES256, new ImmutableJWKSet<>(JWKSet.parse(lab.send(keys).body()))));
    processor.setJWTClaimsSetVerifier(
        new DefaultJWTClaimsVerifier<>(
            AUDIENCE,
            new JWTClaimsSet.Builder().issuer(lab.text("oidc", "issuer")).build(),
            Set.of("sub", "exp", "iat", "jti")));
    return processor.process(token, null);
  }

  @Test
  void aTokenOfTheIssuerVerifies() throws Exception {
    JWTClaimsSet claims = verify(token(AGENT));
    assertThat(claims.getSubject()).isEqualTo(AGENT);
    assertThat(claims.getExpirationTime().toInstant())
        .isEqualTo(claims.getIssueTime().toInstant().plusSeconds(600));
  }

  @Test
  void everyKnownAgentHasAnIdentityOfItsOwn() {
    assertThat(lab.part("oidc", "clients").keySet())
        .containsExactlyInAnyOrderElementsOf(Agents.all());
    assertThat(lab.part("oidc", "clients").values()).doesNotHaveDuplicates();
  }

  @Test
  void discoveryLeadsToTheKeys() {
    URI uri = URI.create(lab.text("oidc", "issuer") + "/.well-known/openid-configuration");
    assertThat(object(lab.send(HttpRequest.newBuilder(uri))))
        .containsEntry("issuer", lab.text("oidc", "issuer"))
        .containsEntry("jwks_uri", lab.text("oidc", "jwksUri"));
  }

  @Test
  void theKeysAreThePublicPartsOnly() {
    String keys = lab.send(HttpRequest.newBuilder(URI.create(lab.text("oidc", "jwksUri")))).body();
    assertThat(keys).contains("\"x\"").doesNotContain("\"d\"");
  }

  @Test
  void nobodyGetsATokenOfAnother() {
    String other = lab.part("oidc", "clients").get("dispatcher") + "";
    String form = "grant_type=client_credentials&resource=x";
    String url = lab.text("oidc", "tokenUrl");
    assertThat(lab.form(url, AGENT, other, form).statusCode()).isEqualTo(401);
    assertThat(lab.form(url, AGENT, "", form).statusCode()).isEqualTo(401);
    assertThat(lab.form(url, "nobody", other, form).statusCode()).isEqualTo(401);
    assertThat(ask(AGENT, "grant_type=client_credentials").statusCode()).isEqualTo(400);
    assertThat(ask(AGENT, "grant_type=authorization_code&resource=x").statusCode()).isEqualTo(400);
    assertThat(ask(AGENT, form + "&resource=y").statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "expired", "not-yet-valid", "no-expiry", "no-subject", "no-audience", "other-audience",
        "other-issuer", "other-typ", "other-kid", "other-key", "broken-signature", "alg-none",
        "hs256-public-key"
      })
  void aFaultyTokenDoesNotVerify(String fault) {
    assertThatThrownBy(() -> verify(mint(fault))).isInstanceOf(Exception.class);
  }

  @Test
  void aTokenMintedWithoutFaultVerifies() throws Exception {
    assertThat(verify(mint("none")).getSubject()).isEqualTo(AGENT);
  }

  private String mint(String fault) {
    String json =
        "{\"subject\":\"%s\",\"audience\":\"%s\",\"fault\":\"%s\"}"
            .formatted(AGENT, AUDIENCE, fault);
    return object(lab.control("POST", "/v1/tokens", json)).get("token") + "";
  }

  @Test
  void anOldKeyVerifiesUntilItIsDropped() throws Exception {
    String old = token(AGENT);
    lab.control("POST", "/v1/keys/rotate", "{}");
    assertThat(verify(old).getSubject()).isEqualTo(AGENT);
    assertThat(verify(token(AGENT)).getSubject()).isEqualTo(AGENT);
    lab.control("POST", "/v1/keys/rotate", "{\"drop\":true}");
    assertThatThrownBy(() -> verify(old)).isInstanceOf(Exception.class);
    assertThat(verify(token(AGENT)).getSubject()).isEqualTo(AGENT);
  }
}
