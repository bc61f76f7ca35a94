package dev.remit.connectors.wire;

import dev.remit.core.execution.Cut;
import dev.remit.core.execution.Downstream;
import dev.remit.core.execution.SendBy;
import dev.remit.core.trace.Trace;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;

/**
 * The HTTP client of one connector: its own connections and its own selector, so that a vendor that
 * hangs delays nobody else.
 *
 * <p>Promises: no redirect is followed, no proxy is picked up from the environment, a request is
 * never repeated behind the caller's back (but a GET whose pooled connection had died), every
 * exchange ends by its timeout or its cut. {@code send-by} is looked at directly before the request
 * is handed over and again before its body goes out.
 */
public final class Wire implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private final HttpClient client;

  /** The selector's own thread does the small work of plain connections; TLS goes elsewhere. */
  public Wire(boolean isTls) {
    Executor direct = Runnable::run;
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(CONNECT)
            .executor(isTls ? Executors.newVirtualThreadPerTaskExecutor() : direct)
            .build();
  }

  /** Makes one exchange; blocks until it is over. */
  public Exchange exchange(Ask ask, SendBy sendBy, Cut cut) {
    return exchange(ask, sendBy, cut, info -> new BoundedBody(ask.limitBytes()));
  }

  /** Makes one exchange with a reader of the answer's body of the caller's own. */
  public Exchange exchange(
      Ask ask, SendBy sendBy, Cut cut, HttpResponse.BodyHandler<byte[]> reader) {
    var exchange = exchanged(ask, sendBy, cut, reader);
    String line = ask.method() + " " + ask.uri();
    switch (exchange) {
      case Exchange.Answer answer ->
          Downstream.exchanged(
              line, ask.body(), String.valueOf(answer.status()), Optional.of(answer.body()));
      case Exchange.TooLarge ignored ->
          Downstream.exchanged(line, ask.body(), "too-large", Optional.empty());
      case Exchange.Lost ignored ->
          Downstream.exchanged(line, ask.body(), "lost", Optional.empty());
      case Exchange.NotSent ignored -> {}
    }
    return exchange;
  }

  private Exchange exchanged(
      Ask ask, SendBy sendBy, Cut cut, HttpResponse.BodyHandler<byte[]> reader) {
    if (cut.isCut()) {
      return new Exchange.NotSent("cut before it was sent");
    }
    var request = request(ask, sendBy);
    if (sendBy.isPast()) {
      return new Exchange.NotSent("the time to send was over");
    }
    var running = client.sendAsync(request, reader);
    var takeBack = cut.onCut(() -> running.cancel(true));
    try {
      var response = running.get(ask.timeout().toMillis(), TimeUnit.MILLISECONDS);
      return new Exchange.Answer(response.statusCode(), response.headers(), response.body());
    } catch (TimeoutException e) {
      running.cancel(true);
      return new Exchange.Lost("no answer within " + ask.timeout().toMillis() + " ms");
    } catch (CancellationException e) {
      return new Exchange.Lost("cut while the answer was awaited");
    } catch (InterruptedException e) {
      running.cancel(true);
      Thread.currentThread().interrupt();
      return new Exchange.Lost("interrupted while the answer was awaited");
    } catch (ExecutionException e) {
      return failed(e.getCause() == null ? e : e.getCause(), ask);
    } finally {
      takeBack.run();
    }
  }

  /** Sends without waiting for the answer, which is read and dropped; for words nobody waits on. */
  public void tell(Ask ask) {
    CompletableFuture<HttpResponse<byte[]>> told =
        client.sendAsync(
            request(ask, () -> false),
            info -> (BodySubscriber<byte[]>) new BoundedBody(ask.limitBytes()));
    var _ =
        told.orTimeout(ask.timeout().toMillis(), TimeUnit.MILLISECONDS)
            .exceptionally(cause -> {
              told.cancel(true);
              return null;
            });
  }

  private static HttpRequest request(Ask ask, SendBy sendBy) {
    BodyPublisher body =
        ask.body()
            .map(bytes -> (BodyPublisher) new GuardedBody(bytes, sendBy))
            .orElse(BodyPublishers.noBody());
    var builder = HttpRequest.newBuilder(ask.uri()).method(ask.method(), body);
    builder.setHeader("User-Agent", "remit");
    ask.headers().forEach(builder::setHeader);
    Trace.current().ifPresent(trace -> builder.setHeader("traceparent", trace.traceparent()));
    return builder.build();
  }

  private static Exchange failed(Throwable cause, Ask ask) {
    return switch (cause) {
      case CompletionException e when e.getCause() != null -> failed(e.getCause(), ask);
      case ConnectException e -> new Exchange.NotSent("nobody answers at the vendor's address");
      case HttpConnectTimeoutException e -> new Exchange.NotSent("connecting took too long");
      case UnresolvedAddressException e -> new Exchange.NotSent("the vendor's name is unknown");
      case SSLHandshakeException e -> new Exchange.NotSent("the TLS handshake failed");
      case BoundedBody.TooLargeException e ->
          new Exchange.TooLarge("the answer is larger than " + ask.limitBytes() + " bytes");
      case GuardedBody.LateException e -> new Exchange.Lost("the time to send ended in between");
      case CancellationException e -> new Exchange.Lost("cut while the answer was awaited");
      default -> new Exchange.Lost("the connection broke before the answer was whole");
    };
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
