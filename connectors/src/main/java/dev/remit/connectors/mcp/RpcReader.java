package dev.remit.connectors.mcp;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/**
 * Reads the answer to one JSON-RPC request: plain JSON, or an event stream in which the upstream
 * may say other things first.
 *
 * <p>What it gives is the text of the one response with our identifier. Requests of the upstream
 * (sampling, elicitation, roots) go to {@code onRequest} to be refused; notifications are dropped;
 * neither ever becomes part of a result. Nothing beyond the limit is held.
 */
final class RpcReader implements BodySubscriber<byte[]> {
  private final boolean isStream;
  private final long id;
  private final int limit;
  private final Consumer<Value.Obj> onRequest;
  private final CompletableFuture<byte[]> answer = new CompletableFuture<>();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);
  private final ByteArrayOutputStream data = new ByteArrayOutputStream(512);
  private Flow.@org.jspecify.annotations.Nullable Subscription subscription;
  private long seen;

  RpcReader(boolean isStream, long id, int limit, Consumer<Value.Obj> onRequest) {
    this.isStream = isStream;
    this.id = id;
    this.limit = limit;
    this.onRequest = onRequest;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return answer;
  }

  @Override
  public void onSubscribe(Flow.Subscription newOne) {
    subscription = newOne;
    newOne.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (var buffer : buffers) {
      seen += buffer.remaining();
      if (seen > limit) {
        giveUp("the answer is larger than " + limit + " bytes");
        return;
      }
      while (buffer.hasRemaining()) {
        take(buffer.get());
      }
    }
  }

  /** WHATWG HTML, section 9.2.6; a lone CR as line end is not supported. */
  private void take(byte b) {
    if (!isStream) {
      data.write(b);
      return;
    }
    if (b != '\n') {
      line.write(b);
      return;
    }
    var text = line.toString(StandardCharsets.UTF_8).stripTrailing();
    line.reset();
    if (text.isEmpty()) {
      event();
    } else if (text.startsWith("data:")) {
      var value = text.substring(5);
      data.writeBytes(value.strip().getBytes(StandardCharsets.UTF_8));
    }
  }

  private void event() {
    if (data.size() == 0) {
      return;
    }
    byte[] bytes = data.toByteArray();
    data.reset();
    try {
      message(Json.parseObject(bytes), bytes);
    } catch (InvalidValueException e) {
      giveUp("the upstream's event cannot be understood");
    }
  }

  private void message(Value.Obj message, byte[] bytes) {
    boolean isRequest = message.get("method").isPresent();
    if (isRequest && message.get("id").isPresent()) {
      onRequest.accept(message);
    } else if (!isRequest && message.integer("id").filter(named -> named == id).isPresent()) {
      answer.complete(bytes);
    }
  }

  private void giveUp(String why) {
    answer.completeExceptionally(new IOException(why));
    if (subscription != null) {
      subscription.cancel();
    }
  }

  @Override
  public void onError(Throwable cause) {
    answer.completeExceptionally(cause);
  }

  @Override
  public void onComplete() {
    if (isStream) {
      answer.completeExceptionally(new IOException("the stream ended without an answer"));
    } else {
      answer.complete(data.toByteArray());
    }
  }
}
