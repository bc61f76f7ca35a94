package dev.remit.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.connectors.http.ScriptedVendor.Hang;
import dev.remit.connectors.http.ScriptedVendor.Json;
import dev.remit.connectors.http.ScriptedVendor.Raw;
import dev.remit.connectors.http.ScriptedVendor.Redirect;
import dev.remit.connectors.http.ScriptedVendor.Reset;
import dev.remit.core.execution.Execution;
import dev.remit.core.value.Value;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpExecutionTest {
  private static final String CONTROL = "POST /v2/device/7/service/Spooler/control";
  private static final String STATE = "GET /v2/device/7/services?name=Spooler";
  private static final String DEVICE = "GET /v2/device/7";
  private final HttpFixture it = new HttpFixture();

  @AfterEach
  void close() {
    it.close();
  }

  private Execution restart() {
    return it.run(it.restart, "device", 7, "service", "Spooler");
  }

  @Test
  void aRestartIsDoneOnceItsStateIsReadBack() {
    it.vendor.on(CONTROL, new Json(204, ""));
    it.vendor.on(
        STATE,
        new Json(200, "[{\"state\":\"STOPPED\"}]"),
        new Json(200, "[{\"state\":\"RUNNING\"}]"));
    assertThat(restart()).isInstanceOf(Execution.Done.class);
    assertThat(it.vendor.count(STATE)).isEqualTo(2);
    assertThat(it.vendor.count(CONTROL)).isEqualTo(1);
  }

  @Test
  void hostileCase07AnAnswerIsNotBelievedBeforeItWasReadBack() {
    it.vendor.on(CONTROL, new Json(200, "{\"state\":\"RUNNING\"}"));
    it.vendor.on(STATE, "[{\"state\":\"STOPPED\"}]");
    assertThat(restart()).isInstanceOf(Execution.Unknown.class);
    assertThat(it.vendor.count(STATE)).isGreaterThan(2);
  }

  @Test
  void hostileCase07AStateThatCannotBeReadIsNotTheWantedOne() {
    it.vendor.on(CONTROL, new Json(204, "")).on(STATE, new Json(500, "{}"));
    assertThat(restart()).isInstanceOf(Execution.Unknown.class);
  }

  @Test
  void theBodyIsCanonicalAndLeavesAbsentArgumentsOut() {
    it.vendor.on(CONTROL, new Json(403, "{}"));
    it.run(it.restart, "device", 7, "service", "Spooler", "why", "a\"b,\"action\":\"STOP");
    assertThat(it.vendor.seen.getLast().body())
        .isEqualTo("{\"action\":\"RESTART\",\"why\":\"a\\\"b,\\\"action\\\":\\\"STOP\"}");
    restart();
    assertThat(it.vendor.seen.getLast().body()).isEqualTo("{\"action\":\"RESTART\"}");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 409, 422, 429})
  void aRefusalIsRejectedWithoutTheVendorsWords(int status) {
    it.vendor.on(CONTROL, new Json(status, "{\"error\":\"vendor words, other client\"}"));
    var rejected = (Execution.Rejected) restart();
    assertThat(rejected.toString()).doesNotContain("vendor words").contains("" + status);
    assertThat(rejected.result().get("isError")).contains(Value.of(true));
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 500, 502, 503})
  void aVendorInTroubleLeavesAnEffectUnknown(int status) {
    it.vendor.on(CONTROL, new Json(status, "{}"));
    assertThat(restart()).isInstanceOf(Execution.Unknown.class);
  }

  @Test
  void aVendorInTroubleMakesAReadFail() {
    it.vendor.on(DEVICE, new Json(500, "{}"));
    assertThat(it.run(it.read, "device", 7)).isInstanceOf(Execution.Failed.class);
  }

  @Test
  void garbageLeavesAnEffectUnknown() {
    it.vendor.on(CONTROL, new Json(200, "{\"a\":1,\"a\":2}"));
    assertThat(restart()).isInstanceOf(Execution.Unknown.class);
    it.vendor.on(CONTROL, new Raw(200, "text/html", "{}"));
    assertThat(restart()).isInstanceOf(Execution.Unknown.class);
  }

  @Test
  void garbageMakesAReadFail() {
    it.vendor.on(DEVICE, new Raw(200, "application/json", "no json"));
    assertThat(it.run(it.read, "device", 7)).isInstanceOf(Execution.Failed.class);
  }

  @Test
  void anAnswerBeyondTheLimitIsDropped() {
    it.vendor.on(DEVICE, "{\"x\":\"" + "y".repeat(3000) + "\"}");
    assertThat(it.run(it.read, "device", 7)).isInstanceOf(Execution.Failed.class);
    it.vendor.on(CONTROL, "{\"x\":\"" + "y".repeat(3000) + "\"}");
    assertThat(restart()).isInstanceOf(Execution.Unknown.class);
  }

  @Test
  void aRedirectIsRefusedAndNotFollowed() {
    it.vendor.on(CONTROL, new Redirect("/trap")).on("POST /trap", "{}");
    assertThat(restart()).isInstanceOf(Execution.Unknown.class);
    assertThat(it.vendor.count("POST /trap")).isZero();
  }

  @Test
  void aBrokenConnectionAfterSendingIsUnknownAndNotRepeated() {
    it.vendor.on(CONTROL, new Reset());
    assertThat(restart()).isInstanceOf(Execution.Unknown.class);
    assertThat(it.vendor.count(CONTROL)).isEqualTo(1);
  }

  @Test
  void aVendorThatHangsIsCutAndUnknown() throws InterruptedException {
    var arrived = new CountDownLatch(1);
    it.vendor.on(CONTROL, new Hang(arrived));
    var credential = it.credential();
    var request = it.request(it.restart, "device", 7, "service", "Spooler");
    var answer = new java.util.concurrent.CompletableFuture<Execution>();
    Thread.ofVirtual()
        .start(
            () -> answer.complete(it.connector.execute(request, credential, () -> false, it.cut)));
    arrived.await();
    it.cut.cut("killed");
    assertThat(answer.join()).isInstanceOf(Execution.Unknown.class);
  }

  @Test
  void aVendorThatHangsIsUnknownAtTheDeadline() {
    it.vendor.on(CONTROL, new Hang(new CountDownLatch(1)));
    var credential = it.credential();
    it.clock.advance(java.time.Duration.ofMillis(29_700));
    var request =
        new dev.remit.core.execution.Connector.Request(
            "c",
            it.restart,
            Value.object("device", 7, "service", "Spooler"),
            HttpFixture.HARBOR,
            java.util.Optional.empty(),
            it.clock.instant().plusMillis(300));
    assertThat(it.connector.execute(request, credential, () -> false, it.cut))
        .isInstanceOf(Execution.Unknown.class);
  }

  @Test
  void nothingLeavesAfterSendBy() {
    it.vendor.on(CONTROL, new Json(204, ""));
    var request = it.request(it.restart, "device", 7, "service", "Spooler");
    assertThat(it.connector.execute(request, it.credential(), () -> true, it.cut))
        .isInstanceOf(Execution.Failed.class);
    assertThat(it.vendor.count(CONTROL)).isZero();
  }

  @Test
  void hostileCase29ABodyIsKeptBackWhenTheTimeToSendEndsWhileConnecting() {
    it.vendor.on(CONTROL, new Json(204, "")).on(STATE, "[{\"state\":\"RUNNING\"}]");
    var looks = new java.util.concurrent.atomic.AtomicInteger();
    var request = it.request(it.restart, "device", 7, "service", "Spooler");
    var execution =
        it.connector.execute(request, it.credential(), () -> looks.getAndIncrement() > 0, it.cut);
    assertThat(execution).isInstanceOf(Execution.Unknown.class);
    assertThat(it.vendor.count(CONTROL)).isZero();
  }

  @Test
  void nothingLeavesAfterACut() {
    it.cut.cut("killed");
    assertThat(restart()).isInstanceOf(Execution.Failed.class);
    assertThat(it.vendor.count(CONTROL)).isZero();
  }

  @Test
  void nothingLeavesAfterTheDeadline() {
    var request = it.request(it.restart, "device", 7, "service", "Spooler");
    var credential = it.credential();
    it.clock.advance(java.time.Duration.ofSeconds(31));
    assertThat(it.connector.execute(request, credential, () -> false, it.cut))
        .isInstanceOf(Execution.Failed.class);
    assertThat(it.vendor.count(CONTROL)).isZero();
  }

  @Test
  void aVendorThatIsAwayMakesItFail() {
    var credential = it.credential();
    it.vendor.close();
    var request = it.request(it.restart, "device", 7, "service", "Spooler");
    assertThat(it.connector.execute(request, credential, () -> false, it.cut))
        .isInstanceOf(Execution.Failed.class);
  }

  @Test
  void aReadKeepsDeclaredFieldsAndProvesItsOwner() {
    it.vendor.on(DEVICE, "{\"id\":7,\"role\":\"server\",\"organizationId\":1,\"pin\":\"secret\"}");
    var done = (Execution.Done) it.run(it.read, "device", 7);
    assertThat(done.result().get("structuredContent"))
        .contains(Value.object("id", 7, "role", "server"));
    assertThat(done.result().toString()).doesNotContain("secret");
    assertThat(done.proofs()).hasSize(1);
    assertThat(done.proofs().getFirst().owner()).isEqualTo("1");
    assertThat(done.proofs().getFirst().ref().text()).isEqualTo("rmm/device/7");
  }

  @Test
  void aReadWithoutOwnerProvesNothing() {
    it.vendor.on(DEVICE, "{\"id\":7,\"role\":\"server\",\"organizationId\":null}");
    assertThat(((Execution.Done) it.run(it.read, "device", 7)).proofs()).isEmpty();
  }

  @Test
  void anAnswerThatEchoesTheCredentialIsDropped() {
    it.vendor.on(DEVICE, "{\"id\":7,\"role\":\"token-1-abcdef\",\"organizationId\":1}");
    var execution = it.run(it.read, "device", 7);
    assertThat(execution).isNotInstanceOf(Execution.Done.class);
    assertThat(execution.toString()).doesNotContain("token-1");
  }

  @Test
  void anExpiredTokenIsNotSent() {
    var credential = it.credential();
    it.clock.advance(java.time.Duration.ofSeconds(61));
    assertThat(
            it.connector.execute(it.request(it.read, "device", 7), credential, () -> false, it.cut))
        .isInstanceOf(Execution.Failed.class);
    assertThat(it.vendor.count(DEVICE)).isZero();
  }
}
