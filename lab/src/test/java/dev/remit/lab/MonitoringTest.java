package dev.remit.lab;

import static dev.remit.lab.TestLab.object;
import static dev.remit.lab.TestLab.objects;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MonitoringTest {
  private static final String MUTE =
      "{\"monitors\":\"%s\",\"minutes\":30,\"reason\":\"ticket 5003\"}";
  private TestLab lab;
  private Api api;

  @BeforeEach
  void reset() {
    lab = TestLab.shared();
    api = lab.api("monitoring", "read acknowledge mute");
  }

  private int log() {
    return objects(lab.state().getOrDefault("monitoringActivities", List.of())).size();
  }

  @Test
  void aWatchSaysWhatWouldGoBlind() {
    assertThat(api.object("/v1/watches/1010"))
        .containsEntry("company", 1)
        .containsEntry("state", "watching")
        .containsEntry("monitors", "backup, cpu, disk, edr, service, sign-in")
        .containsEntry("operational", "backup, cpu, disk, service")
        .containsEntry("securityMonitors", "edr, sign-in")
        .containsEntry("blind", "nothing")
        .containsEntry("securityBlind", false)
        .containsEntry("openSecurityAlerts", 1)
        .containsEntry("until", "never blind");
  }

  @ParameterizedTest
  @CsvSource({"operational, false", "all, true"})
  void aMuteBlindsWhatItNamesUntilItsEnd(String monitors, boolean security) {
    HttpResponse<String> answer = api.post("/v1/watches/1004/mute", MUTE.formatted(monitors));
    assertThat(answer.statusCode()).isEqualTo(201);
    Map<String, Object> one = api.object("/v1/watches/1004/blind/" + object(answer).get("id"));
    assertThat(one).containsEntry("state", "active").containsEntry("securityBlind", security);
    assertThat(Duration.between(Instant.parse(one.get("from") + ""), end(one)).toMinutes())
        .isEqualTo(30);
    assertThat(api.object("/v1/watches/1004"))
        .containsEntry("state", "muted")
        .containsEntry("securityBlind", security)
        .containsEntry("until", one.get("until"));
  }

  private static Instant end(Map<String, Object> one) {
    return Instant.parse(one.get("until") + "");
  }

  @ParameterizedTest
  @CsvSource({"disk, suppressed", "edr, open"})
  void whatIsBlindTellsNobody(String monitor, String state) {
    api.post("/v1/watches/1004/mute", MUTE.formatted("operational"));
    String raised =
        "{\"device\":1004,\"monitor\":\"" + monitor + "\",\"message\":\"something happened\"}";
    assertThat(object(lab.control("POST", "/v1/alerts", raised))).containsEntry("state", state);
  }

  @Test
  void anEndComesEarlierWhenItIsAskedFor() {
    String id = object(api.post("/v1/watches/1004/mute", MUTE.formatted("all"))).get("id") + "";
    HttpResponse<String> over = api.send("DELETE", "/v1/watches/1004/blind/" + id, "");
    assertThat(object(over)).containsEntry("state", "over");
    assertThat(api.object("/v1/watches/1004")).containsEntry("state", "watching");
    assertThat(api.total("/v1/watches/1004/blind")).isZero();
  }

  @Test
  void maintenanceCanBeginLater() {
    String body =
        "{\"monitors\":\"operational\",\"minutes\":60,\"startsInMinutes\":90,\"reason\":\"r\"}";
    HttpResponse<String> answer = api.post("/v1/watches/1004/maintenance", body);
    assertThat(object(answer)).containsEntry("state", "scheduled");
    assertThat(api.object("/v1/watches/1004")).containsEntry("state", "watching");
    assertThat(api.total("/v1/watches/1004/blind")).isEqualTo(1);
    api.post("/v1/watches/1004/maintenance", body.replace("90", "0"));
    assertThat(api.object("/v1/watches/1004")).containsEntry("state", "maintenance");
  }

  @Test
  void blindnessIsNotFoundUnderAnotherDevice() {
    String id = object(api.post("/v1/watches/1004/mute", MUTE.formatted("all"))).get("id") + "";
    assertThat(api.get("/v1/watches/2004/blind/" + id).statusCode()).isEqualTo(404);
    assertThat(api.send("DELETE", "/v1/watches/2004/blind/" + id, "").statusCode()).isEqualTo(404);
    assertThat(api.object("/v1/watches/1004")).containsEntry("state", "muted");
  }

  @ParameterizedTest
  @CsvSource({"7001, false, 1", "7003, true, 1", "7004, true, 1", "7102, true, 2"})
  void anAlertSaysWhetherItIsAboutSecurityAndWhose(int id, boolean security, int company) {
    assertThat(api.object("/v1/alerts/" + id))
        .containsEntry("security", security)
        .containsEntry("company", company)
        .containsEntry("state", "open");
  }

  @Test
  void anAlertIsAcknowledgedOnce() {
    String body = "{\"note\":\"Spooler was restarted.\"}";
    assertThat(object(api.post("/v1/alerts/7001/acknowledge", body)))
        .containsEntry("state", "acknowledged")
        .containsEntry("acknowledgedBy", "remit-broker");
    assertThat(api.post("/v1/alerts/7001/acknowledge", body).statusCode()).isEqualTo(409);
    assertThat(api.total("/v1/alerts?id=7001&state=acknowledged")).isEqualTo(1);
    assertThat(log()).isEqualTo(1);
  }

  @Test
  void aWatchBelongsToWhomTheDeviceBelongsNow() {
    lab.control("POST", "/v1/devices/1004", "{\"organizationId\":3}");
    assertThat(api.object("/v1/watches/1004")).containsEntry("company", 3);
    assertThat(api.object("/v1/alerts/7003")).containsEntry("company", 3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/watches/1004/mute|{\"monitors\":\"all\",\"reason\":\"r\"}|400",
        "/v1/watches/1004/mute|{\"monitors\":\"all\",\"minutes\":0,\"reason\":\"r\"}|400",
        "/v1/watches/1004/mute|{\"monitors\":\"all\",\"minutes\":-5,\"reason\":\"r\"}|400",
        "/v1/watches/1004/mute|{\"monitors\":\"all\",\"minutes\":10081,\"reason\":\"r\"}|400",
        "/v1/watches/1004/mute|{\"monitors\":\"all\",\"minutes\":1e3,\"reason\":\"r\"}|400",
        "/v1/watches/1004/mute|{\"monitors\":\"edr\",\"minutes\":5,\"reason\":\"r\"}|400",
        "/v1/watches/1004/mute|{\"monitors\":\"all\",\"minutes\":5}|400",
        "/v1/watches/1004/mute|{\"monitors\":\"all\",\"minutes\":5,\"reason\":\"r\",\"startsInMinutes\":1}|400",
        "/v1/watches/9999/mute|{\"monitors\":\"all\",\"minutes\":5,\"reason\":\"r\"}|404",
        "/v1/watches/1004%2F..%2F1010/mute|{\"monitors\":\"all\",\"minutes\":5,\"reason\":\"r\"}|404",
        "/v1/alerts/7001/acknowledge|{}|400",
        "/v1/alerts/9/acknowledge|{\"note\":\"n\"}|404",
        "/v1/alerts/+7001/acknowledge|{\"note\":\"n\"}|400"
      })
  void whatIsWrongBlindsNothing(String path, String body, int status) {
    assertThat(api.post(path, body).statusCode()).isEqualTo(status);
    assertThat(log()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "read, /v1/watches/1004/mute",
    "read acknowledge, /v1/watches/1004/maintenance",
    "read mute, /v1/alerts/7001/acknowledge"
  })
  void everyScopeOpensItsOwnPart(String scopes, String path) {
    assertThat(lab.api("monitoring", scopes).post(path, "{}").statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"before", "after"})
  void aFaultSaysNothingAboutTheEffect(String when) {
    lab.control(
        "POST",
        "/v1/faults",
        "{\"operation\":\"monitoring-mute\",\"mode\":\"reset\",\"device\":1004,\"when\":\""
            + when
            + "\"}");
    assertThatThrownBy(() -> api.post("/v1/watches/1004/mute", MUTE.formatted("all")))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(api.object("/v1/watches/1004"))
        .containsEntry("state", when.equals("after") ? "muted" : "watching");
  }
}
