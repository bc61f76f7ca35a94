package dev.remit.lab;

import static dev.remit.lab.TestLab.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlTest {
  private TestLab lab;
  private String all;

  @BeforeEach
  void reset() {
    lab = TestLab.shared();
    all = lab.token("monitoring management control");
  }

  private void arm(String kind, String json) {
    assertThat(lab.control("POST", "/v1/" + kind, json).statusCode()).as(json).isEqualTo(204);
  }

  @Test
  void theControlKeyIsNeeded() {
    HttpRequest.Builder bare =
        HttpRequest.newBuilder(URI.create(lab.text("control", "baseUrl") + "/v1/state"));
    assertThat(lab.send(bare).statusCode()).isEqualTo(401);
    assertThat(lab.send(bare.copy().header("Authorization", "Bearer " + all)).statusCode())
        .isEqualTo(401);
    assertThat(lab.get(lab.text("control", "key"), "/v2/devices").statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hang", "reset"})
  void noAnswerComes(String mode) {
    arm("faults", "{\"operation\":\"ticket-list\",\"mode\":\"" + mode + "\",\"millis\":50}");
    String path = "/v2/ticketing/trigger/board/1/run"; // a POST, which the client does not repeat
    assertThatThrownBy(() -> lab.post(all, path, "{}")).isInstanceOf(UncheckedIOException.class);
    assertThat(lab.post(all, path, "{}").statusCode()).isEqualTo(200);
  }

  @Test
  void halfAnAnswerComes() {
    arm("faults", "{\"operation\":\"device-read\",\"mode\":\"half\"}");
    assertThatThrownBy(() -> lab.get(all, "/v2/device/1001"))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void aWrongAnswerComesAsOftenAsItIsArmed() {
    arm("faults", "{\"operation\":\"service-list\",\"mode\":\"error500\",\"times\":2}");
    String path = "/v2/device/1001/windows-services";
    assertThat(lab.get(all, path).statusCode()).isEqualTo(500);
    assertThat(lab.get(all, "/v2/device/1001").statusCode()).isEqualTo(200);
    assertThat(lab.get(all, path).statusCode()).isEqualTo(500);
    assertThat(lab.get(all, path).statusCode()).isEqualTo(200);
  }

  @Test
  void garbageAndHugeAnswersSayTheyAreFine() {
    arm("faults", "{\"operation\":\"device-read\",\"mode\":\"garbage\"}");
    HttpResponse<String> garbage = lab.get(all, "/v2/device/1001");
    assertThat(garbage.statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> object(garbage)).hasMessageContaining("not valid JSON");
    arm("faults", "{\"operation\":\"device-read\",\"mode\":\"huge\",\"bytes\":3000000}");
    assertThat(lab.get(all, "/v2/device/1001").body()).hasSizeGreaterThan(3_000_000);
  }

  @Test
  void aSlowAnswerIsRight() {
    arm("faults", "{\"operation\":\"device-read\",\"mode\":\"slow\",\"millis\":80}");
    long start = System.nanoTime();
    assertThat(lab.device(all, 1001)).containsEntry("id", 1001);
    assertThat(System.nanoTime() - start).isGreaterThan(80_000_000L);
  }

  @Test
  void whoeverFollowsARedirectIsCounted() {
    arm("faults", "{\"operation\":\"device-read\",\"mode\":\"redirect\"}");
    HttpResponse<String> answer = lab.get(all, "/v2/device/1001");
    assertThat(answer.statusCode()).isEqualTo(307);
    assertThat(lab.state()).containsEntry("trapped", 0);
    lab.get(all, answer.headers().firstValue("Location").orElseThrow());
    assertThat(lab.state()).containsEntry("trapped", 1);
  }

  @Test
  void aFaultBeforeTheEffectPreventsItAndOneAfterItDoesNot() {
    arm("faults", "{\"operation\":\"reboot\",\"mode\":\"reset\"}");
    assertThatThrownBy(() -> lab.post(all, "/v2/device/1004/reboot/NORMAL", "{}"))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(lab.state().get("jobs")).isEqualTo(List.of());
    arm("faults", "{\"operation\":\"reboot\",\"mode\":\"reset\",\"when\":\"after\"}");
    assertThatThrownBy(() -> lab.post(all, "/v2/device/1004/reboot/NORMAL", "{}"))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(TestLab.objects(lab.state().getOrDefault("jobs", List.of()))).hasSize(1);
  }

  @Test
  void aDeadTokenDoesNotUseUpAFault() {
    arm("faults", "{\"operation\":\"device-read\",\"mode\":\"error500\"}");
    assertThat(lab.get("nonsense", "/v2/device/1001").statusCode()).isEqualTo(401);
    assertThat(lab.get(all, "/v2/device/1001").statusCode()).isEqualTo(500);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "faults|{\"operation\":\"device-read\"}",
        "faults|{\"operation\":\"no-such\",\"mode\":\"hang\"}",
        "faults|{\"operation\":\"device-read\",\"mode\":\"hang\",\"when\":\"never\"}",
        "faults|{\"operation\":\"device-read\",\"mode\":\"hang\",\"time\":3}",
        "triggers|{\"on\":\"device-read\",\"do\":{}}",
        "triggers|{\"on\":\"no-such\",\"do\":{\"hold-jobs\":{}}}",
        "triggers|{\"on\":\"device-read\",\"after\":0,\"do\":{\"hold-jobs\":{}}}",
        "triggers|{\"on\":\"device-read\",\"do\":{\"explode\":{}}}",
        "devices/1001|{\"role\":\"toaster\"}",
        "tokens|{\"subject\":\"a\",\"audience\":\"b\",\"fault\":\"wrong\"}",
      })
  void wrongControlIsRefused(String path, String json) {
    assertThat(lab.control("POST", "/v1/" + path, json).statusCode()).isEqualTo(400);
  }

  @Test
  void aDeviceMovesAfterItWasRead() {
    arm(
        "triggers",
        "{\"on\":\"device-read\",\"after\":2,\"device\":1001,"
            + "\"do\":{\"move-device\":{\"id\":1001,\"organizationId\":2}}}");
    lab.device(all, 1002);
    assertThat(lab.device(all, 1001)).containsEntry("organizationId", 1);
    assertThat(lab.device(all, 1001)).containsEntry("organizationId", 1);
    assertThat(lab.device(all, 1001)).containsEntry("organizationId", 2);
  }

  @Test
  void aDeviceMovesBeforeItIsRead() {
    arm(
        "triggers",
        "{\"on\":\"device-read\",\"before\":2,"
            + "\"do\":{\"move-device\":{\"id\":1001,\"organizationId\":2}}}");
    assertThat(lab.device(all, 1001)).containsEntry("organizationId", 1);
    assertThat(lab.device(all, 1001)).containsEntry("organizationId", 2);
  }

  @Test
  void aDeviceMovesWhenATokenIsIssued() {
    arm(
        "triggers",
        "{\"on\":\"token-issued\",\"do\":{\"move-device\":{\"id\":1001,\"organizationId\":3}}}");
    assertThat(lab.device(all, 1001)).containsEntry("organizationId", 1);
    String later = lab.token("monitoring");
    assertThat(lab.device(later, 1001)).containsEntry("organizationId", 3);
  }

  @Test
  void aDeviceCanBeMadeStale() {
    lab.control("POST", "/v1/devices/1001", "{\"lastContact\":1700000000}");
    assertThat(lab.device(all, 1001))
        .containsEntry("offline", true)
        .containsEntry("lastContact", 1.7e9);
  }

  @ParameterizedTest
  @CsvSource({"person, EMAIL, true", "agent, ACTIVITY, true", "monitoring, CONDITION, false"})
  void aTicketOpensForAnyKindOfRequester(String who, String source, boolean hasRequester) {
    Map<String, Object> ticket =
        object(
            lab.control(
                "POST", "/v1/tickets", "{\"organizationId\":1,\"requester\":\"" + who + "\"}"));
    assertThat(ticket).containsEntry("source", source);
    assertThat(ticket.containsKey("requesterUid")).isEqualTo(hasRequester);
  }
}
