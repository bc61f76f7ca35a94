package dev.remit.core.call;

import dev.remit.core.value.Value;
import java.util.Optional;

/**
 * Checks arguments against a tool's pinned schema.
 *
 * <p>Promises: {@link #objection} is empty only when every member is listed and valid. It cannot
 * run away on hostile input.
 */
public interface ArgumentSchema {

  /** Why the arguments do not fit, in the caller's words; empty when they fit. */
  Optional<String> objection(Tool tool, Value.Obj arguments);
}
