package dev.remit.policy.words;

import dev.remit.policy.words.Shape.Sides;
import java.util.List;
import java.util.Optional;

/** Comparisons in words. */
enum Comparisons {
  EQUAL("==", "is", "is"),
  UNEQUAL("!=", "is not", "is not"),
  LESS("<", "is below", "is less than"),
  AT_MOST("<=", "is at most", "is at most"),
  MORE(">", "is above", "is more than"),
  AT_LEAST(">=", "is at least", "is at least");

  static final List<Comparisons> ALL = List.of(values());

  private final String sign;
  private final String ofLevels;
  private final String ofNumbers;

  Comparisons(String sign, String ofLevels, String ofNumbers) {
    this.sign = sign;
    this.ofLevels = ofLevels;
    this.ofNumbers = ofNumbers;
  }

  String sign() {
    return sign;
  }

  Comparisons denied() {
    return switch (this) {
      case EQUAL -> UNEQUAL;
      case UNEQUAL -> EQUAL;
      case LESS -> AT_LEAST;
      case AT_MOST -> MORE;
      case MORE -> AT_MOST;
      case AT_LEAST -> LESS;
    };
  }

  /** What holds when the sides are exchanged. */
  private Comparisons mirrored() {
    return switch (this) {
      case EQUAL -> EQUAL;
      case UNEQUAL -> UNEQUAL;
      case LESS -> MORE;
      case AT_MOST -> AT_LEAST;
      case MORE -> LESS;
      case AT_LEAST -> AT_MOST;
    };
  }

  /** The comparison of two facts, or of a fact with a literal; the fact is told first. */
  static Optional<String> words(Nouns nouns, Comparisons comparison, Sides sides) {
    return Shape.literal(sides.left()).isPresent() && Shape.literal(sides.right()).isEmpty()
        ? told(nouns, comparison.mirrored(), sides.exchanged())
        : told(nouns, comparison, sides);
  }

  private static Optional<String> told(Nouns nouns, Comparisons comparison, Sides sides) {
    var subject = nouns.noun(sides.left());
    var level = nouns.level(sides.left(), sides.right());
    var object = level.or(() -> nouns.noun(sides.right()));
    boolean isLevel = level.isPresent() || nouns.isLevel(sides.left());
    return subject.isPresent() && object.isPresent()
        ? Optional.of(
            subject.get()
                + " "
                + (isLevel ? comparison.ofLevels : comparison.ofNumbers)
                + " "
                + object.get())
        : Optional.empty();
  }
}
