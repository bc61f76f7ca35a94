package dev.remit.server.notice;

import dev.remit.core.identity.Organisation;
import dev.remit.core.value.InvalidValueException;
import dev.remit.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A signed webhook (Standard Webhooks 1.0.0): {@code webhook-id}, {@code webhook-timestamp} and
 * {@code webhook-signature}, which is HMAC-SHA256 over all three parts.
 *
 * <p>No redirects, no proxy; any answer of 200 to 299 is the end of it.
 */
public final class WebhookChannel implements Channel {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

  private final String name;
  private final Organisation organisation;
  private final Optional<String> group;
  private final URI address;
  private final Supplier<String> secret;
  private final HttpClient client;

  /**
   * @param secret {@code whsec_} and base64, at least 24 bytes; read when it is needed
   */
  public WebhookChannel(
      String name,
      Organisation organisation,
      Optional<String> group,
      URI address,
      Supplier<String> secret) {
    boolean isLocal = "http".equals(address.getScheme()) && LOOPBACK.contains(address.getHost());
    if (address.getHost() == null || !(isLocal || "https".equals(address.getScheme()))) {
      throw new InvalidValueException(
          "webhook `" + name + "` must be at an https address, or http on loopback");
    }
    this.name = name;
    this.organisation = organisation;
    this.group = group;
    this.address = address;
    this.secret = secret;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(TIMEOUT)
            .build();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Organisation organisation() {
    return organisation;
  }

  @Override
  public Optional<String> group() {
    return group;
  }

  @Override
  public boolean tell(Notice notice, Instant at) {
    return post(notice.id(), Json.text(notice.json(at)), at);
  }

  @Override
  public boolean tell(AgentNotice notice, Instant at) {
    return post(notice.id(), Json.text(notice.json(at)), at);
  }

  private boolean post(String id, String body, Instant at) {
    try {
      var request =
          HttpRequest.newBuilder(address)
              .timeout(TIMEOUT)
              .header("Content-Type", "application/json")
              .header("webhook-id", id)
              .header("webhook-timestamp", Long.toString(at.getEpochSecond()))
              .header("webhook-signature", "v1," + WebhookSignature.of(secret.get(), id, at, body))
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      var answer = client.send(request, HttpResponse.BodyHandlers.discarding());
      return answer.statusCode() / 100 == 2;
    } catch (IOException | RuntimeException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
