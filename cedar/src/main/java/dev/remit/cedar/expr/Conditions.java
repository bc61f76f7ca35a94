package dev.remit.cedar.expr;

import dev.remit.cedar.value.Value.Bool;
import java.util.List;

/** How the conditions of a policy are joined. */
public final class Conditions {
  private Conditions() {}

  /** All of them, in their order; true if there is none. */
  public static Expression all(List<Expression> terms) {
    return switch (terms.size()) {
      case 0 -> new Constant(Bool.TRUE);
      case 1 -> terms.getFirst();
      default -> Logic.and(terms);
    };
  }

  /** The condition of an {@code unless}. */
  public static Expression not(Expression condition) {
    return Logic.not(condition);
  }
}
