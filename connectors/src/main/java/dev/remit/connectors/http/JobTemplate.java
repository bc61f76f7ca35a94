package dev.remit.connectors.http;

import dev.remit.connectors.common.Pointer;
import dev.remit.connectors.common.Settings;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a vendor's job is followed.
 *
 * @param id where the answer to the request names the job; paths call it {@code {job}}
 * @param queued states in which it has not begun, if the vendor tells; else part of running
 * @param cancelled states that say it was called off
 * @param cancel how it is called off; absent where the vendor cannot
 */
record JobTemplate(
    Pointer id,
    PathTemplate status,
    Pointer state,
    List<String> queued,
    List<String> done,
    List<String> failed,
    List<String> cancelled,
    Duration every,
    Optional<RequestTemplate> cancel) {

  static JobTemplate of(Settings settings) {
    var status = settings.part("status");
    var done = status.texts("done");
    if (done.isEmpty()) {
      throw new InvalidValueException(status.where() + ": `done` must name at least one state");
    }
    return new JobTemplate(
        settings.pointer("id"),
        RequestTemplate.path(status),
        status.pointer("pointer"),
        status.texts("queued"),
        done,
        status.texts("failed"),
        status.texts("cancelled"),
        status.duration("every", Duration.ofSeconds(1)),
        settings.optionalPart("cancel").map(RequestTemplate::of));
  }

  /** Where a job stands. */
  enum State {
    WAITING,
    STARTED,
    DONE,
    FAILED,
    CANCELLED
  }

  /** Reads a status answer; a state that is not listed counts as started. */
  Optional<State> read(Value answer) {
    return state
        .text(answer)
        .map(word -> {
          if (done.contains(word)) {
            return State.DONE;
          }
          if (cancelled.contains(word)) {
            return State.CANCELLED;
          }
          if (failed.contains(word)) {
            return State.FAILED;
          }
          return queued.contains(word) ? State.WAITING : State.STARTED;
        });
  }

  /** Whether the vendor tells a waiting job from a running one. */
  boolean tellsWaiting() {
    return !queued.isEmpty();
  }
}
