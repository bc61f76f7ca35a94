package dev.remit.web.http;

import dev.remit.core.call.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The one token of the people's listener until people sign in by themselves. Held as a digest and
 * compared in constant time.
 */
public final class OperatorToken {

  private final byte[] digest;

  private OperatorToken(byte[] digest) {
    this.digest = digest;
  }

  /** Takes the token, and keeps its digest only. */
  public static OperatorToken of(String token) {
    if (token.length() < 32) {
      throw new IllegalArgumentException("an operator token has at least 32 characters");
    }
    return new OperatorToken(digest(token));
  }

  /** Whether this is the token. */
  public boolean matches(String candidate) {
    return MessageDigest.isEqual(digest, digest(candidate));
  }

  private static byte[] digest(String token) {
    return Sha256.raw(token.getBytes(StandardCharsets.UTF_8));
  }
}
