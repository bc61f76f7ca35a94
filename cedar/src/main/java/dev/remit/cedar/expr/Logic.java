package dev.remit.cedar.expr;

import dev.remit.cedar.value.Failure;
import dev.remit.cedar.value.Outcome;
import dev.remit.cedar.value.Value.Bool;
import java.util.List;

/** {@code &&}, {@code ||}, {@code !} and {@code if}: what is not needed is not evaluated. */
final class Logic {
  private static final Failure NO_BOOL = Failure.type("bool");

  private Logic() {}

  /** A chain of two or more; the outcome is true only if every term is. */
  static Expression and(List<Expression> terms) {
    var all = terms.toArray(Expression[]::new);
    return facts -> {
      for (Expression term : all) {
        var outcome = term.eval(facts);
        if (outcome != Bool.TRUE) {
          return outcome == Bool.FALSE ? outcome : noBool(outcome);
        }
      }
      return Bool.TRUE;
    };
  }

  static Expression or(List<Expression> terms) {
    var all = terms.toArray(Expression[]::new);
    return facts -> {
      for (Expression term : all) {
        var outcome = term.eval(facts);
        if (outcome != Bool.FALSE) {
          return outcome == Bool.TRUE ? outcome : noBool(outcome);
        }
      }
      return Bool.FALSE;
    };
  }

  static Expression not(Expression argument) {
    return facts -> {
      var outcome = argument.eval(facts);
      if (outcome == Bool.TRUE) {
        return Bool.FALSE;
      }
      return outcome == Bool.FALSE ? Bool.TRUE : noBool(outcome);
    };
  }

  static Expression choose(Expression test, Expression yes, Expression no) {
    return facts -> {
      var outcome = test.eval(facts);
      if (outcome == Bool.TRUE) {
        return yes.eval(facts);
      }
      return outcome == Bool.FALSE ? no.eval(facts) : noBool(outcome);
    };
  }

  /** The failure of something that should have been true or false. */
  static Failure noBool(Outcome outcome) {
    return outcome instanceof Failure failure ? failure : NO_BOOL;
  }
}
