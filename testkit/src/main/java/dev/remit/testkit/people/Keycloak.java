package dev.remit.testkit.people;

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
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A real Keycloak with a realm of the MSP and one of a client, from its own server archive.
 *
 * <p>Where it will be is known before it starts, so that a server may name it as its issuer and
 * tell where people are to be sent back.
 */
public final class Keycloak implements AutoCloseable {

  public static final String CLIENT = "remit-console";
  public static final String SECRET = "secret-of-the-console";
  public static final String PASSWORD = "a password of a test";

  /** A client of a system that leases tokens; they live for five minutes. */
  public static final String SERVICE = "remit-broker";

  private static final Value.Obj SHORT_TOKENS = Value.object("access.token.lifespan", "300");

  /** The MSP's realm: `ann` is a senior technician there, `ada` a service manager. */
  public static final String MSP = "msp";

  /** Clients of the MSP's realm that are agents; their secret is {@link #SECRET}, too. */
  public static final String AGENT = "desk-agent";

  public static final String EXCHANGER = "exchanging-agent";
  public static final String ASKER = "asking-service";

  /** What the agents' tokens are for. */
  public static final String AUDIENCE = "remit";

  /** The client's realm: another `ann` is one of its approvers. */
  public static final String HARBOR = "harbor-dental";

  /** Twice a second: a busy machine takes minutes for what an idle one does in ten seconds. */
  private static final int MOST_LOOKS = 1_200;

  private final Path home;
  private final int port;
  private @Nullable Process process;

  private Keycloak(Path home, int port) {
    this.home = home;
    this.port = port;
  }

  /** The one in this unpacked folder; it does not run yet. */
  public static Keycloak in(Path home) {
    try {
      return new Keycloak(home, freePort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts it with nothing of an earlier run and waits until both realms answer.
   *
   * @param redirectBase what precedes an issuer's name in the address that people are sent back to
   */
  public Keycloak start(String redirectBase) {
    try {
      remove(home.resolve("data/h2"));
      var imports = Files.createDirectories(home.resolve("data/import"));
      for (var realm : List.of(MSP, HARBOR)) {
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
      process = builder.start();
      await(process, log.toPath());
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The issuer that a realm is. */
  public String issuer(String realm) {
    return "http://127.0.0.1:" + port + "/realms/" + realm;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void remove(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var files = Files.walk(folder)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private void await(Process process, Path log) throws IOException {
    try (var http = HttpClient.newHttpClient()) {
      for (int i = 0; i < MOST_LOOKS && process.isAlive(); i++) {
        if (answers(http, MSP) && answers(http, HARBOR)) {
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
    boolean isMsp = name.equals(MSP);
    var groups =
        isMsp ? List.of("senior-technicians", "service-managers") : List.of("it-approvers");
    var users =
        isMsp
            ? List.of(
                user("ann", "Ann Example", name, groups.getFirst()),
                user("ada", "Ada Example", name, groups.getLast()))
            : List.of(user("ann", "Ann Example", name, groups.getFirst()));
    return Value.object(
        "realm",
        name,
        "enabled",
        true,
        "groups",
        groups.stream().map(group -> Value.object("name", group)).toList(),
        "clients",
        isMsp
            ? List.of(
                client(redirectBase + "staff"),
                agent(AGENT),
                agent(EXCHANGER),
                asker(),
                machine(SERVICE, SERVICE, SHORT_TOKENS))
            : List.of(client(redirectBase + name)),
        "users",
        users);
  }

  private static Value.Obj client(String redirect) {
    var config =
        Value.object("claim.name", "groups", "full.path", "false", "id.token.claim", "true");
    var mapper =
        Value.object(
            "name", "groups",
            "protocol", "openid-connect",
            "protocolMapper", "oidc-group-membership-mapper",
            "config", config);
    return Value.object(
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
        List.of(redirect),
        "attributes",
        Value.object("pkce.code.challenge.method", "S256"),
        "protocolMappers",
        List.of(mapper));
  }

  /**
   * An agent's client: its tokens are access tokens by RFC 9068 and for {@value #AUDIENCE} alone;
   * those of {@link #AGENT} are bound to a key, and {@link #EXCHANGER} may exchange others'.
   */
  private static Value.Obj agent(String name) {
    return machine(
        name,
        AUDIENCE,
        Value.object(
            "access.token.header.type.rfc9068", "true",
            "dpop.bound.access.tokens", String.valueOf(name.equals(AGENT)),
            "standard.token.exchange.enabled", String.valueOf(name.equals(EXCHANGER))));
  }

  /** A client whose tokens are for {@link #EXCHANGER}. */
  private static Value.Obj asker() {
    return machine(ASKER, EXCHANGER, Value.Obj.EMPTY);
  }

  private static Value.Obj machine(String name, String audience, Value.Obj attributes) {
    var mapper =
        Value.object(
            "name", "audience",
            "protocol", "openid-connect",
            "protocolMapper", "oidc-audience-mapper",
            "config",
                Value.object("included.custom.audience", audience, "access.token.claim", "true"));
    return Value.object(
        "clientId",
        name,
        "secret",
        SECRET,
        "enabled",
        true,
        "publicClient",
        false,
        "standardFlowEnabled",
        false,
        "serviceAccountsEnabled",
        true,
        "fullScopeAllowed",
        false,
        "attributes",
        attributes,
        "protocolMappers",
        List.of(mapper));
  }

  private static Value.Obj user(String account, String name, String realm, String group) {
    var names = name.split(" ", 2);
    return Value.object(
        "username",
        account,
        "enabled",
        true,
        "email",
        account + "@" + realm + ".example",
        "emailVerified",
        true,
        "firstName",
        names[0],
        "lastName",
        names[1],
        "groups",
        List.of("/" + group),
        "credentials",
        List.of(Value.object("type", "password", "value", PASSWORD, "temporary", false)));
  }

  @Override
  public void close() {
    var process = this.process;
    if (process == null) {
      return;
    }
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
