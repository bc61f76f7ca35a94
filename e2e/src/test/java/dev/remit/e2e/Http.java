package dev.remit.e2e;

import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Plain HTTP with JSON bodies. */
final class Http {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private Http() {}

  /** What came back; the body is empty when it was no JSON object. */
  record Answer(int status, Value body, String text, Map<String, String> headers) {
    Value.Obj object() {
      return body instanceof Value.Obj object ? object : Value.Obj.EMPTY;
    }
  }

  static Answer get(String url, String bearer) {
    return send(request(url, bearer).GET());
  }

  static Answer post(String url, String bearer, Value body) {
    return send(
        request(url, bearer).POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body))));
  }

  static Answer delete(String url, String bearer) {
    return send(request(url, bearer).DELETE());
  }

  static HttpRequest.Builder request(String url, String bearer) {
    var request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(40))
            .header("Content-Type", "application/json");
    return bearer.isEmpty() ? request : request.header("Authorization", "Bearer " + bearer);
  }

  /** Sends it; throws when there is no whole answer. */
  static Answer send(HttpRequest.Builder request) {
    try {
      var answer =
          CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      var headers =
          answer.headers().map().entrySet().stream()
              .collect(
                  java.util.stream.Collectors.toMap(
                      Map.Entry::getKey, entry -> entry.getValue().getFirst()));
      return new Answer(answer.statusCode(), json(answer.body()), answer.body(), headers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** The object, or the one in the last event of a stream; lines of many objects are none. */
  private static Value json(String text) {
    var found =
        (text.startsWith("{") && text.indexOf("}\n{") < 0) || text.startsWith("[")
            ? Optional.of(text)
            : text.lines()
                .filter(line -> line.startsWith("data:"))
                .map(line -> line.substring(5).strip())
                .reduce((first, last) -> last);
    return found.filter(json -> !json.isEmpty()).map(Json::parse).orElse(Value.Obj.EMPTY);
  }
}
