package dev.remit.cli.people;

import dev.remit.cli.CommandException;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The people's listener as a client sees it.
 *
 * <p>Answers are values; a problem (RFC 9457) becomes a {@link CommandException} with the exit code
 * that fits: the caller's mistake 2, a refusal 1, all else 3. Redirects are not followed, because
 * the token must not travel.
 */
public final class PeopleApi {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int LIMIT_PROBLEM_BYTES = 1 << 16;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(3))
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final String base;
  private final String token;

  public PeopleApi(String base, String token) {
    this.base = base;
    this.token = token;
  }

  /** A client without a token, for what needs none. */
  public static PeopleApi anonymous(String base) {
    return new PeopleApi(base, "");
  }

  /** Reads; members of {@code query} with empty text are left out. */
  public Value.Obj get(String path, Map<String, String> query) {
    String parameters =
        new TreeMap<>(query)
            .entrySet().stream()
                .filter(parameter -> !parameter.getValue().isEmpty())
                .map(parameter -> parameter.getKey() + "=" + encode(parameter.getValue()))
                .collect(Collectors.joining("&"));
    return send(request(parameters.isEmpty() ? path : path + "?" + parameters).GET());
  }

  /** Reads without parameters. */
  public Value.Obj get(String path) {
    return get(path, Map.of());
  }

  /** Orders. */
  public Value.Obj post(String path, Value.Obj body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body))));
  }

  /** Takes a file away as it comes; its reader has to see whether it is whole. */
  public void download(String path, Consumer<InputStream> reader) {
    try {
      var answer =
          http.send(
              request(path).setHeader("Accept", "*/*").GET().build(),
              HttpResponse.BodyHandlers.ofInputStream());
      try (var body = answer.body()) {
        if (answer.statusCode() / 100 != 2) {
          throw problem(answer.statusCode(), body.readNBytes(LIMIT_PROBLEM_BYTES));
        }
        reader.accept(body);
      }
    } catch (IOException | UncheckedIOException e) {
      throw unreachable();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.broken("interrupted");
    }
  }

  /** One path segment. */
  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private HttpRequest.Builder request(String path) {
    var request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(TIMEOUT)
            .header("Accept", "application/json");
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private Value.Obj send(HttpRequest.Builder request) {
    try {
      var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() / 100 == 2) {
        return answer.body().length == 0 ? Value.Obj.EMPTY : Json.parseObject(answer.body());
      }
      throw problem(answer.statusCode(), answer.body());
    } catch (IOException e) {
      throw unreachable();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.broken("interrupted");
    }
  }

  private CommandException unreachable() {
    return CommandException.broken(
        "the server at `" + base + "` does not answer: start it with `remit up`");
  }

  private static CommandException problem(int status, byte[] body) {
    String words = words(status, body);
    return switch (status) {
      case 401, 403, 409 -> CommandException.refused(words);
      case 400, 404, 413, 415, 422 -> CommandException.usage(words);
      default -> CommandException.broken(words);
    };
  }

  private static String words(int status, byte[] body) {
    String nothing = "the server answered with status " + status;
    try {
      var problem = Json.parseObject(body);
      return problem.text("detail").or(() -> problem.text("title")).orElse(nothing);
    } catch (InvalidValueException e) {
      return nothing;
    }
  }
}
