package dev.remit.core.flow;

import dev.remit.core.value.Value;

/**
 * What a person typed, as entries keep it: in the body alone, which can be erased.
 *
 * <p>INVARIANT: nothing of it stands in the leaf, no digest either. The leaf covers the body with a
 * salt that is erased with it; a digest of a short text without salt could be guessed for ever.
 */
final class Words {

  private Words() {}

  /** The body that holds a reason. */
  static Value.Obj body(String reason) {
    return Value.object("reason", reason);
  }
}
