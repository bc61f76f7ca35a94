package dev.remit.cedar.expr;

import dev.remit.cedar.request.Facts;
import dev.remit.cedar.value.EntityUid;
import dev.remit.cedar.value.Failure;
import dev.remit.cedar.value.Outcome;
import dev.remit.cedar.value.Value.Bool;
import dev.remit.cedar.value.ValueSet;

/** {@code in} and {@code is}. */
final class Hierarchy {
  private static final Failure NO_ENTITY = Failure.type("entity");
  private static final Failure NO_PLACE = Failure.type("entity or set of entities");

  private Hierarchy() {}

  static Expression in(Expression left, Expression right) {
    return facts -> {
      var first = left.eval(facts);
      if (first instanceof Failure) {
        return first;
      }
      var second = right.eval(facts);
      if (second instanceof Failure) {
        return second;
      }
      return first instanceof EntityUid uid ? in(facts, uid, second) : NO_ENTITY;
    };
  }

  private static Outcome in(Facts facts, EntityUid uid, Outcome place) {
    return switch (place) {
      case EntityUid other -> Bool.of(facts.isIn(uid, other));
      case ValueSet set -> inAny(facts, uid, set);
      default -> NO_PLACE;
    };
  }

  /** Every item must be an entity, also after one that matches. */
  private static Outcome inAny(Facts facts, EntityUid uid, ValueSet set) {
    boolean isIn = false;
    for (int i = 0; i < set.size(); i++) {
      if (!(set.get(i) instanceof EntityUid other)) {
        return NO_ENTITY;
      }
      isIn = isIn || facts.isIn(uid, other);
    }
    return Bool.of(isIn);
  }

  static Expression is(Expression argument, String type) {
    return facts -> {
      var outcome = argument.eval(facts);
      if (outcome instanceof EntityUid uid) {
        return Bool.of(uid.type().equals(type));
      }
      return outcome instanceof Failure ? outcome : NO_ENTITY;
    };
  }
}
