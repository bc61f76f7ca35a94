package dev.remit.cedar.expr;

import dev.remit.cedar.value.CedarDuration;
import dev.remit.cedar.value.Datetime;
import dev.remit.cedar.value.Decimal;
import dev.remit.cedar.value.Failure;
import dev.remit.cedar.value.Outcome;
import dev.remit.cedar.value.Value;
import dev.remit.cedar.value.Value.Bool;
import dev.remit.cedar.value.Value.Int;

/** Equality and order. */
final class Comparison {
  private static final Failure NO_LONG = Failure.type("long, datetime or duration");
  private static final Failure NO_DECIMAL = Failure.type("decimal");

  private Comparison() {}

  static Expression equal(Expression left, Expression right) {
    if (left instanceof Constant(Value value)) {
      return equalTo(right, value);
    }
    if (right instanceof Constant(Value value)) {
      return equalTo(left, value);
    }
    Binary equal = (first, second) -> Bool.of(first.equals(second));
    return equal.on(left, right);
  }

  private static Expression equalTo(Expression argument, Value value) {
    return facts -> {
      var outcome = argument.eval(facts);
      if (outcome instanceof Failure) {
        return outcome;
      }
      return Bool.of(value.equals(outcome));
    };
  }

  static Expression less(Expression left, Expression right) {
    Binary less =
        (first, second) -> {
          if (first instanceof Int(long a) && second instanceof Int(long b)) {
            return Bool.of(a < b);
          }
          int order = order(first, second);
          return order == INCOMPARABLE ? NO_LONG : Bool.of(order < 0);
        };
    return less.on(left, right);
  }

  static Expression lessOrEqual(Expression left, Expression right) {
    Binary less =
        (first, second) -> {
          if (first instanceof Int(long a) && second instanceof Int(long b)) {
            return Bool.of(a <= b);
          }
          int order = order(first, second);
          return order == INCOMPARABLE ? NO_LONG : Bool.of(order <= 0);
        };
    return less.on(left, right);
  }

  private static final int INCOMPARABLE = 2;

  private static int order(Outcome first, Outcome second) {
    if (first instanceof Datetime(long a) && second instanceof Datetime(long b)) {
      return Long.compare(a, b);
    }
    if (first instanceof CedarDuration(long a) && second instanceof CedarDuration(long b)) {
      return Long.compare(a, b);
    }
    return INCOMPARABLE;
  }

  static Outcome decimalLess(Outcome first, Outcome second) {
    return first instanceof Decimal(long a) && second instanceof Decimal(long b)
        ? Bool.of(a < b)
        : NO_DECIMAL;
  }

  static Outcome decimalLessOrEqual(Outcome first, Outcome second) {
    return first instanceof Decimal(long a) && second instanceof Decimal(long b)
        ? Bool.of(a <= b)
        : NO_DECIMAL;
  }
}
