package dev.remit.core.oversight;

import java.util.Optional;

/** Runs pieces of a round so that one that fails keeps no other from running. */
final class EachAlone {
  private Optional<RuntimeException> first = Optional.empty();

  void run(Runnable piece) {
    try {
      piece.run();
    } catch (RuntimeException e) {
      first = first.or(() -> Optional.of(e));
    }
  }

  /** Throws the first failure. */
  void tell() {
    if (first.isPresent()) {
      throw first.get();
    }
  }
}
