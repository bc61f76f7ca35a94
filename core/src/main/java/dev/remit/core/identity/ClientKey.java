package dev.remit.core.identity;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.time.Instant;

/**
 * A public key that a client signs its assertions with (RFC 7523), and how long it may.
 *
 * @param jwk the public half alone (RFC 7517), with a {@code kid}
 * @param from when it begins to be believed
 * @param until when it is not believed any more
 */
public record ClientKey(Value.Obj jwk, Instant from, Instant until) {

  /** The longest that a key may be believed: no proof stands for ever. */
  public static final Duration LONGEST = Duration.ofDays(366);

  public ClientKey {
    if (jwk.text("kid").isEmpty() || jwk.get("d").isPresent()) {
      throw new InvalidValueException("a client's key is a public key with a `kid`");
    }
    if (!from.isBefore(until) || until.isAfter(from.plus(LONGEST))) {
      throw new InvalidValueException("a client's key is believed for a year at most");
    }
  }

  /** What assertions name it by. */
  public String kid() {
    return jwk.text("kid").orElseThrow();
  }

  /** Whether it is believed at this moment. */
  public boolean isValidAt(Instant at) {
    return !at.isBefore(from) && at.isBefore(until);
  }
}
