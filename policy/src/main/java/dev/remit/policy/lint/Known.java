package dev.remit.policy.lint;

import dev.remit.cedar.json.Json;
import java.util.Set;

/** What is known of a value before any call is made. */
sealed interface Known {
  Known TRUE = new Literal(new Json.Bool(true));
  Known FALSE = new Literal(new Json.Bool(false));

  /** Exactly this. */
  record Literal(Json value) implements Known {}

  /** A number from least to most. */
  record Between(long least, long most) implements Known {}

  /** One of these texts. */
  record OneOf(Set<String> texts) implements Known {
    public OneOf {
      texts = Set.copyOf(texts);
    }
  }

  /** Nothing is known. */
  record Anything() implements Known {}

  static Known of(boolean claim) {
    return claim ? TRUE : FALSE;
  }

  static Known text(String text) {
    return new Literal(new Json.Str(text));
  }

  static Known number(long number) {
    return new Between(number, number);
  }
}
