package dev.remit.connectors.http;

import dev.remit.connectors.common.Pause;
import dev.remit.connectors.common.Results;
import dev.remit.connectors.http.JobTemplate.State;
import dev.remit.core.execution.Connector.VendorException;
import dev.remit.core.execution.Cut;
import dev.remit.core.execution.Downstream;
import dev.remit.core.execution.Execution;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Follows a vendor's job to its end.
 *
 * <p>Promises: a queued job that is cut, or past its deadline, is cancelled at the vendor and read
 * again. Only a job that was called off before it began is {@code Failed}; when that is not certain
 * it is {@code Unknown}, even when the vendor says by then that it is done.
 */
final class JobWatch {
  /** How long one look may take. */
  static final Duration LOOK = Duration.ofSeconds(10);

  /** How long calling off may take, after the deadline. */
  private static final Duration LAST = Duration.ofSeconds(3);

  private final VendorApi vendor;
  private final InstantSource clock;
  private final Pause pause;
  private final HttpExecutor.Run run;
  private final JobTemplate job;

  JobWatch(
      VendorApi vendor, InstantSource clock, Pause pause, HttpExecutor.Run run, JobTemplate job) {
    this.vendor = vendor;
    this.clock = clock;
    this.pause = pause;
    this.run = run;
    this.job = job;
  }

  Execution follow(Value submitted, Function<Value, Execution> whenDone) {
    var id = job.id().text(submitted);
    if (id.isEmpty()) {
      return new Execution.Unknown("the vendor took it and named no job");
    }
    Downstream.named(id.get());
    var names = run.request.arguments().with("job", Value.of(id.get()));
    try {
      return follow(names, whenDone);
    } catch (InvalidValueException e) {
      return new Execution.Unknown("the vendor's name of the job cannot be used");
    }
  }

  private Execution follow(Value.Obj names, Function<Value, Execution> whenDone) {
    var address = vendor.address(job.status(), names, Map.of());
    boolean hasStarted = false;
    while (true) {
      if (run.cut.isCut() || !clock.instant().isBefore(run.end)) {
        return callOff(names, hasStarted);
      }
      var answer = run.look(vendor, address);
      var state = answer.flatMap(job::read);
      if (answer.isPresent() && state.isPresent()) {
        hasStarted |= state.get() == State.STARTED;
        var end = ended(state.get(), hasStarted, answer.get(), whenDone);
        if (end.isPresent()) {
          return end.get();
        }
      }
      pause.pause(shorter(job.every(), run.left()), run.cut);
    }
  }

  private Optional<Execution> ended(
      State state, boolean hasStarted, Value answer, Function<Value, Execution> whenDone) {
    return switch (state) {
      case WAITING, STARTED -> Optional.empty();
      case DONE -> Optional.of(whenDone.apply(answer));
      case FAILED ->
          Optional.of(
              new Execution.Rejected(
                  "the vendor's job failed", Results.error("the vendor's job failed")));
      case CANCELLED -> Optional.of(calledOff(hasStarted, "by others"));
    };
  }

  private Execution callOff(Value.Obj names, boolean hasStarted) {
    var why = run.cut.reason().map(reason -> "cut").orElse("past its deadline");
    if (job.cancel().isEmpty()) {
      return new Execution.Unknown(why + "; this vendor cannot call a job off");
    }
    var cancel = job.cancel().get();
    vendor.send(
        cancel.method(),
        vendor.address(cancel.path(), names),
        cancel.body().map(body -> body.fill(names)),
        run.credential,
        LAST,
        () -> false,
        new Cut());
    return lastLook(names)
        .flatMap(job::read)
        .filter(state -> state == State.CANCELLED)
        .map(state -> calledOff(hasStarted, why))
        .orElseGet(() -> new Execution.Unknown(why + "; calling it off was not confirmed"));
  }

  private Execution calledOff(boolean hasStarted, String why) {
    return hasStarted && job.tellsWaiting()
        ? new Execution.Unknown("called off (" + why + ") after it had begun")
        : new Execution.Failed("called off (" + why + ") before it began");
  }

  private Optional<Value> lastLook(Value.Obj names) {
    try {
      return vendor.read(vendor.address(job.status(), names), run.credential, LAST, new Cut());
    } catch (VendorException e) {
      return Optional.empty();
    }
  }

  private static Duration shorter(Duration a, Duration b) {
    return b.isNegative() || b.isZero() ? Duration.ofMillis(1) : a.compareTo(b) < 0 ? a : b;
  }
}
