package dev.remit.testkit.browser;

import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A running ChromeDriver and the way to talk to it (W3C WebDriver, section 6). */
final class Driver implements AutoCloseable {

  private static final Pattern STARTED =
      Pattern.compile(".* started successfully on port ([0-9]+)\\.?");
  private static final List<String> PLACES =
      List.of(
          "/usr/bin/chromedriver", "/usr/lib/chromium/chromedriver", "/usr/local/bin/chromedriver");

  private final Process process;
  private final URI base;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Driver(Process process, URI base) {
    this.process = process;
    this.base = base;
  }

  /** Where the driver of this machine is, if there is one. */
  static Optional<Path> find() {
    return PLACES.stream().map(Path::of).filter(Files::isExecutable).findFirst();
  }

  static Driver start(Path program) {
    try {
      var process =
          new ProcessBuilder(program.toString(), "--port=0", "--allowed-ips=127.0.0.1")
              .redirectErrorStream(true)
              .start();
      var output =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      for (var line = output.readLine(); line != null; line = output.readLine()) {
        var started = STARTED.matcher(line);
        if (started.matches()) {
          Thread.ofVirtual().start(() -> output.lines().forEach(ignored -> {}));
          return new Driver(process, URI.create("http://127.0.0.1:" + started.group(1)));
        }
      }
      throw new IllegalStateException("`" + program + "` did not start");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the driver answers; an error of it fails the test with its own words. */
  Value send(String method, String path, Value.Obj body) {
    var request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(Duration.ofSeconds(90))
            .header("Content-Type", "application/json")
            .method(
                method,
                method.equals("POST")
                    ? HttpRequest.BodyPublishers.ofString(Json.text(body))
                    : HttpRequest.BodyPublishers.noBody())
            .build();
    try {
      var reply = http.send(request, HttpResponse.BodyHandlers.ofString());
      var value = Json.parseObject(reply.body()).get("value").orElse(Value.Null.NULL);
      if (reply.statusCode() != 200) {
        throw new AssertionError(method + " " + path + ": " + Json.text(value));
      }
      return value;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.close();
    process.destroy();
  }
}
