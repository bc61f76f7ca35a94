package dev.remit.identity;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one issuer, read when needed and kept for a while. Thread safe.
 *
 * <p>One thread reads at a time. Those that know their key do not wait for it; those that do not
 * wait, because only the answer can tell.
 */
final class IssuerKeys {

  private final TrustedIssuer issuer;
  private final JwksSource source;
  private final KeyTimes times;
  private final InstantSource clock;
  private final ReentrantLock reading = new ReentrantLock();

  /** Written under {@link #reading} only. */
  private volatile State state = new State(List.of(), null, null, "not read yet");

  IssuerKeys(TrustedIssuer issuer, JwksSource source, KeyTimes times, InstantSource clock) {
    this.issuer = issuer;
    this.source = source;
    this.times = times;
    this.clock = clock;
  }

  /**
   * What is known.
   *
   * @param readAt when the keys were read; null before the first time
   * @param triedAt when reading was tried last, with or without success
   * @param failure why the last try failed; empty after a success
   */
  private record State(
      List<VerificationKey> keys,
      @Nullable Instant readAt,
      @Nullable Instant triedAt,
      String failure) {

    boolean isReadWithin(Duration duration, Instant now) {
      return readAt != null && now.isBefore(readAt.plus(duration));
    }

    boolean isTriedWithin(Duration duration, Instant now) {
      return triedAt != null && now.isBefore(triedAt.plus(duration));
    }
  }

  /** The answer to {@link #find}. */
  sealed interface Found {}

  /** The one key of this kid. */
  record One(VerificationKey key) implements Found {}

  /** No key, or several, have this kid. */
  record NotOne(String detail) implements Found {}

  /** The issuer is away and its last keys are too old or do not hold this kid. */
  record Away(String detail) implements Found {}

  Found find(String kid) {
    var known = state;
    boolean isKnown = known.keys().stream().anyMatch(key -> key.kid().equals(kid));
    if (isKnown && known.isReadWithin(times.fresh(), clock.instant())) {
      return lookUp(known, kid);
    }
    if (isKnown && known.isReadWithin(times.kept(), clock.instant())) {
      if (reading.tryLock()) {
        readAndUnlock();
      }
    } else {
      reading.lock();
      readAndUnlock();
    }
    return lookUp(state, kid);
  }

  private Found lookUp(State known, String kid) {
    if (!known.isReadWithin(times.kept(), clock.instant())) {
      return new Away("keys of the issuer are not to be had: " + known.failure());
    }
    var matching = known.keys().stream().filter(key -> key.kid().equals(kid)).toList();
    if (matching.size() == 1) {
      return new One(matching.getFirst());
    }
    if (matching.isEmpty() && !known.failure().isEmpty()) {
      return new Away("no key of this kid is known and the issuer is away: " + known.failure());
    }
    return new NotOne(
        matching.isEmpty()
            ? "the issuer has no key of this kid"
            : "the issuer has several keys of this kid");
  }

  private void readAndUnlock() {
    try {
      var now = clock.instant();
      if (!state.isTriedWithin(times.between(), now)) {
        state = read(now);
      }
    } finally {
      reading.unlock();
    }
  }

  private State read(Instant now) {
    return switch (source.fetch(issuer.jwksUri())) {
      case JwksSource.Away(String detail) -> new State(state.keys(), state.readAt(), now, detail);
      case JwksSource.Document(Value.Obj keySet) -> {
        try {
          yield new State(JwkSetReader.read(keySet, issuer.isLab()), now, now, "");
        } catch (InvalidValueException e) {
          yield new State(state.keys(), state.readAt(), now, String.valueOf(e.getMessage()));
        }
      }
    };
  }
}
