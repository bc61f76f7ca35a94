package dev.remit.cedar.expr;

import dev.remit.cedar.request.Facts;
import dev.remit.cedar.value.Outcome;

/** A compiled expression. Immutable and thread safe. */
@FunctionalInterface
public interface Expression {
  /** What it comes to on these facts. */
  Outcome eval(Facts facts);
}
