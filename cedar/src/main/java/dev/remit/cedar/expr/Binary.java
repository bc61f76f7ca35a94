package dev.remit.cedar.expr;

import dev.remit.cedar.value.Failure;
import dev.remit.cedar.value.Outcome;

/** An operator of two values. */
@FunctionalInterface
interface Binary {
  /** Both are values, never failures. */
  Outcome apply(Outcome left, Outcome right);

  /** The operator on two expressions, both of which are always evaluated. */
  default Expression on(Expression left, Expression right) {
    return facts -> {
      var first = left.eval(facts);
      if (first instanceof Failure) {
        return first;
      }
      var second = right.eval(facts);
      return second instanceof Failure ? second : apply(first, second);
    };
  }
}
