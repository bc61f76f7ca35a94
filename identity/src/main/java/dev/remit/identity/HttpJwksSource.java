package dev.remit.identity;

import dev.remit.core.value.InvalidValueException;
import dev.remit.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/**
 * Keys over HTTP: one GET, no redirects, no proxy, at most {@link #MOST_BYTES}, and a time limit
 * over the whole exchange, body included.
 */
public final class HttpJwksSource implements JwksSource, AutoCloseable {

  /** The largest document that is read. */
  public static final long MOST_BYTES = 256 * 1024;

  private final Duration timeout;
  private final HttpClient client;

  /** Gives up on an issuer after this time. */
  public HttpJwksSource(Duration timeout) {
    this(timeout, builder(timeout).build());
  }

  private HttpJwksSource(Duration timeout, HttpClient client) {
    this.timeout = timeout;
    this.client = client;
  }

  /** Over TLS that trusts in a way of its own. */
  public static HttpJwksSource over(Duration timeout, SSLContext context) {
    return new HttpJwksSource(timeout, builder(timeout).sslContext(context).build());
  }

  private static HttpClient.Builder builder(Duration timeout) {
    return HttpClient.newBuilder()
        .followRedirects(HttpClient.Redirect.NEVER)
        .proxy(HttpClient.Builder.NO_PROXY)
        .connectTimeout(timeout);
  }

  @Override
  public Fetched fetch(URI address) {
    var request =
        HttpRequest.newBuilder(address)
            .timeout(timeout)
            .header("Accept", "application/jwk-set+json, application/json")
            .build();
    var body =
        HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MOST_BYTES);
    var answer = client.sendAsync(request, body);
    try {
      var response = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return response.statusCode() == 200
          ? new Document(Json.parseObject(response.body()))
          : new Away("the key address answered " + response.statusCode());
    } catch (InvalidValueException e) {
      return new Away("the key address answered no JSON object");
    } catch (TimeoutException e) {
      answer.cancel(true);
      return new Away("the key address did not answer in time");
    } catch (ExecutionException e) {
      return new Away(
          e.getCause() instanceof IOException
              ? "the key address cannot be reached or answers wrongly"
              : "the key address cannot be read");
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      return new Away("interrupted while reading the key address");
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
