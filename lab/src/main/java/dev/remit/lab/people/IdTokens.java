package dev.remit.lab.people;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.PlainHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.remit.lab.http.Refusal;
import dev.remit.lab.oidc.SigningKeys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Set;

/**
 * Id tokens (OpenID Connect Core §2): ES256, five minutes; and such that every client must refuse.
 */
final class IdTokens {
  static final Duration LIFE = Duration.ofMinutes(5);

  /** What can be wrong with one. */
  static final Set<String> FAULTS =
      Set.of(
          "none",
          "no-nonce",
          "other-nonce",
          "other-audience",
          "two-audiences",
          "other-issuer",
          "expired",
          "no-expiry",
          "no-subject",
          "other-key",
          "broken-signature",
          "alg-none",
          "hs256-client-secret",
          "hs256-public-key");

  private final InstantSource clock;
  private final SigningKeys keys;
  private final String clientSecret;

  IdTokens(InstantSource clock, SigningKeys keys, String clientSecret) {
    this.clock = clock;
    this.keys = keys;
    this.clientSecret = clientSecret;
  }

  /** The token for who signed in, with the named fault. */
  String mint(String issuer, AuthorizationRequest request, Account who, Instant at, String fault) {
    JWTClaimsSet.Builder claims = claims(issuer, request, who, at);
    return switch (fault) {
      case "none" -> signed(claims);
      case "no-nonce" -> signed(claims.claim("nonce", null));
      case "other-nonce" -> signed(claims.claim("nonce", "another-nonce"));
      case "other-audience" -> signed(claims.audience("another-client"));
      case "two-audiences" ->
          signed(claims.audience(List.of(request.clientId(), "another-client")));
      case "other-issuer" -> signed(claims.issuer(issuer + "-other"));
      case "expired" -> signed(expired(claims));
      case "no-expiry" -> signed(claims.expirationTime(null));
      case "no-subject" -> signed(claims.subject(null));
      case "other-key" -> SigningKeys.sign(JOSEObjectType.JWT, claims.build(), stranger());
      case "broken-signature" -> broken(signed(claims));
      case "alg-none" ->
          new PlainJWT(new PlainHeader.Builder().type(JOSEObjectType.JWT).build(), claims.build())
              .serialize();
      case "hs256-client-secret" -> hmac(claims.build(), clientSecret);
      case "hs256-public-key" -> hmac(claims.build(), keys.key().toPublicJWK().toJSONString());
      default -> throw Refusal.badRequest("unknown fault `" + fault + "`");
    };
  }

  private JWTClaimsSet.Builder claims(
      String issuer, AuthorizationRequest request, Account who, Instant at) {
    Instant now = clock.instant();
    return new JWTClaimsSet.Builder()
        .issuer(issuer)
        .subject(who.subject())
        .audience(request.clientId())
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plus(LIFE)))
        .claim("auth_time", at.getEpochSecond())
        .claim("nonce", request.nonce())
        .claim("name", who.name())
        .claim("email", who.email())
        .claim("preferred_username", who.email())
        .claim("groups", List.copyOf(who.groups()));
  }

  private JWTClaimsSet.Builder expired(JWTClaimsSet.Builder claims) {
    Instant past = clock.instant().minus(Duration.ofHours(1));
    return claims.issueTime(Date.from(past)).expirationTime(Date.from(past.plus(LIFE)));
  }

  private String signed(JWTClaimsSet.Builder claims) {
    return SigningKeys.sign(JOSEObjectType.JWT, claims.build(), keys.key());
  }

  /** A key that is not ours under our key id. */
  private ECKey stranger() {
    return new ECKey.Builder(SigningKeys.newKey()).keyID(keys.key().getKeyID()).build();
  }

  private static String broken(String token) {
    int at = token.lastIndexOf('.') + 10;
    char other = token.charAt(at) == 'A' ? 'B' : 'A';
    return token.substring(0, at) + other + token.substring(at + 1);
  }

  /** The classic confusions of algorithms. */
  private String hmac(JWTClaimsSet claims, String secret) {
    try {
      JWSHeader header =
          new JWSHeader.Builder(JWSAlgorithm.HS256)
              .type(JOSEObjectType.JWT)
              .keyID(keys.key().getKeyID())
              .build();
      SignedJWT jwt = new SignedJWT(header, claims);
      jwt.sign(new MACSigner(secret.getBytes(StandardCharsets.UTF_8)));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
