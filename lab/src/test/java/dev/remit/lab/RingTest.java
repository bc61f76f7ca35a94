package dev.remit.lab;

import static dev.remit.lab.TestLab.object;
import static dev.remit.lab.TestLab.objects;
import static dev.remit.lab.TestLab.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.lab.http.Json;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RingTest {
  private TestLab lab;
  private String all;

  @BeforeEach
  void reset() {
    lab = TestLab.shared();
    all = lab.token("monitoring management control");
  }

  private Map<String, Object> ring(String id) {
    return object(lab.get(all, "/ext/ring/" + id));
  }

  private String install(String ring) {
    HttpResponse<String> answer = lab.post(all, "/ext/ring/" + ring + "/patch/install", "");
    assertThat(answer.statusCode()).isEqualTo(202);
    return object(answer).get("uid") + "";
  }

  private String end(String job) {
    String path = "/ext/job/" + job;
    until(() -> !status(path).equals("START_REQUESTED") && !status(path).equals("IN_PROCESS"));
    return status(path);
  }

  private String status(String path) {
    return object(lab.get(all, path)).get("jobStatus") + "";
  }

  @ParameterizedTest
  @CsvSource({
    "1-pilot, 1, done, done, fresh, enough",
    "1-early, 1, pending, done, fresh, enough",
    "1-broad, 1, pending, waiting, fresh, enough",
    "2-early, 2, pending, done, old, enough",
    "3-early, 3, done, done, fresh, low",
    "3-broad, 3, pending, running, fresh, enough"
  })
  void aRingSaysWhatOneAsksBefore(
      String id, int company, String state, String soak, String backup, String disk) {
    assertThat(ring(id))
        .containsEntry("organizationId", company)
        .containsEntry("state", state)
        .containsEntry("soak", soak)
        .containsEntry("backup", backup)
        .containsEntry("disk", disk)
        .containsEntry("failures", 0);
  }

  @Test
  void everyDeviceIsInOneRingOfItsCompany() {
    List<Map<String, Object>> rings = TestLab.list(lab.get(all, "/ext/rings"));
    assertThat(rings).hasSize(9);
    long members =
        rings.stream()
            .mapToLong(ring -> ((List<?>) ring.getOrDefault("devices", List.of())).size())
            .sum();
    assertThat(members).isEqualTo(TestLab.list(lab.get(all, "/v2/devices")).size());
    assertThat(Json.member(lab.device(all, 1004), "fields")).containsEntry("ring", "early");
  }

  @Test
  void anInstallationIsAJobThatPatchesEachDevice() {
    String job = install("1-early");
    assertThat(ring("1-early")).containsEntry("state", "pending");
    assertThat(end(job)).isEqualTo("COMPLETED");
    assertThat(ring("1-early")).containsEntry("state", "done").containsEntry("pendingDevices", 0);
    assertThat(ring("1-broad")).containsEntry("soak", "running");
    assertThat(
            objects(object(lab.get(all, "/ext/device/1004/patches")).getOrDefault("patches", "")))
        .allMatch(patch -> Boolean.TRUE.equals(patch.get("installed")));
  }

  @Test
  void anInstallationStopsAtTheFailureLimit() {
    for (int device : List.of(1004, 1007)) {
      lab.control("POST", "/v1/devices/" + device, "{\"failsPatches\":true}");
    }
    String job = install("1-early");
    assertThat(end(job)).isEqualTo("FAILED");
    assertThat(object(lab.get(all, "/ext/job/" + job))).containsEntry("jobResult", "FAILURE");
    assertThat(ring("1-early"))
        .containsEntry("state", "stopped")
        .containsEntry("failures", 2)
        .containsEntry("pendingDevices", 4);
    assertThat(ring("1-broad")).containsEntry("soak", "waiting");
  }

  @Test
  void oneFailureIsBelowTheLimitAndTheRingIsNotDone() {
    lab.control("POST", "/v1/devices/1004", "{\"failsPatches\":true}");
    assertThat(end(install("1-early"))).isEqualTo("FAILED");
    assertThat(ring("1-early"))
        .containsEntry("state", "pending")
        .containsEntry("pendingDevices", 1);
    lab.control("POST", "/v1/devices/1004", "{\"failsPatches\":false}");
    assertThat(end(install("1-early"))).isEqualTo("COMPLETED");
  }

  @Test
  void aCancelledInstallationPatchesNothing() {
    lab.control("POST", "/v1/jobs/hold", "");
    String job = install("1-early");
    lab.post(all, "/ext/job/" + job + "/cancel", "");
    lab.control("POST", "/v1/jobs/release", "");
    assertThat(status("/ext/job/" + job)).isEqualTo("CANCELLED");
    assertThat(ring("1-early")).containsEntry("pendingDevices", 4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"lastBackup\":1700000000}|backup|old",
        "{\"freeDisk\":3}|disk|low",
        "{\"organizationId\":2}|pendingDevices|3"
      })
  void aRingIsWhatItsDevicesAre(String change, String name, String value) {
    lab.control("POST", "/v1/devices/1004", change);
    assertThat(ring("1-early").get(name) + "").isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({"users, 2, loggedOnUsers", "freeDisk, 7, freeDiskPercent"})
  void aDeviceTellsItsFacts(String name, int value, String field) {
    lab.control("POST", "/v1/devices/1004", "{\"" + name + "\":" + value + "}");
    assertThat(Json.member(lab.device(all, 1004), "fields")).containsEntry(field, value);
  }

  @Test
  void seededFactsOfARebootAreThere() {
    assertThat(Json.member(lab.device(all, 1001), "fields")).containsEntry("loggedOnUsers", 1);
    assertThat(Json.member(lab.device(all, 1004), "fields"))
        .containsEntry("loggedOnUsers", 0)
        .containsEntry("backup", "idle");
    assertThat(Json.member(lab.device(all, 1012), "fields")).containsEntry("backup", "pending");
  }

  @ParameterizedTest
  @ValueSource(strings = {"9-early", "1", "1-early%2F..%2F2-early", "1-EARLY", "early"})
  void anUnknownRingIsNotPatched(String id) {
    HttpResponse<String> answer = lab.post(all, "/ext/ring/" + id + "/patch/install", "");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(lab.state().get("jobs")).isEqualTo(List.of());
  }

  @Test
  void anInstallationTakesNoFurtherWords() {
    String path = "/ext/ring/1-early/patch/install";
    assertThat(lab.post(all, path, "{\"force\":true}").statusCode()).isEqualTo(400);
    assertThat(lab.post(lab.token("monitoring"), path, "").statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"users\":-1}",
        "{\"backup\":\"gone\"}",
        "{\"freeDisk\":101}",
        "{\"failsPatches\":\"yes\"}"
      })
  void wrongControlOfADeviceIsRefused(String json) {
    assertThat(lab.control("POST", "/v1/devices/1004", json).statusCode()).isEqualTo(400);
  }
}
