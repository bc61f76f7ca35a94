package dev.remit.server.sink;

import dev.remit.core.value.Value;
import dev.remit.evidence.OcsfStream.Event;
import dev.remit.json.Json;
import dev.remit.server.notice.WebhookSignature;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * Events as a batch of CloudEvents 1.0 in JSON, posted to one address and signed as Standard
 * Webhooks 1.0.0 have it.
 *
 * <p>Acknowledged by a status of 200 to 299 alone. A batch that is sent again has the same {@code
 * webhook-id}, and each event the same {@code id}. No redirects, no proxy.
 */
public final class WebhookReceiver implements Receiver {

  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final URI address;
  private final Supplier<String> secret;
  private final InstantSource clock;
  private final HttpClient client;

  /**
   * @param secret {@code whsec_} and base64, at least 24 bytes; read when it is needed
   * @param tls whom to believe, unless it is whom the platform believes
   */
  public WebhookReceiver(
      URI address, Supplier<String> secret, Optional<SSLContext> tls, InstantSource clock) {
    this.address = address;
    this.secret = secret;
    this.clock = clock;
    var builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(CONNECT);
    tls.ifPresent(builder::sslContext);
    this.client = builder.build();
  }

  @Override
  public void deliver(Batch batch) throws IOException, InterruptedException {
    var events = new ArrayList<Value>();
    batch.events().forEach(event -> events.add(cloudEvent(batch, event)));
    String body = Json.text(new Value.Array(List.copyOf(events)));
    var at = clock.instant();
    var request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/cloudevents-batch+json; charset=utf-8")
            .header("webhook-id", batch.id())
            .header("webhook-timestamp", Long.toString(at.getEpochSecond()))
            .header(
                "webhook-signature",
                "v1," + WebhookSignature.of(secret.get(), batch.id(), at, body))
            .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
            .build();
    // The deadline interrupts this thread: an answer that never ends ends with it.
    var running = client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
    try {
      int status = running.get().statusCode();
      if (status / 100 != 2) {
        throw new IOException("it answered with status " + status);
      }
    } catch (ExecutionException e) {
      throw new IOException("it could not be reached", e);
    } catch (InterruptedException e) {
      running.cancel(true);
      throw e;
    }
  }

  private static Value cloudEvent(Batch batch, Event event) {
    var cloud =
        Value.object(
            "specversion",
            "1.0",
            "id",
            batch.origin() + "/" + event.index(),
            "source",
            batch.origin(),
            "type",
            "dev.remit.evidence." + event.text("kind").orElse("unreadable"),
            "datacontenttype",
            "application/json",
            "tenant",
            batch.tenant().value(),
            "sequence",
            String.format(java.util.Locale.ROOT, "%019d", event.index()),
            "data",
            event.ocsf());
    cloud = event.text("at").isPresent() ? cloud.with("time", text(event, "at")) : cloud;
    var subject = event.text("call").or(() -> event.text("task"));
    return subject.isPresent() ? cloud.with("subject", Value.of(subject.get())) : cloud;
  }

  private static Value text(Event event, String member) {
    return Value.of(event.text(member).orElse(""));
  }
}
