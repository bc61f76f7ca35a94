package dev.remit.web.people;

import dev.remit.web.http.Answer;
import dev.remit.web.http.Route;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The description of both listeners' JSON APIs (OpenAPI 3.1); it needs no token. */
final class OpenApi {

  private OpenApi() {}

  static Route route() {
    var answer = Answer.of(200, "application/yaml", document());
    return Route.of("GET", "/openapi.yaml", exchange -> exchange.send(answer));
  }

  private static byte[] document() {
    try (var in = OpenApi.class.getResourceAsStream("openapi.yaml")) {
      if (in == null) {
        throw new IllegalStateException("the API's description is not packed with it");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
