package dev.remit.server.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.remit.core.approval.Proposal;
import dev.remit.core.identity.Organisation;
import dev.remit.core.notice.NoticeKind;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What leaves by a webhook, and how its receiver knows that it is ours. */
class WebhookChannelTest {

  private static final Instant NOW = Instant.ofEpochSecond(1_614_265_330L);

  /** The example of the Standard Webhooks specification. */
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final Map<String, String> headers = new ConcurrentHashMap<>();
  private volatile int status = 204;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange
              .getRequestHeaders()
              .forEach((name, values) ->
                  headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
          exchange.getResponseHeaders().add("Location", "/elsewhere");
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private WebhookChannel channel(String secret) {
    return new WebhookChannel(
        "hook",
        new Organisation.Msp(),
        Optional.empty(),
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook"),
        () -> secret);
  }

  private static Notice notice() {
    return new Notice(
        "p-1.approval.asked",
        NoticeKind.ASKED,
        new TenantId("harbor-dental"),
        "p-1",
        "call",
        Proposal.State.OPEN,
        NOW.plusSeconds(1_800),
        "http://localhost:8471/console/card/harbor-dental/p-1");
  }

  @Test
  void theSignatureIsThatOfTheSpecificationsExample() {
    assertThat(
            WebhookSignature.of(
                SECRET, "msg_p5jXN8AQM9LWM0D4loKWxJek", NOW, "{\"test\": 2432232314}"))
        .isEqualTo("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void aReceiverCanCheckWhatItGot() {
    assertThat(channel(SECRET).tell(notice(), NOW)).isTrue();
    assertThat(headers)
        .containsEntry("webhook-id", "p-1.approval.asked")
        .containsEntry("webhook-timestamp", "1614265330")
        .containsEntry(
            "webhook-signature",
            "v1," + WebhookSignature.of(SECRET, "p-1.approval.asked", NOW, bodies.getFirst()));
    var data = Json.parseObject(bodies.getFirst()).object("data").orElseThrow();
    assertThat(data.members().keySet())
        .containsExactlyInAnyOrder("tenant", "proposal", "subject", "state", "answerBy", "link");
  }

  @Test
  void whatIsNotTakenIsToBeTriedAgainAndNoRedirectIsFollowed() {
    for (int refused : new int[] {301, 307, 400, 404, 410, 500, 503}) {
      status = refused;
      assertThat(channel(SECRET).tell(notice(), NOW)).isFalse();
    }
    assertThat(bodies).hasSize(7);
    server.stop(0);
    assertThat(channel(SECRET).tell(notice(), NOW)).isFalse();
  }

  @Test
  void withoutAGoodSecretNothingLeaves() {
    for (var secret : List.of("", "secret", "whsec_", "whsec_c2hvcnQ=", "whsec_!!")) {
      assertThat(channel(secret).tell(notice(), NOW)).isFalse();
    }
    assertThat(bodies).isEmpty();
  }

  @Test
  void aHookIsNeverInTheOpen() {
    for (var url : List.of("http://hooks.example/x", "ftp://hooks.example", "/x")) {
      assertThatThrownBy(() ->
              new WebhookChannel(
                  "hook", new Organisation.Msp(), Optional.empty(), URI.create(url), () -> SECRET))
          .isInstanceOf(InvalidValueException.class);
    }
  }
}
