package dev.remit.identity.binding;

import dev.remit.core.call.Sha256;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.identity.CompactToken;
import dev.remit.identity.SigningAlgorithm;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Checks proofs of possession (RFC 9449, section 4.3), each good for one request.
 *
 * <p>Every proof names a nonce of this replica; that makes it fresh whatever the client's clock
 * says, and lets this replica alone remember that it came. What is cheap is asked before what is
 * dear, and the signature before anything is remembered.
 */
public final class DpopProofs {

  /** How far the client's clock may be off, either way. */
  static final Duration CLOCK = Duration.ofSeconds(60);

  private static final int MOST_SPENT = 500_000;
  private static final int LONGEST_ID = 128;
  private static final List<String> REFUSED =
      List.of("kid", "jku", "x5u", "x5c", "x5t", "x5t#S256", "crit", "b64", "zip", "enc");

  private final Nonces nonces;
  private final ProofKeys keys = new ProofKeys();
  private final SpentProofs spent;

  public DpopProofs(Nonces nonces) {
    this(nonces, MOST_SPENT);
  }

  DpopProofs(Nonces nonces, int mostSpent) {
    this.nonces = nonces;
    this.spent = new SpentProofs(mostSpent);
  }

  /** What became of a proof. */
  public sealed interface Checked {}

  /** The sender holds the key with this thumbprint. */
  public record Holds(String thumbprint) implements Checked {}

  /** It proves nothing. */
  public record Wrong(String detail) implements Checked {}

  /** It must be made again with this nonce. */
  public record Again(String nonce) implements Checked {}

  /**
   * Checks the proof of one request.
   *
   * @param token the access token that it must be made for; empty at the token endpoint
   * @param thumbprint the key that it must be of, where that is known
   */
  public Checked check(
      String proof,
      String method,
      String uri,
      Optional<String> token,
      Optional<String> thumbprint,
      Instant now) {
    try {
      return checked(CompactToken.parse(proof), method, uri, token, thumbprint, now);
    } catch (InvalidValueException e) {
      return new Wrong("the proof: " + e.getMessage());
    }
  }

  /** The nonce that a proof of this moment must name. */
  public String nonce(Instant now) {
    return nonces.at(now);
  }

  private Checked checked(
      CompactToken proof,
      String method,
      String uri,
      Optional<String> token,
      Optional<String> expected,
      Instant now) {
    var algorithm = algorithm(proof.header());
    var jwk =
        proof
            .header()
            .object("jwk")
            .orElseThrow(() -> new InvalidValueException("its header has no key"));
    String thumbprint = ProofKeys.thumbprint(jwk);
    if (expected.isPresent() && !isSame(expected.get(), thumbprint)) {
      return new Wrong("the proof is of another key than the token's");
    }
    requireRequest(proof.claims(), method, uri);
    requireToken(proof.claims(), token);
    String id = id(proof.claims());
    var slot =
        proof
            .claims()
            .text("nonce")
            .map(nonce -> nonces.slotOf(nonce, now))
            .orElse(java.util.OptionalLong.empty());
    if (slot.isEmpty()) {
      return new Again(nonces.at(now));
    }
    requireClock(proof.claims(), now);
    var key = keys.key(thumbprint, jwk);
    if (key.isEmpty() || !key.get().algorithms().contains(algorithm)) {
      return new Wrong("the proof's key is too weak, or not for its algorithm");
    }
    if (!proof.isSignedBy(key.get().key(), algorithm)) {
      return new Wrong("the proof's signature is wrong");
    }
    return switch (spent.spend(thumbprint, id, slot.getAsLong(), now)) {
      case FIRST -> new Holds(thumbprint);
      case AGAIN -> new Wrong("the proof came before");
      case FULL -> new Again(nonces.at(now));
    };
  }

  private static SigningAlgorithm algorithm(Value.Obj header) {
    if (!header.text("typ").equals(Optional.of("dpop+jwt"))) {
      throw new InvalidValueException("its type is not `dpop+jwt`");
    }
    for (var name : REFUSED) {
      if (header.members().containsKey(name)) {
        throw new InvalidValueException("its header has `" + name + "`");
      }
    }
    return header
        .text("alg")
        .flatMap(SigningAlgorithm::find)
        .orElseThrow(() -> new InvalidValueException("its algorithm is not one of ours"));
  }

  private static void requireRequest(Value.Obj claims, String method, String uri) {
    if (!claims.text("htm").equals(Optional.of(method))) {
      throw new InvalidValueException("it is for another method");
    }
    boolean isHere = claims.text("htu").filter(htu -> RequestUri.isSame(htu, uri)).isPresent();
    if (!isHere) {
      throw new InvalidValueException("it is for another address");
    }
  }

  private static void requireToken(Value.Obj claims, Optional<String> token) {
    if (token.isEmpty()) {
      return;
    }
    String digest =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(Sha256.raw(token.get().getBytes(StandardCharsets.US_ASCII)));
    if (claims.text("ath").filter(ath -> isSame(ath, digest)).isEmpty()) {
      throw new InvalidValueException("it is not for this token");
    }
  }

  private static String id(Value.Obj claims) {
    return claims
        .text("jti")
        .filter(text -> !text.isEmpty() && text.length() <= LONGEST_ID)
        .orElseThrow(() -> new InvalidValueException("it has no usable `jti`"));
  }

  private static void requireClock(Value.Obj claims, Instant now) {
    var at = claims.integer("iat").map(Instant::ofEpochSecond);
    boolean isNow =
        at.isPresent()
            && !at.get().isBefore(now.minus(CLOCK))
            && !at.get().isAfter(now.plus(CLOCK));
    if (!isNow) {
      throw new InvalidValueException("its `iat` is not the time it is here");
    }
  }

  private static boolean isSame(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
