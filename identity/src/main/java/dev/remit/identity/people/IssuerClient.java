package dev.remit.identity.people;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
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

/**
 * Asks issuers over HTTP: no redirects, no proxy, little answers, and a time limit over the whole
 * exchange.
 */
public final class IssuerClient implements AutoCloseable {

  private static final long MOST_BYTES = 256 * 1024;

  private final Duration timeout;
  private final HttpClient client;

  /** Gives up after this time. */
  public IssuerClient(Duration timeout) {
    this.timeout = timeout;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(timeout)
            .build();
  }

  /** The answer. */
  sealed interface Answer {}

  /** It answered with an object. */
  record Told(int status, Value.Obj body) implements Answer {}

  /** It did not, in time or in a form that is understood. */
  record Away(String why) implements Answer {}

  Answer get(URI address) {
    return send(HttpRequest.newBuilder(address).GET());
  }

  /** A form; {@code authorization} is empty where the form itself shows who asks. */
  Answer post(URI address, String form, String authorization) {
    var request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return send(request);
  }

  private Answer send(HttpRequest.Builder request) {
    var body =
        HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MOST_BYTES);
    var answer =
        client.sendAsync(
            request.timeout(timeout).header("Accept", "application/json").build(), body);
    try {
      var response = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return new Told(response.statusCode(), Json.parseObject(response.body()));
    } catch (InvalidValueException e) {
      return new Away("the issuer answered no JSON object");
    } catch (TimeoutException e) {
      answer.cancel(true);
      return new Away("the issuer did not answer in time");
    } catch (ExecutionException e) {
      return new Away(
          e.getCause() instanceof IOException
              ? "the issuer cannot be reached or answers wrongly"
              : "the issuer cannot be asked");
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      return new Away("interrupted while asking the issuer");
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
