package dev.remit.cli.connect;

import dev.remit.cli.CommandException;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * MCP on standard input and output: one message a line, in either direction (MCP, transports,
 * stdio). A message goes out byte for byte as it came in. Every request gets exactly one answer,
 * the gateway's or, where there is none, an error that says so.
 */
final class Stdio {

  private static final int LONGEST = 4 * 1024 * 1024;
  private static final Duration AFTER_END = Duration.ofSeconds(10);
  private static final int REFUSED = -32_000;

  private final Outward outward;
  private final OutputStream out; // guarded by itself
  private final Consumer<String> log;
  private final Map<Value, Running> running = new ConcurrentHashMap<>();
  private final AtomicReference<Optional<String>> agreed = new AtomicReference<>(Optional.empty());
  private final Phaser open = new Phaser(1);

  Stdio(Outward outward, OutputStream out, Consumer<String> log) {
    this.outward = outward;
    this.out = out;
    this.log = log;
  }

  /** Serves until the input ends; what still runs then gets a short while, and is given up. */
  void serve(InputStream input) throws IOException {
    var in = new BufferedInputStream(input);
    for (var line = line(in); line.isPresent(); line = line(in)) {
      if (!new String(line.get(), StandardCharsets.UTF_8).isBlank()) {
        take(line.get());
      }
    }
    try {
      open.awaitAdvanceInterruptibly(open.arrive(), AFTER_END.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      running.values().forEach(Running::giveUp);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The next line; one that is too long is passed over and comes as an empty one. */
  private Optional<byte[]> line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    boolean isTooLong = false;
    int next = in.read();
    if (next < 0) {
      return Optional.empty();
    }
    for (; next >= 0 && next != '\n'; next = in.read()) {
      if (line.size() < LONGEST) {
        line.write(next);
      } else {
        isTooLong = true;
      }
    }
    if (isTooLong) {
      write(Envelope.error(Optional.empty(), -32_600, "a message has at most 4 MiB"));
      return Optional.of(new byte[0]);
    }
    return Optional.of(line.toByteArray());
  }

  private void take(byte[] message) {
    Envelope envelope;
    try {
      envelope = Envelope.read(message);
    } catch (InvalidValueException e) {
      write(Envelope.error(Optional.empty(), -32_700, "this line is no JSON-RPC message"));
      return;
    }
    envelope.cancels().ifPresent(this::giveUp);
    if (envelope.isRequest() && running.containsKey(envelope.id().orElseThrow())) {
      write(Envelope.error(envelope.id(), -32_600, "a request of this id is on its way"));
      return;
    }
    var one = new Running();
    if (envelope.isRequest()) {
      running.put(envelope.id().orElseThrow(), one);
    }
    open.register();
    Thread.ofVirtual().name("message").start(() -> run(message, envelope, one));
  }

  /**
   * Of the older revisions the gateway takes the notification; of the newer one it takes the closed
   * connection, and this is closed in any case once nobody waits for the answer.
   */
  private void giveUp(Value request) {
    var one = running.get(request);
    if (one != null) {
      one.giveUp();
    }
  }

  private void run(byte[] message, Envelope envelope, Running one) {
    var answered = new Answered(envelope);
    try {
      var answer = outward.post(message, envelope.headers(agreed.get()), one);
      try (var body = answer.body()) {
        pass(answer, body, envelope, answered);
      }
      answered.orElse("the answer ended before it was whole: ask for the task's state");
    } catch (IOException e) {
      answered.orElse(
          "the gateway cannot be reached, or the connection broke: whether it was done is not known");
    } catch (CommandException | InvalidValueException e) {
      log.accept(String.valueOf(e.getMessage()));
      answered.orElse(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      log.accept("internal fault: " + e.getClass().getSimpleName());
      answered.orElse("internal fault");
    } finally {
      envelope.id().ifPresent(id -> running.remove(id, one));
      open.arriveAndDeregister();
    }
  }

  /** Whether a request got its answer. */
  private final class Answered {
    private final Envelope request;
    private boolean isDone;

    Answered(Envelope request) {
      this.request = request;
    }

    void pass(String message) {
      var text = message.replace('\n', ' ').replace('\r', ' ').strip();
      try {
        var read = Json.parseObject(text);
        boolean isAnswer = read.get("method").isEmpty() && read.get("id").equals(request.id());
        if (isAnswer && request.method().equals(Optional.of("initialize"))) {
          agreed.set(read.object("result").flatMap(result -> result.text("protocolVersion")));
        }
        isDone |= isAnswer;
        write(text);
      } catch (InvalidValueException e) {
        log.accept("the gateway sent what is no message");
      }
    }

    void orElse(String words) {
      if (request.isRequest() && !isDone && !isCancelled()) {
        isDone = true;
        write(Envelope.error(request.id(), REFUSED, words));
      }
    }

    /** Whoever cancelled a request waits for no answer (MCP, cancellation). */
    private boolean isCancelled() {
      var one = running.get(request.id().orElseThrow());
      return one != null && one.isGivenUp();
    }
  }

  private static void pass(
      HttpResponse<InputStream> answer, InputStream body, Envelope envelope, Answered answered)
      throws IOException {
    var type = answer.headers().firstValue("Content-Type").orElse("");
    if (answer.statusCode() == 200 && type.startsWith("text/event-stream")) {
      Events.read(body, answered::pass);
      return;
    }
    var bytes = body.readNBytes(Json.MAX_BYTES);
    if (bytes.length == 0 && answer.statusCode() / 100 == 2) {
      return;
    }
    var text = new String(bytes, StandardCharsets.UTF_8);
    if (isMessage(text)) {
      answered.pass(text);
    } else if (envelope.isRequest()) {
      answered.orElse(Problems.words(answer.statusCode(), text));
    }
  }

  private static boolean isMessage(String text) {
    try {
      return Json.parseObject(text).text("jsonrpc").isPresent();
    } catch (InvalidValueException e) {
      return false;
    }
  }

  private void write(String line) {
    try {
      synchronized (out) {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    } catch (IOException e) {
      log.accept("nobody reads the answers any more");
    }
  }
}
