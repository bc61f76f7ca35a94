package dev.remit.postgres;

import dev.remit.core.call.CallId;
import dev.remit.core.oversight.Draw;
import dev.remit.core.value.Value;

/** {@link Draw} by the installation's own secret: HMAC-SHA-256 (RFC 2104) of the call's id. */
public final class KeyedDraw implements Draw {

  private final RowSeal seal;

  /** Draws under the same secret that seals rows. */
  public KeyedDraw(RowSeal seal) {
    this.seal = seal;
  }

  @Override
  public int ofHundred(CallId call) {
    var digest = seal.of(Value.object("of", "share", "call", call.value()));
    return (int) (Long.parseLong(digest.substring(0, 15), 16) % 100);
  }
}
