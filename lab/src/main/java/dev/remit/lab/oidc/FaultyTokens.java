package dev.remit.lab.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.remit.lab.http.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;

/** Tokens that every verifier must refuse, each wrong in one way. */
public final class FaultyTokens {
  private final Issuer issuer;

  public FaultyTokens(Issuer issuer) {
    this.issuer = issuer;
  }

  /**
   * Makes a token with the named fault; `none` makes a proper one.
   *
   * @param thumbprint of the key that it is bound to; empty for a bearer's
   */
  public String mint(String subject, String audience, String fault, Optional<String> thumbprint) {
    JWTClaimsSet.Builder claims = issuer.claims(subject, audience, thumbprint);
    Instant past = Instant.now().minusSeconds(3600);
    return switch (fault) {
      case "none" -> signed(claims);
      case "expired" ->
          signed(
              claims.issueTime(Date.from(past)).expirationTime(Date.from(past.plusSeconds(600))));
      case "not-yet-valid" -> {
        Date later = Date.from(Instant.now().plusSeconds(1800));
        yield signed(
            claims
                .notBeforeTime(later)
                .issueTime(later)
                .expirationTime(Date.from(later.toInstant().plusSeconds(600))));
      }
      case "no-expiry" -> signed(claims.expirationTime(null));
      case "no-subject" -> signed(claims.subject(null));
      case "no-audience" -> signed(claims.audience((String) null));
      case "other-audience" -> signed(claims.audience("https://other.example/mcp"));
      case "other-issuer" -> signed(claims.issuer("https://issuer.example"));
      case "other-typ" -> SigningKeys.sign(JOSEObjectType.JWT, claims.build(), issuer.key());
      case "other-kid" ->
          SigningKeys.sign(Issuer.ACCESS_TOKEN, claims.build(), SigningKeys.newKey());
      case "other-key" -> SigningKeys.sign(Issuer.ACCESS_TOKEN, claims.build(), stranger());
      case "broken-signature" -> broken(signed(claims));
      case "alg-none" -> unsigned(claims.build());
      case "hs256-public-key" -> hmac(claims.build());
      default -> throw Refusal.badRequest("unknown fault `" + fault + "`");
    };
  }

  private String signed(JWTClaimsSet.Builder claims) {
    return SigningKeys.sign(Issuer.ACCESS_TOKEN, claims.build(), issuer.key());
  }

  /** A key that is not ours under our key id. */
  private ECKey stranger() {
    return new ECKey.Builder(SigningKeys.newKey()).keyID(issuer.key().getKeyID()).build();
  }

  private static String broken(String token) {
    int dot = token.lastIndexOf('.');
    byte[] signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
    signature[5] ^= 1;
    return token.substring(0, dot + 1)
        + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
  }

  private static String unsigned(JWTClaimsSet claims) {
    com.nimbusds.jose.PlainHeader header =
        new com.nimbusds.jose.PlainHeader.Builder().type(Issuer.ACCESS_TOKEN).build();
    return new PlainJWT(header, claims).serialize();
  }

  /** HMAC with the text of our public key as secret: the classic confusion of algorithms. */
  private String hmac(JWTClaimsSet claims) {
    try {
      byte[] secret = issuer.key().toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);
      JWSHeader header =
          new JWSHeader.Builder(JWSAlgorithm.HS256)
              .type(Issuer.ACCESS_TOKEN)
              .keyID(issuer.key().getKeyID())
              .build();
      SignedJWT jwt = new SignedJWT(header, claims);
      jwt.sign(new MACSigner(secret));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
