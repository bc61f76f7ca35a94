package dev.remit.cedar.json;

import java.util.function.Supplier;

/**
 * What reading a text gave: a thing, or the reason why there is none. Reading never throws.
 *
 * @param <T> what is read
 */
public sealed interface Reading<T> {
  /** It was read. */
  record Read<T>(T value) implements Reading<T> {}

  /** It was not; the problem is a sentence in lower case. */
  record Refused<T>(String problem) implements Reading<T> {}

  /**
   * What was read, where only a programming error can have made it unreadable.
   *
   * @throws IllegalStateException if it was refused
   */
  default T orThrow() {
    return switch (this) {
      case Read<T>(T value) -> value;
      case Refused<T>(String problem) -> throw new IllegalStateException(problem);
    };
  }

  /** Runs a reader; whatever it throws because of its input becomes a refusal. */
  static <T> Reading<T> of(Supplier<T> reader) {
    try {
      return new Read<>(reader.get());
    } catch (RefusedException e) {
      return new Refused<>(String.valueOf(e.getMessage()));
    } catch (StackOverflowError e) {
      return new Refused<>("nested too deeply");
    } catch (RuntimeException e) {
      return new Refused<>("cannot be read: " + e.getClass().getSimpleName());
    }
  }
}
