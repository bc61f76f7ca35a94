package dev.remit.server.sink;

import static dev.remit.server.sink.MemoryLog.HARBOR;
import static dev.remit.server.sink.MemoryLog.NORTH;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import dev.remit.server.notice.WebhookSignature;
import dev.remit.testkit.ManualClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real HTTPS server that does what it likes. */
class HostileWebhookTest {

  private static final String SECRET = "whsec_" + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo=";

  private enum Mood {
    GOOD,
    ERROR,
    REDIRECT,
    HANG,
    ENDLESS,
    BREAK
  }

  @TempDir private Path folder;
  private final MemoryLog log = new MemoryLog();
  private final ManualClock clock = new ManualClock(MemoryLog.NOW);
  private final Received received = new Received();
  private final List<String> ids = new CopyOnWriteArrayList<>();
  private final List<Value> types = new CopyOnWriteArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile Supplier<Mood> mood = () -> Mood.GOOD;
  private HttpsServer server;
  private TestTls tls;

  @BeforeEach
  void start() throws IOException {
    tls = TestTls.of(folder, "localhost");
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls.server(tls)));
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      take(exchange, body);
      switch (mood.get()) {
        case GOOD -> exchange.sendResponseHeaders(204, -1);
        case ERROR -> exchange.sendResponseHeaders(500, -1);
        case REDIRECT -> {
          exchange.getResponseHeaders().set("Location", "/elsewhere");
          exchange.sendResponseHeaders(308, -1);
        }
        case HANG -> over.await();
        case ENDLESS -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().flush();
          over.await();
        }
        case BREAK -> throw new IOException("closed in the middle");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void take(HttpExchange exchange, String body) {
    var headers = exchange.getRequestHeaders();
    String id = headers.getFirst("webhook-id");
    var at = Instant.ofEpochSecond(Long.parseLong(headers.getFirst("webhook-timestamp")));
    assertThat(headers.getFirst("webhook-signature"))
        .isEqualTo("v1," + WebhookSignature.of(SECRET, id, at, body));
    assertThat(headers.getFirst("Content-Type")).startsWith("application/cloudevents-batch+json");
    ids.add(id);
    for (var item : ((Value.Array) Json.parse(body)).items()) {
      var event = (Value.Obj) item;
      types.add(event.get("type").orElseThrow());
      assertThat(event.text("specversion")).contains("1.0");
      received.take(event.object("data").orElseThrow());
    }
  }

  private Sink sink(String name, Set<TenantId> tenants, String host) {
    return sink(name, tenants, host, Duration.ofSeconds(15));
  }

  private Sink hasty(String name) {
    return sink(name, Set.of(), "localhost", Duration.ofMillis(800));
  }

  private Sink sink(String name, Set<TenantId> tenants, String host, Duration deadline) {
    var receiver =
        new WebhookReceiver(
            URI.create("https://" + host + ":" + server.getAddress().getPort() + "/events"),
            () -> SECRET,
            Optional.of(
                SinkTls.of(Optional.of(tls.certificate()), Optional.empty(), Optional.empty())),
            clock);
    return new Sink(new SinkSettings(name, tenants, receiver), log, log.events(), deadline, clock);
  }

  private Sink sink() {
    return sink("soc", Set.of(), "localhost");
  }

  @Test
  void eventsComeSignedInOrderAsCloudEvents() {
    log.append(HARBOR, 500);
    sink().round();
    received.assertWhole(HARBOR, 500);
    assertThat(types).contains(Value.of("dev.remit.evidence.intent"));
    assertThat(ids.getFirst()).isEqualTo("remit/lab/harbor-dental/0-200");
  }

  @Test
  void aClientsOwnSinkHearsOfItsOwnTenantAlone() {
    log.append(HARBOR, 5);
    log.append(NORTH, 5);
    sink("north-soc", Set.of(NORTH), "localhost").round();
    assertThat(received.tenants()).containsExactly("north-legal");
    received.assertWhole(NORTH, 5);
  }

  @Test
  void whateverItAnswersNothingIsLostOrOutOfOrder() {
    var random = new Random(3);
    mood =
        () ->
            random.nextInt(3) > 0
                ? Mood.GOOD
                : Mood.values()[1 + random.nextInt(Mood.values().length - 1)];
    var sink = hasty("soc");
    for (int round = 0; round < 12; round++) {
      log.append(HARBOR, random.nextInt(40));
      log.append(NORTH, random.nextInt(40));
      sink.round();
      // Another process takes over now and then, which knows the cursors alone.
      sink = random.nextInt(4) == 0 ? hasty("soc") : sink;
      clock.advance(Duration.ofMinutes(10));
    }
    mood = () -> Mood.GOOD;
    sink().round();
    assertThat(log.work("soc", Set.of())).isEmpty();
    received.assertWhole(HARBOR, log.next("soc", HARBOR));
    received.assertWhole(NORTH, log.next("soc", NORTH));
    assertThat(received.all())
        .isGreaterThan((int) (log.next("soc", HARBOR) + log.next("soc", NORTH))); // some came again
  }

  @Test
  void aRedirectAcknowledgesNothingAndIsNotFollowed() {
    mood = () -> Mood.REDIRECT;
    log.append(HARBOR, 1);
    sink().round();
    assertThat(ids).hasSize(1);
    assertThat(log.next("soc", HARBOR)).isZero();
  }

  @Test
  void anAnswerThatNeverEndsIsNoneAndHoldsUpNoOtherSink() {
    mood = () -> Mood.ENDLESS;
    log.append(HARBOR, 3);
    var hung = hasty("hung");
    hung.round();
    mood = () -> Mood.GOOD;
    sink("alive", Set.of(), "localhost").round();
    assertThat(log.next("hung", HARBOR)).isZero();
    assertThat(log.next("alive", HARBOR)).isEqualTo(3);
    assertThat(hung.state().failure()).contains("within");
  }

  @Test
  void aDeadReceiverIsAskedLessAndLess() {
    mood = () -> Mood.ERROR;
    log.append(HARBOR, 1);
    var sink = sink();
    for (int second = 0; second < 120; second++) {
      sink.round();
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(ids.size()).isBetween(5, 9);
    assertThat(sink.state().failures()).isEqualTo(ids.size());
  }

  @Test
  void aServerThatCannotProveItsNameIsToldNothing() {
    log.append(HARBOR, 1);
    sink("soc", Set.of(), "127.0.0.1").round();
    assertThat(ids).isEmpty();
    assertThat(log.next("soc", HARBOR)).isZero();
  }

  @Test
  void aDatabaseThatIsAwayAfterTheAcknowledgementMeansTwiceAndNeverNone() {
    log.append(HARBOR, 3);
    mood =
        () -> {
          log.isAway = true;
          return Mood.GOOD;
        };
    var sink = sink();
    try {
      sink.round();
    } catch (IllegalStateException e) {
      assertThat(e).hasMessageContaining("away");
    }
    log.isAway = false;
    mood = () -> Mood.GOOD;
    sink().round();
    received.assertWhole(HARBOR, 3);
    assertThat(received.all()).isEqualTo(6);
    assertThat(new HashSet<>(ids)).hasSize(1);
  }
}
