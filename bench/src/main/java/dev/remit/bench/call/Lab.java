package dev.remit.bench.call;

import dev.remit.bench.BenchException;
import dev.remit.bench.load.Shown;
import dev.remit.cli.process.Child;
import dev.remit.cli.process.Installation;
import dev.remit.cli.process.Part;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/** The lab estate: the vendor, the asset database, the agents' issuer. */
public final class Lab implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(60);

  private final Child process;
  private final Path file;
  private final Value.Obj description;

  private Lab(Child process, Path file, Value.Obj description) {
    this.process = process;
    this.file = file;
    this.description = description;
  }

  /** Starts it on this folder. */
  public static Lab start(Installation installation, Path data) {
    var part = Part.lab(data);
    var process = Child.start(part, installation, line -> {});
    try {
      Path file = Path.of(process.awaitReady(START));
      return new Lab(process, file, Json.parseObject(Files.readAllBytes(file)));
    } catch (IOException e) {
      process.close();
      throw BenchException.broken("the lab's description cannot be read");
    } catch (RuntimeException e) {
      process.close();
      throw e;
    }
  }

  /** Where it describes itself. */
  public Path file() {
    return file;
  }

  /** What an agent shows: client credentials (RFC 6749, section 4.4) become a bound token. */
  public Shown agent(String subject) {
    var endpoint = part("oidc").text("tokenUrl").orElseThrow();
    return Shown.of(endpoint, proof -> token(subject, endpoint, proof));
  }

  private String token(String subject, String endpoint, String proof) {
    var oidc = part("oidc");
    String secret = oidc.object("clients").flatMap(all -> all.text(subject)).orElseThrow();
    String form =
        "grant_type=client_credentials&resource=remit&client_id="
            + encode(subject)
            + "&client_secret="
            + encode(secret);
    var request =
        HttpRequest.newBuilder(URI.create(endpoint))
            .header("DPoP", proof)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    try (var http = HttpClient.newHttpClient()) {
      var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      return Json.parseObject(answer.body()).text("access_token").orElseThrow();
    } catch (IOException e) {
      throw BenchException.broken("the lab's issuer does not answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw BenchException.broken("interrupted");
    }
  }

  /** A standing connection to the asset database, beside all leases. */
  Connection assets() throws SQLException {
    var assets = part("assets");
    return assets(
        assets.text("superUser").orElseThrow(), assets.text("superPassword").orElseThrow());
  }

  /** A connection of any role. */
  Connection assets(String user, String password) throws SQLException {
    var assets = part("assets");
    var properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("prepareThreshold", "1");
    return DriverManager.getConnection(
        "jdbc:postgresql://"
            + assets.text("host").orElseThrow()
            + ":"
            + assets.integer("port").orElseThrow()
            + "/"
            + assets.text("database").orElseThrow(),
        properties);
  }

  /** One part of its description. */
  public Value.Obj part(String name) {
    return description
        .object(name)
        .orElseThrow(() -> BenchException.broken("the lab describes no `" + name + "`"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    process.close();
  }
}
