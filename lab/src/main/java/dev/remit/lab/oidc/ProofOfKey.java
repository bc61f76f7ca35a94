package dev.remit.lab.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.remit.lab.http.Refusal;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;

/**
 * Proofs of a key at the token endpoint (RFC 9449, section 5): ES256 on P-256, each taken once. The
 * lab's issuer asks for no nonce. Thread safe.
 */
final class ProofOfKey {
  private static final JOSEObjectType TYPE = new JOSEObjectType("dpop+jwt");
  private static final Duration SKEW = Duration.ofMinutes(1);
  private final InstantSource clock;
  private final Map<String, Instant> spent = new HashMap<>(); // guarded by this

  ProofOfKey(InstantSource clock) {
    this.clock = clock;
  }

  /** The thumbprint of the key (RFC 7638) that the proof for this request was made with. */
  String thumbprint(String proof, String uri) {
    try {
      SignedJWT jwt = SignedJWT.parse(proof);
      ECKey key = key(jwt);
      check(
          jwt.verify(new ECDSAVerifier(key)) && isFor(uri, jwt.getJWTClaimsSet()),
          "it is not for this request");
      String thumbprint = key.computeThumbprint().toString();
      spend(thumbprint + " " + jwt.getJWTClaimsSet().getJWTID());
      return thumbprint;
    } catch (ParseException | JOSEException e) {
      throw wrong("it is no signed JWT");
    }
  }

  private static ECKey key(SignedJWT jwt) {
    JWK jwk = jwt.getHeader().getJWK();
    check(
        TYPE.equals(jwt.getHeader().getType())
            && JWSAlgorithm.ES256.equals(jwt.getHeader().getAlgorithm())
            && jwk instanceof ECKey key
            && key.getCurve().equals(Curve.P_256)
            && !key.isPrivate(),
        "its header is not that of a proof with a key on P-256");
    return jwk.toECKey();
  }

  private boolean isFor(String uri, JWTClaimsSet claims) throws ParseException {
    Date made = claims.getIssueTime();
    String id = claims.getJWTID();
    return "POST".equals(claims.getStringClaim("htm"))
        && uri.equals(claims.getStringClaim("htu"))
        && id != null
        && !id.isEmpty()
        && made != null
        && Duration.between(made.toInstant(), clock.instant()).abs().compareTo(SKEW) <= 0;
  }

  private synchronized void spend(String name) {
    Instant now = clock.instant();
    spent.values().removeIf(until -> until.isBefore(now));
    check(spent.putIfAbsent(name, now.plus(SKEW).plus(SKEW)) == null, "it came before");
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw wrong(otherwise);
    }
  }

  private static Refusal wrong(String why) {
    return new Refusal(400, "invalid_dpop_proof", "the header `DPoP` holds no proof: " + why);
  }
}
