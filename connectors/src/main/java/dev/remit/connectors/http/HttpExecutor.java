package dev.remit.connectors.http;

import dev.remit.connectors.common.Pause;
import dev.remit.connectors.common.Proofs;
import dev.remit.connectors.common.Results;
import dev.remit.connectors.wire.Exchange;
import dev.remit.core.execution.Connector.Request;
import dev.remit.core.execution.Connector.VendorException;
import dev.remit.core.execution.Cut;
import dev.remit.core.execution.Execution;
import dev.remit.core.execution.SendBy;
import dev.remit.core.lease.Credential;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Carries declared operations out and says what became of them. */
final class HttpExecutor {
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private final VendorApi vendor;
  private final InstantSource clock;
  private final Pause pause;

  HttpExecutor(VendorApi vendor, InstantSource clock, Pause pause) {
    this.vendor = vendor;
    this.clock = clock;
    this.pause = pause;
  }

  Execution execute(
      HttpOperation operation, Request request, Credential credential, SendBy sendBy, Cut cut) {
    var run = new Run(operation, request, credential, cut, end(operation, request));
    if (run.left().compareTo(SHORTEST) < 0) {
      return new Execution.Failed("the deadline was over before it was sent");
    }
    Exchange exchange;
    try {
      exchange = send(run, sendBy);
    } catch (InvalidValueException e) {
      return new Execution.Failed("not sent: " + e.getMessage());
    }
    return switch (exchange) {
      case Exchange.NotSent(String detail) -> new Execution.Failed(detail);
      case Exchange.Lost(String detail) -> new Execution.Unknown(detail);
      case Exchange.TooLarge(String detail) -> uncertain(operation, detail);
      case Exchange.Answer answer -> answered(run, answer);
    };
  }

  private Exchange send(Run run, SendBy sendBy) {
    var template = run.operation.request();
    var arguments = run.request.arguments();
    return vendor.send(
        template.method(),
        vendor.address(template.path(), arguments),
        template.body().map(body -> body.fill(arguments)),
        run.credential,
        run.left(),
        sendBy,
        run.cut);
  }

  private Instant end(HttpOperation operation, Request request) {
    var own = clock.instant().plus(operation.tool().timeout());
    return own.isBefore(request.deadline()) ? own : request.deadline();
  }

  /** A read that gave nothing did nothing; an effect may have happened. */
  private static Execution uncertain(HttpOperation operation, String detail) {
    return operation.isRead() ? new Execution.Failed(detail) : new Execution.Unknown(detail);
  }

  private Execution answered(Run run, Exchange.Answer answer) {
    int status = answer.status();
    if (answer.isSuccess()) {
      return accepted(run, answer);
    }
    var words = "the vendor answered " + answer.words();
    if (status >= 400 && status < 500 && status != 408) {
      return new Execution.Rejected(words, Results.error("the vendor refused: " + answer.words()));
    }
    return uncertain(run.operation, status < 400 ? words + ": redirects are refused" : words);
  }

  private Execution accepted(Run run, Exchange.Answer answer) {
    Value body = Value.Null.NULL;
    if (answer.body().length > 0) {
      var json = answer.json();
      if (json.isEmpty()) {
        return uncertain(run.operation, "the vendor's answer cannot be understood");
      }
      body = json.get();
    } else if (run.operation.isRead()) {
      return new Execution.Failed("the vendor's answer is empty");
    }
    if (run.operation.job().isPresent()) {
      return new JobWatch(vendor, clock, pause, run, run.operation.job().get())
          .follow(body, status -> finished(run, status));
    }
    return finished(run, body);
  }

  private Execution finished(Run run, Value answer) {
    return run.operation
        .readBack()
        .map(readBack -> readBack(run, readBack, answer))
        .orElseGet(() -> done(run, answer, Optional.empty()));
  }

  /** INVARIANT: nothing is said to be done before it was read at least once after the answer. */
  private Execution readBack(Run run, ReadBack readBack, Value answer) {
    var until = earlier(clock.instant().plus(readBack.within()), run.end);
    var address = vendor.address(readBack.path(), run.request.arguments());
    while (true) {
      var seen = run.look(vendor, address);
      if (seen.filter(readBack::holds).isPresent()) {
        return done(run, answer, seen.flatMap(readBack.pointer()::find));
      }
      if (run.cut.isCut()) {
        return new Execution.Unknown("sent, and cut before it could be read back");
      }
      if (!clock.instant().plus(readBack.every()).isBefore(until)) {
        return new Execution.Unknown("the wanted state was not read back in time");
      }
      pause.pause(readBack.every(), run.cut);
    }
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  private static Execution done(Run run, Value answer, Optional<Value> readBack) {
    Value kept =
        answer == Value.Null.NULL
            ? Value.object("status", "done")
            : run.operation.selection().apply(answer);
    if (readBack.isPresent() && kept instanceof Value.Obj object) {
      kept = object.with("readBack", readBack.get());
    }
    return new Execution.Done(
        Results.of(kept),
        Proofs.of(run.operation.tool(), run.request.arguments(), run.operation.owner(), answer));
  }

  /** What stays the same while one request is carried out. */
  final class Run {
    final HttpOperation operation;
    final Request request;
    final Credential credential;
    final Cut cut;
    final Instant end;

    Run(HttpOperation operation, Request request, Credential credential, Cut cut, Instant end) {
      this.operation = operation;
      this.request = request;
      this.credential = credential;
      this.cut = cut;
      this.end = end;
    }

    Duration left() {
      return Duration.between(clock.instant(), end);
    }

    /** One look; a vendor that is away for a moment is asked again, so its failure is no answer. */
    Optional<Value> look(VendorApi api, URI address) {
      var patience = left().compareTo(JobWatch.LOOK) < 0 ? left() : JobWatch.LOOK;
      if (patience.compareTo(SHORTEST) < 0) {
        return Optional.empty();
      }
      try {
        return api.read(address, credential, patience, cut);
      } catch (VendorException e) {
        return Optional.empty();
      }
    }
  }
}
