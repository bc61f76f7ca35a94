package dev.remit.cli.connect;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * A token as it is shown to the gateway.
 *
 * @param isBound whether it is worth nothing without a proof of this process's key
 * @param until when it has to be had anew
 */
record Token(String value, boolean isBound, Instant until) {

  /**
   * One that was read somewhere: its own words say whether it is bound, and until when it holds.
   */
  static Token read(String text, String thumbprint, Instant now) {
    var value = text.strip();
    if (!value.matches("[A-Za-z0-9._~+/=-]{1,20000}")) {
      throw new InvalidValueException("this is no token");
    }
    var claims = claims(value);
    boolean isBound =
        claims.object("cnf").flatMap(cnf -> cnf.text("jkt")).filter(thumbprint::equals).isPresent();
    var until = claims.integer("exp").map(Instant::ofEpochSecond).orElse(now.plusSeconds(60));
    return new Token(value, isBound, until);
  }

  /** Claims are read to choose words, never to believe them: the gateway checks. */
  private static Value.Obj claims(String token) {
    var parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return Value.Obj.EMPTY;
    }
    try {
      var bytes = Base64.getUrlDecoder().decode(parts[1]);
      return Json.parseObject(new String(bytes, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException | InvalidValueException e) {
      return Value.Obj.EMPTY;
    }
  }

  /** Whether it can still be shown at this moment. */
  boolean isGoodAt(Instant now) {
    return now.isBefore(until.minusSeconds(20));
  }

  /** The header that shows it. */
  String authorization() {
    return (isBound ? "DPoP " : "Bearer ") + value;
  }

  @Override
  public String toString() {
    return "Token[" + (isBound ? "bound" : "unbound") + ", until " + until + "]";
  }

  /** Where tokens come from. */
  @FunctionalInterface
  interface Source {
    /**
     * A token; empty where the connection itself proves who calls.
     *
     * @param isFresh whether one that is kept must not be used, because it was refused
     */
    Optional<Token> token(boolean isFresh);
  }
}
