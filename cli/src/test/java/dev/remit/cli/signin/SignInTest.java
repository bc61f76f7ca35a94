package dev.remit.cli.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.remit.cli.CommandException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the command line gets its session, and where it leaves the token. */
class SignInTest {
  private static final SessionFile.Kept SESSION =
      new SessionFile.Kept(
          "http://localhost:1", "staff/otto", "2026-01-31T10:00:00Z", "remit_cli_secret");

  @TempDir Path folder = Path.of(".");
  private final List<Value.Obj> redeemed = new ArrayList<>();
  private final HttpServer server = server();

  private static HttpServer server() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @BeforeEach
  void start() {
    server.createContext(
        "/v1/cli/token",
        exchange -> {
          redeemed.add(Json.parseObject(exchange.getRequestBody().readAllBytes()));
          byte[] bytes =
              Json.bytes(
                  Value.object(
                      "token", "remit_cli_secret",
                      "person", "staff/otto",
                      "endsAt", "2026-01-31T10:00:00Z"));
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  private static int get(String address) {
    try (var http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(URI.create(address)).build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SignIn signIn(Duration patience) {
    return new SignIn(new SplittableRandom(1), patience);
  }

  @Test
  void theCodeThatTheBrowserBringsIsRedeemedWithTheSecret() {
    var opened = new ArrayList<String>();
    var session =
        signIn(Duration.ofSeconds(20))
            .at(
                url(),
                address -> {
                  opened.add(address);
                  var parts = address.split("/", -1);
                  String back = "http://127.0.0.1:" + parts[5] + "/callback";
                  assertThat(get(back + "?code=forged&state=wrong-state-of-somebody"))
                      .isEqualTo(400);
                  assertThat(get(back + "?code=forged")).isEqualTo(400);
                  assertThat(get(back + "?state=" + parts[7])).isEqualTo(400);
                  assertThat(get(back + "?code=a&code=b&state=" + parts[7])).isEqualTo(400);
                  assertThat(get(back + "/more?code=a&state=" + parts[7])).isEqualTo(400);
                  assertThat(get(back + "?code=right&state=" + parts[7])).isEqualTo(200);
                });
    assertThat(session.person()).isEqualTo("staff/otto");
    assertThat(session.toString()).doesNotContain("remit_cli_");
    var parts = opened.getFirst().split("/", -1);
    assertThat(redeemed)
        .singleElement()
        .satisfies(sent -> {
          assertThat(sent.text("code")).contains("right");
          assertThat(sent.text("redirect")).contains("http://127.0.0.1:" + parts[5] + "/callback");
          assertThat(SignIn.challenge(sent.text("verifier").orElseThrow())).isEqualTo(parts[6]);
        });
    assertThat(opened.getFirst())
        .doesNotContain(redeemed.getFirst().text("verifier").orElseThrow());
  }

  @Test
  void whoDoesNotAgreeIsNotSignedIn() {
    assertThatThrownBy(() -> signIn(Duration.ofMillis(50)).at(url(), address -> {}))
        .isInstanceOfSatisfying(CommandException.class, e -> assertThat(e.exitCode()).isEqualTo(1));
    assertThat(redeemed).isEmpty();
  }

  @Test
  void theChallengeIsThatOfTheSpecification() {
    // RFC 7636, appendix B.
    assertThat(SignIn.challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"))
        .isEqualTo("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
  }

  @Test
  void withoutAKeyringTheTokenLiesInAFileOfOnesOwn() throws IOException {
    var file = new SessionFile(folder.resolve("config/remit/session.json"), Keyring.NONE);
    assertThat(file.keep(SESSION)).isFalse();
    assertThat(file.find()).contains(SESSION);
    assertThat(Files.getPosixFilePermissions(file.path()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(file.keep(SESSION)).isFalse();
    file.forget();
    assertThat(file.find()).isEmpty();
    file.forget();
  }

  @Test
  void aKeyringTakesTheTokenOnItsInputAndTheFileHasNone() throws IOException {
    var keyring = CommandKeyring.of(tool("exit 0"), "Linux");
    var file = new SessionFile(folder.resolve("session.json"), keyring);
    assertThat(file.keep(SESSION)).isTrue();
    assertThat(Files.readString(file.path())).doesNotContain("remit_cli_");
    assertThat(Files.readString(folder.resolve("arguments")))
        .contains("store --label Remit service remit url http://localhost:1")
        .doesNotContain("remit_cli_");
    assertThat(file.find()).contains(SESSION);
    file.forget();
    assertThat(Files.readString(folder.resolve("arguments"))).contains("clear");
  }

  @Test
  void aKeyringThatFailsLeavesTheFile() throws IOException {
    var keyring = CommandKeyring.of(tool("exit 1"), "Linux");
    var file = new SessionFile(folder.resolve("session.json"), keyring);
    assertThat(file.keep(SESSION)).isFalse();
    assertThat(file.find()).contains(SESSION);
  }

  /** A secret-tool that notes its arguments and keeps what came on its input. */
  private Map<String, String> tool(String end) throws IOException {
    var tool = folder.resolve("secret-tool");
    Files.writeString(
        tool,
        "#!/bin/sh\necho \"$@\" >> "
            + folder
            + "/arguments\n"
            + "if [ \"$1\" = store ]; then cat > "
            + folder
            + "/kept; fi\n"
            + "if [ \"$1\" = lookup ]; then cat "
            + folder
            + "/kept; fi\n"
            + end
            + "\n");
    Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
    return Map.of(
        "PATH",
        folder + ":" + Optional.ofNullable(System.getenv("PATH")).orElse(""),
        "DBUS_SESSION_BUS_ADDRESS",
        "unix:path=/nowhere");
  }

  @Test
  void whereNoSessionBusIsNoKeyringIs() throws IOException {
    var environment = new java.util.HashMap<>(tool("exit 0"));
    environment.remove("DBUS_SESSION_BUS_ADDRESS");
    assertThat(CommandKeyring.of(environment, "Linux")).isSameAs(Keyring.NONE);
    assertThat(CommandKeyring.of(Map.of("PATH", ""), "Mac OS X")).isSameAs(Keyring.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"url\":1}"})
  void aBrokenFileSaysWhatToDo(String text) throws IOException {
    var path = folder.resolve("session.json");
    Files.writeString(path, text);
    var file = new SessionFile(path, Keyring.NONE);
    if (text.equals("{\"url\":1}")) {
      assertThat(file.find()).isEmpty();
    } else {
      assertThatThrownBy(file::find).hasMessageContaining("remit login");
    }
  }
}
