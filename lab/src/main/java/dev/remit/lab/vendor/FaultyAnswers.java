package dev.remit.lab.vendor;

import dev.remit.lab.http.Json;
import dev.remit.lab.http.Reply;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Carries out what a fault says on the wire. */
final class FaultyAnswers {
  private final Faults faults;

  FaultyAnswers(Faults faults) {
    this.faults = faults;
  }

  /** Answers wrongly; never called for SLOW, which only waits. */
  void send(Fault fault, ServerResponse res) {
    switch (fault.mode()) {
      case HANG -> {
        pause(fault.millis());
        throw new CloseConnectionException("fault: hang");
      }
      case SLOW -> throw new IllegalStateException("slow answers are sent by the caller");
      case RESET -> throw new CloseConnectionException("fault: reset");
      case ERROR500 ->
          Reply.of(500, Json.object("error", "internal_error", "error_description", "fault"))
              .send(res);
      case GARBAGE -> {
        res.header("Content-Type", "application/json");
        res.send("{\"id\": 1001, <<< not json".getBytes(StandardCharsets.UTF_8));
      }
      case REDIRECT -> {
        res.status(Status.TEMPORARY_REDIRECT_307);
        res.header("Location", fault.location().isEmpty() ? "/ext/trap" : fault.location());
        res.send();
      }
      case HUGE -> huge(fault, res);
      case HALF -> half(fault, res);
    }
  }

  /** Waits, but not longer than until the faults are cleared. */
  void pause(long millis) {
    try {
      if (faults.cleared().await(millis, TimeUnit.MILLISECONDS)) {
        throw new CloseConnectionException("fault: cleared");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CloseConnectionException("fault: interrupted");
    }
  }

  private static void huge(Fault fault, ServerResponse res) {
    byte[] chunk = new byte[65_536];
    Arrays.fill(chunk, (byte) 'x');
    res.header("Content-Type", "application/json");
    try (OutputStream out = res.outputStream()) {
      out.write("{\"displayName\":\"".getBytes(StandardCharsets.UTF_8));
      for (long left = fault.bytes(); left > 0; left -= chunk.length) {
        out.write(chunk);
      }
      out.write("\"}".getBytes(StandardCharsets.UTF_8));
    } catch (IOException | RuntimeException e) {
      throw new CloseConnectionException("fault: huge answer was cut", e);
    }
  }

  private void half(Fault fault, ServerResponse res) {
    byte[] body = Json.bytes(Json.object("id", 1001, "displayName", "x".repeat(4096)));
    res.header("Content-Type", "application/json");
    res.contentLength(body.length);
    try {
      OutputStream out = res.outputStream();
      out.write(body, 0, body.length / 2);
      out.flush();
    } catch (IOException e) {
      throw new CloseConnectionException("fault: half", e);
    }
    pause(fault.millis());
    throw new CloseConnectionException("fault: half");
  }
}
