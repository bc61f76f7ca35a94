package dev.remit.lab;

import static dev.remit.lab.TestLab.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens that are bound to the key which the workload proves at the token endpoint. */
class BoundTokenTest {
  private static final String AGENT = "service-desk.harbor-dental.production.observe";
  private static final ECKey KEY = key();
  private TestLab lab;

  @BeforeEach
  void reset() {
    lab = TestLab.shared();
  }

  private static ECKey key() {
    try {
      return new ECKeyGenerator(Curve.P_256).generate();
    } catch (com.nimbusds.jose.JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpResponse<String> ask(String... proofs) {
    var request =
        HttpRequest.newBuilder(URI.create(lab.text("oidc", "tokenUrl")))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "grant_type=client_credentials&resource=remit&client_id="
                        + AGENT
                        + "&client_secret="
                        + lab.part("oidc", "clients").get(AGENT)));
    for (String proof : proofs) {
      request.header("DPoP", proof);
    }
    return lab.send(request);
  }

  private JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .jwtID(UUID.randomUUID().toString())
        .issueTime(Date.from(Instant.now()))
        .claim("htm", "POST")
        .claim("htu", lab.text("oidc", "tokenUrl"));
  }

  private static String signed(String type, ECKey shown, JWTClaimsSet claims) throws Exception {
    var header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .type(new JOSEObjectType(type))
            .jwk(shown.toPublicJWK())
            .build();
    var jwt = new SignedJWT(header, claims);
    jwt.sign(new ECDSASigner(KEY));
    return jwt.serialize();
  }

  private String proof(UnaryOperator<JWTClaimsSet.Builder> change) throws Exception {
    return signed("dpop+jwt", KEY, change.apply(claims()).build());
  }

  @Test
  void aTokenIsBoundToTheKeyThatWasProved() throws Exception {
    var answer = object(ask(proof(c -> c)));
    assertThat(answer).containsEntry("token_type", "DPoP");
    var token = SignedJWT.parse(answer.get("access_token") + "").getJWTClaimsSet();
    assertThat(token.getJSONObjectClaim("cnf"))
        .containsExactly(
            org.assertj.core.api.Assertions.entry("jkt", KEY.computeThumbprint().toString()));
  }

  @Test
  void withoutAProofTheTokenIsABearers() throws Exception {
    var answer = object(ask());
    assertThat(answer).containsEntry("token_type", "Bearer");
    assertThat(SignedJWT.parse(answer.get("access_token") + "").getJWTClaimsSet().getClaim("cnf"))
        .isNull();
  }

  @Test
  void aProofThatDoesNotHoldGivesNoToken() throws Exception {
    var past = Date.from(Instant.now().minusSeconds(90));
    for (String wrong :
        new String[] {
          "",
          "x",
          proof(c -> c.claim("htm", "GET")),
          proof(c -> c.claim("htu", "http://127.0.0.1:1/token")),
          proof(c -> c.issueTime(past)),
          proof(c -> c.issueTime(null)),
          proof(c -> c.jwtID(null)),
          signed("JWT", KEY, claims().build()),
          signed("dpop+jwt", key(), claims().build()),
        }) {
      var answer = ask(wrong);
      assertThat(answer.statusCode()).as(wrong).isEqualTo(400);
      assertThat(object(answer)).containsEntry("error", "invalid_dpop_proof");
    }
  }

  @Test
  void aProofComesOnceAndAlone() throws Exception {
    var proof = proof(c -> c);
    assertThat(ask(proof).statusCode()).isEqualTo(200);
    assertThat(ask(proof).statusCode()).isEqualTo(400);
    assertThat(ask(proof(c -> c), proof(c -> c)).statusCode()).isEqualTo(400);
  }
}
