package dev.remit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code remit approvals withdraw} against a people's listener that remembers what it was asked.
 */
class WithdrawCommandTest {
  private static final String HARBOR = "harbor-dental";

  private final List<String> changes = new ArrayList<>();
  private final List<HttpServer> servers = new ArrayList<>();
  @TempDir private Path data = Path.of("");
  private int status = 200;

  private record Ran(int exit, String out, String err) {}

  @BeforeEach
  void listen() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    servers.add(server);
    server.createContext(
        "/",
        exchange -> {
          var path = exchange.getRequestURI().toString();
          if (exchange.getRequestMethod().equals("POST")) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            changes.add(path + " " + body);
          }
          byte[] bytes = Json.bytes(answer(path));
          boolean isChange = exchange.getRequestMethod().equals("POST");
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(isChange ? status : 200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    var about =
        Value.object(
            "people",
            "http://127.0.0.1:" + server.getAddress().getPort(),
            "operatorToken",
            "secret-token");
    Files.writeString(data.resolve("server.json"), Json.text(about));
  }

  @AfterEach
  void stop() {
    servers.forEach(server -> server.stop(0));
  }

  private static Value.Obj answer(String path) {
    var listed =
        Map.of(
            "/v1/tenants",
            Value.object(
                "tenants",
                List.of(Value.object("tenant", "northwind-legal"), Value.object("tenant", HARBOR))),
            "/v1/approvals?tenant=" + HARBOR,
            Value.object("approvals", List.of(Value.object("handle", "p-1"))));
    return listed.getOrDefault(
        path,
        path.endsWith("/withdraw")
            ? Value.object(
                "state", "withdrawn", "code", "not-withdrawn", "detail", "it is over already")
            : Value.object("approvals", List.of()));
  }

  private Ran run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var all = new ArrayList<>(List.of("approvals", "withdraw", "--data", data.toString()));
    all.addAll(List.of(arguments));
    int exit =
        Main.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(all.toArray(String[]::new));
    return new Ran(exit, out.toString(), err.toString());
  }

  @Test
  void theTenantIsFoundAndTheReasonSent() {
    var ran = run("p-1", "--reason", " not today ");
    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("withdrawn p-1");
    assertThat(changes)
        .containsExactly("/v1/approvals/" + HARBOR + "/p-1/withdraw {\"reason\":\"not today\"}");
  }

  @Test
  void programsReadWhatTheServerSaid() {
    var ran = run("p-1", "--tenant", HARBOR, "--reason", "x", "--json");
    assertThat(Json.parseObject(ran.out()).text("state")).contains("withdrawn");
  }

  @Test
  void whatIsNotThereOrIsNoHandleChangesNothing() {
    for (var handle : List.of("p-2", "../keys", "p-1/answer", "a b")) {
      assertThat(run(handle, "--reason", "x").exit()).as(handle).isEqualTo(2);
    }
    assertThat(run("p-1", "--tenant", "northwind-legal", "--reason", "x").exit()).isEqualTo(2);
    assertThat(run("p-1", "--reason", "  ").exit()).isEqualTo(2);
    assertThat(run("p-1").exit()).isEqualTo(2);
    assertThat(changes).isEmpty();
  }

  @Test
  void whatIsOverIsSaidSo() {
    status = 409;
    var ran = run("p-1", "--reason", "x");
    assertThat(ran.exit()).isNotZero();
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("it is over already").doesNotContain("secret-token");
  }
}
