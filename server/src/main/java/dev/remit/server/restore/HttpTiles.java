package dev.remit.server.restore;

import dev.remit.core.value.InvalidValueException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * {@link TileFiles} over HTTPS, or HTTP on this machine. Follows no redirect; every answer has a
 * deadline and a longest length.
 */
final class HttpTiles implements TileFiles {

  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final Set<String> HERE = Set.of("127.0.0.1", "localhost", "[::1]");

  private final String prefix;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(DEADLINE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  private HttpTiles(String prefix) {
    this.prefix = prefix;
  }

  /** Below this prefix, such as {@code https://mirror.example/log/harbor-dental}. */
  static HttpTiles at(String prefix) {
    try {
      var address = URI.create(prefix);
      boolean isSecret = "https".equals(address.getScheme());
      if (address.getHost() != null
          && (isSecret || HERE.contains(address.getHost()))
          && address.getQuery() == null
          && address.getFragment() == null
          && address.getUserInfo() == null) {
        return new HttpTiles(prefix.replaceAll("/+$", "") + "/");
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    throw new InvalidValueException(
        "`" + prefix + "` is no address of a mirror: use `https://host/path` without a query");
  }

  @Override
  public Optional<byte[]> read(String path) {
    var request = HttpRequest.newBuilder(URI.create(prefix + path)).timeout(DEADLINE).build();
    try {
      var answer =
          http.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LIMIT_BYTES));
      return switch (answer.statusCode()) {
        case 200 -> Optional.of(answer.body());
        case 404 -> Optional.empty();
        default ->
            throw new InvalidValueException(
                "the mirror answers " + answer.statusCode() + " for `" + path + "`");
      };
    } catch (IOException e) {
      throw new InvalidValueException("the mirror does not answer for `" + path + "`");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InvalidValueException("the reading of the mirror was broken off");
    }
  }
}
