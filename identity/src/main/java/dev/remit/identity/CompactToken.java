package dev.remit.identity;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Base64;

/**
 * A signed JWT in compact form (RFC 7515, section 7.1), taken apart and not yet believed.
 *
 * <p>Each token has one spelling only: padding, stray bits and duplicate names are refused.
 */
public final class CompactToken {

  /** The most bytes that any token here may have. */
  public static final int MOST_BYTES = 8 * 1024;

  private final Value.Obj header;
  private final Value.Obj claims;
  private final byte[] signedBytes;
  private final byte[] signature;

  private CompactToken(Value.Obj header, Value.Obj claims, byte[] signedBytes, byte[] signature) {
    this.header = header;
    this.claims = claims;
    this.signedBytes = signedBytes;
    this.signature = signature;
  }

  /** The protected header. */
  public Value.Obj header() {
    return header;
  }

  /** The payload. */
  public Value.Obj claims() {
    return claims;
  }

  /** Whether the holder of this key signed it with that algorithm. */
  public boolean isSignedBy(VerificationKey key, SigningAlgorithm algorithm) {
    return isSignedBy(key.key(), algorithm);
  }

  /** Whether the holder of this key signed it with that algorithm. */
  public boolean isSignedBy(PublicKey key, SigningAlgorithm algorithm) {
    return algorithm.isSigned(signedBytes, signature, key);
  }

  /**
   * Takes a token apart.
   *
   * @throws InvalidValueException if it is not one, in words that hold nothing of it
   */
  public static CompactToken parse(String token) {
    if (token.length() > MOST_BYTES) {
      throw new InvalidValueException("the token is longer than " + MOST_BYTES + " bytes");
    }
    var parts = token.split("\\.", -1);
    if (parts.length != 3) {
      throw new InvalidValueException("the token does not have three parts");
    }
    return new CompactToken(
        object(parts[0], "header"),
        object(parts[1], "payload"),
        (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII),
        decode(parts[2], "signature"));
  }

  private static Value.Obj object(String part, String name) {
    try {
      return Json.parseObject(decode(part, name));
    } catch (InvalidValueException e) {
      throw new InvalidValueException("the token's " + name + ": " + e.getMessage());
    }
  }

  private static byte[] decode(String part, String name) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(part);
    } catch (IllegalArgumentException e) {
      throw new InvalidValueException("the token's " + name + " is not base64url");
    }
    if (!Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part)) {
      throw new InvalidValueException("the token's " + name + " is not in its one spelling");
    }
    return bytes;
  }
}
