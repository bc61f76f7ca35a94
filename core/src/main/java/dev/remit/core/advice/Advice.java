package dev.remit.core.advice;

import dev.remit.core.value.Value;
import java.util.List;

/**
 * An answer to one {@link Access}.
 *
 * @param isPermitted whether it may go forward as far as policy is concerned
 * @param context why not, in words that the enforcement point may know; may be empty
 */
public record Advice(boolean isPermitted, Value.Obj context) {

  /** It may go forward. */
  public static Advice permit() {
    return new Advice(true, Value.Obj.EMPTY);
  }

  /** It must not go forward, for this reason code. */
  public static Advice deny(String reason) {
    return new Advice(false, Value.object("reason", reason));
  }

  /** It must not go forward before people of these groups approved it in Remit itself. */
  public static Advice needsApproval(List<String> from) {
    return new Advice(false, Value.object("reason", "approval-needed", "from", from));
  }
}
