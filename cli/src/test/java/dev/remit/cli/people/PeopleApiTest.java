package dev.remit.cli.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.remit.cli.CommandException;
import dev.remit.core.value.Value;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeopleApiTest {

  private final List<String> seen = new ArrayList<>();
  private int status = 200;
  private String body = "{}";
  private String location = "";
  private @org.jspecify.annotations.Nullable HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          seen.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization"));
          if (!location.isEmpty()) {
            exchange.getResponseHeaders().set("Location", location);
          }
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    running().stop(0);
  }

  private HttpServer running() {
    if (server == null) {
      throw new IllegalStateException("not started");
    }
    return server;
  }

  private PeopleApi api() {
    return new PeopleApi("http://127.0.0.1:" + running().getAddress().getPort(), "secret-token");
  }

  @Test
  void parametersAreEncodedAndEmptyOnesLeftOut() {
    api().get("/v1/trail", Map.of("tenant", "a b&c", "task", ""));
    assertThat(seen).containsExactly("GET /v1/trail?tenant=a%20b%26c Bearer secret-token");
  }

  @ParameterizedTest
  @CsvSource({"400,2", "404,2", "422,2", "401,1", "403,1", "409,1", "500,3", "503,3", "302,3"})
  void aProblemHasTheExitCodeThatFits(int answered, int exitCode) {
    status = answered;
    body = "{\"title\":\"Problem\",\"detail\":\"say it otherwise\"}";
    assertThatThrownBy(() -> api().post("/v1/kill", Value.Obj.EMPTY))
        .hasMessage("say it otherwise")
        .isInstanceOfSatisfying(
            CommandException.class, e -> assertThat(e.exitCode()).isEqualTo(exitCode));
  }

  @Test
  void aRedirectIsNotFollowedWithTheToken() {
    status = 307;
    location = "/elsewhere";
    assertThatThrownBy(() -> api().get("/v1/leases")).isInstanceOf(CommandException.class);
    assertThat(seen).hasSize(1);
  }

  @Test
  void aProblemThatIsNoJsonStillSaysTheStatus() {
    status = 502;
    body = "<html>";
    assertThatThrownBy(() -> api().get("/v1/leases")).hasMessageContaining("502");
  }

  @Test
  void aServerThatIsAwayIsSaidWithoutTheToken() {
    var api = api();
    running().stop(0);
    assertThatThrownBy(() -> api.get("/v1/leases"))
        .hasMessageContaining("remit up")
        .hasMessageNotContaining("secret-token");
  }
}
