package dev.remit.web.mcp;

import dev.remit.core.execution.Cut;
import dev.remit.core.identity.Caller;
import dev.remit.core.value.Value;

/** What a caller of {@code /mcp} is answered with: an agent of one client, or of several. */
sealed interface Served permits OfAgent, OfPart, OfTriage {

  /** Who calls. */
  Caller caller();

  /** {@code tools/list}. */
  Value.Obj tools(Value.Obj params);

  /** {@code tools/call}. */
  Value.Obj call(Value.Obj params, Cut cut, Era era);

  /** {@code tasks/get}. */
  Value.Obj get(Value.Obj params, Cut cut);

  /** {@code tasks/cancel}. */
  Value.Obj cancel(Value.Obj params);

  /** {@code tasks/update}. */
  Value.Obj acknowledged(Value.Obj params);
}
