package dev.remit.identity.people;

import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real Keycloak with two realms, from its own server archive. */
final class Keycloak implements AutoCloseable {

  static final String CLIENT = "remit-console";
  static final String SECRET = "secret-of-the-console";
  static final String PASSWORD = "a password of a test";

  private final Process process;
  private final int port;

  private Keycloak(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts it in its unpacked folder and waits until both realms answer. */
  static Keycloak start(Path home, String redirectBase) {
    try {
      int port = freePort();
      var imports = Files.createDirectories(home.resolve("data/import"));
      for (var realm : List.of("msp", "harbor-dental")) {
        Files.writeString(
            imports.resolve(realm + "-realm.json"), Json.text(realm(realm, redirectBase)));
      }
      var log = home.resolve("test.log").toFile();
      var builder =
          new ProcessBuilder(
                  home.resolve("bin/kc.sh").toString(),
                  "start-dev",
                  "--import-realm",
                  "--http-host=127.0.0.1",
                  "--http-port=" + port)
              .redirectErrorStream(true)
              .redirectOutput(log);
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      builder.environment().put("JAVA_OPTS_APPEND", "-Xmx768m");
      var keycloak = new Keycloak(builder.start(), port);
      keycloak.await(log.toPath());
      return keycloak;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String issuer(String realm) {
    return "http://127.0.0.1:" + port + "/realms/" + realm;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void await(Path log) throws IOException {
    try (var http = HttpClient.newHttpClient()) {
      for (int i = 0; i < 240 && process.isAlive(); i++) {
        if (answers(http, "msp") && answers(http, "harbor-dental")) {
          return;
        }
        boolean _ = process.waitFor(500, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close();
    throw new IllegalStateException("keycloak did not start:\n" + Files.readString(log));
  }

  private boolean answers(HttpClient http, String realm) throws InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(issuer(realm) + "/.well-known/openid-configuration"))
            .timeout(Duration.ofSeconds(5))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static Value.Obj realm(String name, String redirectBase) {
    String group = name.equals("msp") ? "senior-technicians" : "it-approvers";
    String issuerName = name.equals("msp") ? "staff" : name;
    var mapper =
        Value.object(
            "name",
            "groups",
            "protocol",
            "openid-connect",
            "protocolMapper",
            "oidc-group-membership-mapper",
            "config",
            Value.object("claim.name", "groups", "full.path", "false", "id.token.claim", "true"));
    var client =
        Value.object(
            "clientId",
            CLIENT,
            "secret",
            SECRET,
            "enabled",
            true,
            "publicClient",
            false,
            "standardFlowEnabled",
            true,
            "directAccessGrantsEnabled",
            false,
            "redirectUris",
            List.of(redirectBase + issuerName),
            "attributes",
            Value.object("pkce.code.challenge.method", "S256"),
            "protocolMappers",
            List.of(mapper));
    var user =
        Value.object(
            "username",
            "ann",
            "enabled",
            true,
            "email",
            "ann@" + name + ".example",
            "emailVerified",
            true,
            "firstName",
            "Ann",
            "lastName",
            "Example",
            "groups",
            List.of("/" + group),
            "credentials",
            List.of(Value.object("type", "password", "value", PASSWORD, "temporary", false)));
    return Value.object(
        "realm", name,
        "enabled", true,
        "groups", List.of(Value.object("name", group)),
        "clients", List.of(client),
        "users", List.of(user));
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
