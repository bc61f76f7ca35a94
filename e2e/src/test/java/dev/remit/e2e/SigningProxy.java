package dev.remit.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;

/**
 * Forwards to a server and adds the workload's token and a proof of its key: the conformance suite
 * knows neither. Everything else goes through as it came, foreign hosts and origins too.
 */
final class SigningProxy implements AutoCloseable {

  private static final Set<String> OWN =
      Set.of("connection", "content-length", "transfer-encoding", "upgrade", "http2-settings");

  private final HttpServer proxy;
  private final URI target;
  private final String token;
  private final Holder holder;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  SigningProxy(String target, Agent agent) {
    this.target = URI.create(target);
    this.token = agent.token();
    this.holder = agent.holder();
    try {
      proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    proxy.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    proxy.createContext("/", this::forward);
    proxy.start();
  }

  /** What stands for the server's MCP endpoint. */
  String url() {
    return "http://127.0.0.1:" + proxy.getAddress().getPort() + "/mcp";
  }

  private void forward(HttpExchange exchange) throws IOException {
    var body = exchange.getRequestBody().readAllBytes();
    var request =
        HttpRequest.newBuilder(target.resolve(exchange.getRequestURI()))
            .method(
                exchange.getRequestMethod(),
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> {
          if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
            values.forEach(value -> request.header(name, readdressed(value)));
          }
        });
    try {
      var answer = shown(request, exchange.getRequestMethod());
      answer
          .headers()
          .map()
          .forEach((name, values) -> {
            if (!OWN.contains(name.toLowerCase(Locale.ROOT)) && !name.startsWith(":")) {
              exchange.getResponseHeaders().put(name, values);
            }
          });
      boolean isStream =
          answer.headers().firstValue("transfer-encoding").filter("chunked"::equals).isPresent();
      long length = answer.headers().firstValueAsLong("content-length").orElse(0);
      exchange.sendResponseHeaders(answer.statusCode(), isStream ? 0 : length == 0 ? -1 : length);
      try (var in = answer.body();
          var out = exchange.getResponseBody()) {
        in.transferTo(out);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      exchange.close();
    }
  }

  private HttpResponse<InputStream> shown(HttpRequest.Builder request, String method)
      throws IOException, InterruptedException {
    var url = request.copy().build().uri().toString();
    for (int attempt = 1; ; attempt++) {
      holder.show(request, method, url, token);
      var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      var nonce = answer.headers().firstValue("DPoP-Nonce");
      if (!holder.heard(url, answer.statusCode(), nonce) || attempt == Holder.ATTEMPTS) {
        return answer;
      }
      answer.body().close();
    }
  }

  /** What names this proxy names the server; hosts and origins of others stay as they are. */
  private String readdressed(String value) {
    return value.replace(":" + proxy.getAddress().getPort(), ":" + target.getPort());
  }

  @Override
  public void close() {
    proxy.stop(0);
    client.close();
  }
}
