package dev.remit.policy.opa;

import dev.remit.core.decision.Question;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import dev.remit.policy.opa.OpaAnswer.None;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks OPA's data API (REST API, {@code POST /v1/data/PATH} with {@code {"input": …}}).
 *
 * <p>Promises: an answer within the endpoint's time, whatever the other side does; redirects are
 * not followed; at most {@link #MOST_BYTES} are read. It never throws.
 */
final class OpaClient {

  /** How large an answer may be. */
  static final int MOST_BYTES = 64 * 1024;

  private final OpaEndpoint endpoint;
  private final HttpClient http;

  OpaClient(OpaEndpoint endpoint, HttpClient http) {
    this.endpoint = endpoint;
    this.http = http;
  }

  OpaAnswer ask(Question question) {
    try {
      var sent = http.sendAsync(request(OpaInput.of(question)), limited());
      try {
        return read(sent.get(endpoint.within().toMillis(), TimeUnit.MILLISECONDS));
      } finally {
        sent.cancel(true);
      }
    } catch (TimeoutException e) {
      return new None("no answer within " + endpoint.within().toMillis() + " ms");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new None("interrupted while waiting for an answer");
    } catch (ExecutionException e) {
      return new None("no answer: " + name(e.getCause()));
    } catch (RuntimeException e) {
      return new None("cannot be asked: " + name(e));
    }
  }

  private static HttpResponse.BodyHandler<byte[]> limited() {
    return HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MOST_BYTES);
  }

  private static OpaAnswer read(HttpResponse<byte[]> response) {
    return response.statusCode() == 200
        ? OpaAnswer.read(response.body())
        : new None("status " + response.statusCode());
  }

  private HttpRequest request(Value.Obj input) {
    var request =
        HttpRequest.newBuilder(endpoint.uri())
            .timeout(endpoint.within())
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(Value.object("input", input))));
    endpoint.token().ifPresent(token -> request.header("Authorization", "Bearer " + token.get()));
    return request.build();
  }

  /** The kind of failure; its words may hold what was sent. */
  private static String name(@org.jspecify.annotations.Nullable Throwable failure) {
    return failure == null ? "unknown" : failure.getClass().getSimpleName();
  }
}
