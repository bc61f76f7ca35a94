package dev.remit.core.flow;

import dev.remit.core.call.CallId;
import dev.remit.core.call.CallRequest;
import dev.remit.core.call.Tool;
import dev.remit.core.release.Releases;
import java.time.Instant;
import java.util.Optional;

/**
 * One try to decide a request: under this version, at this moment.
 *
 * @param granted what people granted, which it resumes
 * @param isLast whether a change that contradicts it refuses the request
 */
record CallAttempt(
    CallId id,
    CallRequest request,
    Releases.Active active,
    Tool tool,
    Instant now,
    Optional<Granted> granted,
    boolean isLast) {

  /** The same, made by this. */
  CallAttempt by(Granted one) {
    return new CallAttempt(id, request, active, tool, now, Optional.of(one), isLast);
  }
}
