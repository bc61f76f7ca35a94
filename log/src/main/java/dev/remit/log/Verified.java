package dev.remit.log;

import java.util.function.Function;

/**
 * The answer of a check: proven, with what may now be relied on, or refuted, with the reason.
 *
 * <p>It is never null and a check never throws for data that is merely false, so forgetting to look
 * is a compile error and not an acceptance. There is deliberately no way to take the value out
 * without a {@code switch} or {@link #then}.
 */
public sealed interface Verified<T> {

  /** The check succeeded. */
  record Proven<T>(T value) implements Verified<T> {}

  /** The check did not succeed; the detail is for people and holds no secret. */
  record Refuted<T>(Refutation reason, String detail) implements Verified<T> {}

  static <T> Verified<T> proven(T value) {
    return new Proven<>(value);
  }

  static <T> Verified<T> refuted(Refutation reason, String detail) {
    return new Refuted<>(reason, detail);
  }

  default boolean isProven() {
    return this instanceof Proven<T>;
  }

  /** Goes on to the next check only from a proven value. */
  default <U> Verified<U> then(Function<? super T, ? extends Verified<U>> next) {
    return switch (this) {
      case Proven<T>(T value) -> next.apply(value);
      case Refuted<T>(Refutation reason, String detail) -> new Refuted<>(reason, detail);
    };
  }
}
