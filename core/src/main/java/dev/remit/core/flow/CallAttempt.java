package dev.remit.core.flow;

import dev.remit.core.call.CallId;
import dev.remit.core.call.CallRequest;
import dev.remit.core.call.Tool;
import dev.remit.core.release.Releases;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.Optional;

/**
 * One try to decide a request: under this version, at this moment.
 *
 * @param granted what people granted, which it resumes
 * @param isLast whether a change that contradicts it refuses the request
 * @param asked what was decided on and what was decided, for the body of its entries; empty before
 */
record CallAttempt(
    CallId id,
    CallRequest request,
    Releases.Active active,
    Tool tool,
    Instant now,
    Optional<Granted> granted,
    boolean isLast,
    Value.Obj asked) {

  /** Before anything was decided. */
  CallAttempt(
      CallId id,
      CallRequest request,
      Releases.Active active,
      Tool tool,
      Instant now,
      Optional<Granted> granted,
      boolean isLast) {
    this(id, request, active, tool, now, granted, isLast, Value.Obj.EMPTY);
  }

  /** The same, made by this. */
  CallAttempt by(Granted one) {
    return new CallAttempt(id, request, active, tool, now, Optional.of(one), isLast, asked);
  }

  /** The same, decided on this. */
  CallAttempt on(Value.Obj facts) {
    return new CallAttempt(id, request, active, tool, now, granted, isLast, facts);
  }
}
