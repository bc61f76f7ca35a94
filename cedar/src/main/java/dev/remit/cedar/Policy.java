package dev.remit.cedar;

import dev.remit.cedar.expr.Expression;
import dev.remit.cedar.request.Facts;
import dev.remit.cedar.request.Part;
import dev.remit.cedar.value.Failure;
import dev.remit.cedar.value.Outcome;
import dev.remit.cedar.value.Value.Bool;
import java.util.List;

/**
 * One compiled policy: its head and its conditions.
 *
 * @param place its place among the policies of its set, sorted by id
 */
record Policy(
    String id,
    int place,
    boolean isForbid,
    Constraint principal,
    Constraint action,
    Constraint resource,
    Expression conditions,
    List<String> alone) {

  private static final Failure TOO_DEEP =
      new Failure(Failure.Kind.DEPTH, "values are nested too deeply");
  private static final Failure INTERNAL = new Failure(Failure.Kind.INTERNAL, "internal error");
  private static final Failure NO_BOOL = Failure.type("bool");

  Constraint constraint(Part part) {
    return switch (part) {
      case PRINCIPAL -> principal;
      case ACTION -> action;
      case RESOURCE -> resource;
    };
  }

  /** True, false or a failure; never throws. */
  Outcome eval(Facts facts) {
    try {
      boolean isMeant =
          action.isMet(facts.action(), facts)
              && principal.isMet(facts.principal(), facts)
              && resource.isMet(facts.resource(), facts);
      if (!isMeant) {
        return Bool.FALSE;
      }
      var outcome = conditions.eval(facts);
      return outcome instanceof Bool || outcome instanceof Failure ? outcome : NO_BOOL;
    } catch (StackOverflowError e) {
      return TOO_DEEP;
    } catch (RuntimeException e) {
      return INTERNAL;
    }
  }
}
