package dev.remit.cedar.expr;

import dev.remit.cedar.value.Failure;
import dev.remit.cedar.value.Outcome;
import dev.remit.cedar.value.Value.Int;
import java.util.List;

/** Whole numbers of 64 bits; what does not fit is a failure. */
final class Arithmetic {
  private static final Failure NO_LONG = Failure.type("long");
  private static final Failure ADD = Failure.overflow("+");
  private static final Failure SUBTRACT = Failure.overflow("-");
  private static final Failure MULTIPLY = Failure.overflow("*");

  private Arithmetic() {}

  static Expression add(Expression left, Expression right) {
    return folded(Arithmetic::sum, left, right);
  }

  static Expression subtract(Expression left, Expression right) {
    return folded(Arithmetic::difference, left, right);
  }

  static Expression multiply(Expression left, Expression right) {
    return folded(Arithmetic::product, left, right);
  }

  static Expression negate(Expression argument) {
    Expression negation =
        facts -> {
          var outcome = argument.eval(facts);
          if (outcome instanceof Int(long number)) {
            return number == Long.MIN_VALUE ? SUBTRACT : new Int(-number);
          }
          return outcome instanceof Failure ? outcome : NO_LONG;
        };
    return Constant.folded(negation, List.of(argument));
  }

  private static Expression folded(Binary operator, Expression left, Expression right) {
    return Constant.folded(operator.on(left, right), List.of(left, right));
  }

  private static Outcome sum(Outcome left, Outcome right) {
    if (left instanceof Int(long a) && right instanceof Int(long b)) {
      long sum = a + b;
      return ((a ^ sum) & (b ^ sum)) < 0 ? ADD : new Int(sum);
    }
    return NO_LONG;
  }

  private static Outcome difference(Outcome left, Outcome right) {
    if (left instanceof Int(long a) && right instanceof Int(long b)) {
      long difference = a - b;
      return ((a ^ b) & (a ^ difference)) < 0 ? SUBTRACT : new Int(difference);
    }
    return NO_LONG;
  }

  private static Outcome product(Outcome left, Outcome right) {
    if (left instanceof Int(long a) && right instanceof Int(long b)) {
      long product = a * b;
      return Math.multiplyHigh(a, b) == product >> 63 ? new Int(product) : MULTIPLY;
    }
    return NO_LONG;
  }
}
