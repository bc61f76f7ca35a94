package dev.remit.web.mcp;

import dev.remit.core.execution.Cut;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import dev.remit.web.http.Answer;
import dev.remit.web.http.EventStream;
import dev.remit.web.http.Exchange;
import dev.remit.web.http.Pulse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a call that may take long: one JSON object when it comes soon, else a stream of
 * events that ends with it.
 *
 * <p>While it waits the stream carries comments. That is how a client that closed the connection is
 * noticed, which cancels the call (MCP 2026-07-28, transports, cancellation): within about three
 * seconds, since the first write after a close still succeeds. Nothing is noticed in the first
 * second.
 */
final class LateAnswer implements Pulse.Beat, AutoCloseable {

  private static final int EVERY = Pulse.beats(Duration.ofSeconds(1));

  private final Exchange exchange;
  private final Pulse pulse;
  private final Cut cut;
  private final AtomicBoolean isWriting = new AtomicBoolean();
  private int beats; // owned by the pulse
  private @Nullable EventStream stream; // guarded by this
  private boolean isOver; // guarded by this

  LateAnswer(Exchange exchange, Pulse pulse, Cut cut) {
    this.exchange = exchange;
    this.pulse = pulse;
    this.cut = cut;
    pulse.add(this);
  }

  @Override
  public void beat() {
    beats++;
    if (beats % EVERY == 0 && isWriting.compareAndSet(false, true)) {
      Thread.startVirtualThread(this::comment);
    }
  }

  /** Sends the answer in whichever form is due. */
  synchronized void send(int status, Value.Obj message) {
    isOver = true;
    if (stream == null) {
      exchange.send(Answer.json(status, message));
    } else {
      stream.event(Json.bytes(message));
      stream.close();
    }
  }

  @Override
  public void close() {
    pulse.remove(this);
  }

  private void comment() {
    try {
      commentUnlessOver();
    } catch (RuntimeException e) {
      close();
      cut.cut("the client closed the connection");
    } finally {
      isWriting.set(false);
    }
  }

  private synchronized void commentUnlessOver() {
    if (isOver) {
      return;
    }
    if (stream == null) {
      stream = exchange.openEventStream();
    }
    stream.comment();
  }
}
