package dev.remit.lab.people;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Values behind random names that can be taken once and only for a while: login forms and codes.
 * Thread safe.
 */
final class SingleUse<T> {
  private record Kept<T>(T value, Instant end) {}

  private final InstantSource clock;
  private final Duration life;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Kept<T>> kept = new LinkedHashMap<>();

  SingleUse(InstantSource clock, Duration life) {
    this.clock = clock;
    this.life = life;
  }

  synchronized String keep(T value) {
    Instant now = clock.instant();
    kept.values().removeIf(one -> !one.end().isAfter(now));
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    String name = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    kept.put(name, new Kept<>(value, now.plus(life)));
    return name;
  }

  /** The value if its time is not over; whether or not it is, the name is used up. */
  synchronized Optional<T> take(String name) {
    return Optional.ofNullable(kept.remove(name))
        .filter(one -> one.end().isAfter(clock.instant()))
        .map(Kept::value);
  }

  synchronized void clear() {
    kept.clear();
  }
}
