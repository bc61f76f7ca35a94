package dev.remit.cedar.expr;

import dev.remit.cedar.value.Failure;
import dev.remit.cedar.value.Outcome;
import dev.remit.cedar.value.Value;
import dev.remit.cedar.value.Value.Bool;
import dev.remit.cedar.value.ValueRecord;
import dev.remit.cedar.value.ValueSet;
import java.util.Arrays;
import java.util.List;

/** Literals of sets and records, and the methods of sets. */
final class Sets {
  private static final Failure NO_SET = Failure.type("set");

  private Sets() {}

  static Expression set(List<Expression> items) {
    var all = items.toArray(Expression[]::new);
    Expression literal =
        facts -> {
          var values = new Value[all.length];
          for (int i = 0; i < all.length; i++) {
            switch (all[i].eval(facts)) {
              case Failure failure -> {
                return failure;
              }
              case Value value -> values[i] = value;
            }
          }
          return ValueSet.of(Arrays.asList(values));
        };
    return Constant.folded(literal, items);
  }

  static Expression record(List<String> names, List<Expression> items) {
    var all = items.toArray(Expression[]::new);
    var keys = names.toArray(String[]::new);
    Expression literal =
        facts -> {
          var record = ValueRecord.of(all.length);
          for (int i = 0; i < all.length; i++) {
            switch (all[i].eval(facts)) {
              case Failure failure -> {
                return failure;
              }
              case Value value -> record.put(keys[i], value);
            }
          }
          return record.build();
        };
    return Constant.folded(literal, items);
  }

  static Outcome contains(Outcome left, Outcome right) {
    return left instanceof ValueSet set && right instanceof Value value
        ? Bool.of(set.contains(value))
        : NO_SET;
  }

  static Outcome containsAll(Outcome left, Outcome right) {
    return left instanceof ValueSet set && right instanceof ValueSet other
        ? Bool.of(set.containsAll(other))
        : NO_SET;
  }

  static Outcome containsAny(Outcome left, Outcome right) {
    return left instanceof ValueSet set && right instanceof ValueSet other
        ? Bool.of(set.containsAny(other))
        : NO_SET;
  }

  static Expression isEmpty(Expression argument) {
    return facts -> {
      var outcome = argument.eval(facts);
      if (outcome instanceof ValueSet set) {
        return Bool.of(set.isEmpty());
      }
      return outcome instanceof Failure ? outcome : NO_SET;
    };
  }
}
