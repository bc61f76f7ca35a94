package dev.remit.lab;

import static dev.remit.lab.TestLab.list;
import static dev.remit.lab.TestLab.object;
import static dev.remit.lab.TestLab.objects;
import static dev.remit.lab.TestLab.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.lab.http.Json;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RmmTest {
  private static final String SCAN = "/v2/device/1004/patch/os/scan";
  private TestLab lab;
  private String all;

  @BeforeEach
  void reset() {
    lab = TestLab.shared();
    all = lab.token("monitoring management control");
  }

  @Test
  void aRestartedServiceRunsAfterAWhile() {
    assertThat(lab.service(all, 1001, "Spooler")).isEqualTo("STOP_PENDING");
    assertThat(lab.restart(all, 1001, "Spooler").statusCode()).isEqualTo(204);
    assertThat(lab.service(all, 1001, "Spooler")).isNotEqualTo("RUNNING");
    until(() -> lab.service(all, 1001, "Spooler").equals("RUNNING"));
    assertThat(activities("/v2/device/1001/activities"))
        .hasSize(2)
        .allMatch(a -> "remit-broker".equals(a.get("sourceName")));
  }

  @Test
  void activitiesNameTheUserWhoActedAndAreFilteredByCompany() {
    lab.restart(all, 1001, "Spooler");
    lab.restart(all, 2001, "Spooler");
    assertThat(activities("/v2/activities?df=org%3D1"))
        .isNotEmpty()
        .allMatch(a -> Integer.valueOf(1001).equals(a.get("deviceId")))
        .allMatch(a -> Integer.valueOf(9001).equals(a.get("userId")));
    assertThat(activities("/v2/activities?df=org%3D3")).isEmpty();
    assertThat(lab.get(all, "/v2/activities?df=nobody").statusCode()).isEqualTo(400);
  }

  @Test
  void aStuckServiceDoesNotCome() {
    lab.control("POST", "/v1/devices/1001/services/Spooler", "{\"stuck\":true}");
    lab.restart(all, 1001, "Spooler");
    until(() -> activities("/v2/device/1001/activities").size() == 2);
    assertThat(lab.service(all, 1001, "Spooler")).isEqualTo("STOPPED");
  }

  @Test
  void aServiceNameWithADollarIsOneSegment() {
    assertThat(lab.restart(all, 1012, "MSSQL%24MAIN").statusCode()).isEqualTo(204);
    assertThat(lab.restart(all, 1012, "..%2FSpooler").statusCode()).isEqualTo(404);
    assertThat(lab.restart(all, 1012, "spooler").statusCode()).isEqualTo(404);
  }

  @Test
  void aRebootIsQueuedAndThenDone() {
    Object boot = lastBoot(1004);
    HttpResponse<String> answer =
        lab.post(all, "/v2/device/1004/reboot/NORMAL", "{\"reason\":\"ticket 5003\"}");
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(object(answer)).containsEntry("jobStatus", "START_REQUESTED");
    assertThat(lastBoot(1004)).isEqualTo(boot);
    String job = "/ext/job/" + object(answer).get("uid");
    until(() -> "COMPLETED".equals(object(lab.get(all, job)).get("jobStatus")));
    assertThat(object(lab.get(all, job))).containsEntry("jobResult", "SUCCESS");
    assertThat(lastBoot(1004)).isNotEqualTo(boot);
    assertThat(list(lab.get(all, "/v2/device/1004/jobs"))).isEmpty();
  }

  @Test
  void aHeldJobCanBeCancelledAndNeverRuns() {
    lab.control("POST", "/v1/jobs/hold", "");
    Object boot = lastBoot(1004);
    String uid = object(lab.post(all, "/v2/device/1004/reboot/FORCED", "")).get("uid") + "";
    assertThat(list(lab.get(all, "/v2/device/1004/jobs"))).hasSize(1);
    HttpResponse<String> cancelled = lab.post(all, "/ext/job/" + uid + "/cancel", "");
    assertThat(object(cancelled)).containsEntry("jobStatus", "CANCELLED");
    lab.control("POST", "/v1/jobs/release", "");
    assertThat(object(lab.get(all, "/ext/job/" + uid))).containsEntry("jobStatus", "CANCELLED");
    assertThat(lastBoot(1004)).isEqualTo(boot);
  }

  @Test
  void aRunningJobCannotBeCancelled() {
    lab.control("POST", "/v1/timing", "{\"queuedMillis\":0,\"runningMillis\":60000}");
    String uid = object(lab.post(all, "/v2/device/1004/reboot/NORMAL", "{}")).get("uid") + "";
    until(() -> "IN_PROCESS".equals(object(lab.get(all, "/ext/job/" + uid)).get("jobStatus")));
    assertThat(lab.post(all, "/ext/job/" + uid + "/cancel", "").statusCode()).isEqualTo(409);
  }

  @Test
  void aPatchScanIsQueuedAndMovesTheScanTimeAtItsEnd() {
    Object scan = lastScan(1004);
    Object boot = lastBoot(1004);
    HttpResponse<String> answer = lab.post(all, SCAN, "");
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(object(answer)).containsEntry("jobStatus", "START_REQUESTED");
    assertThat(lastScan(1004)).isEqualTo(scan);
    String job = "/ext/job/" + object(answer).get("uid");
    until(() -> "COMPLETED".equals(object(lab.get(all, job)).get("jobStatus")));
    assertThat(object(lab.get(all, job)))
        .containsEntry("jobResult", "SUCCESS")
        .containsEntry("subject", "OS patch scan");
    assertThat(lastScan(1004)).isNotEqualTo(scan);
    assertThat(lastBoot(1004)).isEqualTo(boot);
    assertThat(activities("/v2/device/1004/activities"))
        .extracting(activity -> activity.get("message"))
        .contains("patch scan started", "patch scan completed");
  }

  @Test
  void aHeldPatchScanCanBeCancelledAndNeverRuns() {
    lab.control("POST", "/v1/jobs/hold", "");
    Object scan = lastScan(1004);
    String uid = object(lab.post(all, SCAN, "")).get("uid") + "";
    assertThat(list(lab.get(all, "/v2/device/1004/jobs"))).hasSize(1);
    HttpResponse<String> cancelled = lab.post(all, "/ext/job/" + uid + "/cancel", "");
    assertThat(object(cancelled)).containsEntry("jobStatus", "CANCELLED");
    lab.control("POST", "/v1/jobs/release", "");
    assertThat(object(lab.get(all, "/ext/job/" + uid))).containsEntry("jobStatus", "CANCELLED");
    assertThat(lastScan(1004)).isEqualTo(scan);
  }

  @Test
  void aFaultOfThePatchScanLeavesNothingQueued() {
    lab.control("POST", "/v1/faults", "{\"operation\":\"patch-scan\",\"mode\":\"error500\"}");
    assertThat(lab.post(all, SCAN, "").statusCode()).isEqualTo(500);
    assertThat(list(lab.get(all, "/v2/device/1004/jobs"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "monitoring, GET, /v2/device/1001, 200",
    "control, GET, /v2/device/1001, 403",
    "management, GET, /v2/device/1001, 403",
    "monitoring, POST, /v2/device/1001/windows-service/Spooler/control, 403",
    "management, POST, /v2/device/1001/windows-service/Spooler/control, 403",
    "monitoring management, POST, /v2/device/1001/reboot/NORMAL, 403",
    "monitoring management, POST, /v2/device/1004/patch/os/scan, 403",
    "monitoring control, POST, /v2/ticketing/ticket, 403",
    "monitoring control, PATCH, /v2/device/1001, 403",
  })
  void aTokenReachesOnlyItsScopes(String scopes, String method, String path, int status) {
    HttpResponse<String> answer =
        lab.send(
            lab.rmmRequest(lab.token(scopes), path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(method.equals("GET") ? "" : "{}")));
    assertThat(answer.statusCode()).isEqualTo(status);
  }

  @Test
  void aRevokedTokenIsRefusedAtOnce() {
    assertThat(object(lab.rmmForm("introspectUrl", "token=" + all))).containsEntry("active", true);
    assertThat(lab.rmmForm("revokeUrl", "token=" + all).statusCode()).isEqualTo(200);
    assertThat(lab.get(all, "/v2/device/1001").statusCode()).isEqualTo(401);
    assertThat(object(lab.rmmForm("introspectUrl", "token=" + all)))
        .containsExactly(Map.entry("active", false));
    assertThat(lab.rmmForm("revokeUrl", "token=" + all).statusCode()).isEqualTo(200);
    assertThat(lab.state().get("tokens")).isEqualTo(List.of());
  }

  @Test
  void nobodyGetsATokenWithoutTheSecret() {
    String url = lab.text("rmm", "tokenUrl");
    String form = "grant_type=client_credentials&scope=monitoring";
    assertThat(lab.form(url, "remit-broker", "wrong", form).statusCode()).isEqualTo(401);
    assertThat(lab.form(url, "other", lab.text("rmm", "clientSecret"), form).statusCode())
        .isEqualTo(401);
    assertThat(lab.rmmForm("tokenUrl", "grant_type=client_credentials").statusCode())
        .isEqualTo(400);
    assertThat(lab.rmmForm("tokenUrl", form + "%20everything").statusCode()).isEqualTo(400);
    assertThat(lab.rmmForm("tokenUrl", "grant_type=password&scope=monitoring").statusCode())
        .isEqualTo(400);
    assertThat(lab.rmmForm("tokenUrl", form + "&scope=control").statusCode()).isEqualTo(400);
    assertThat(lab.get("nonsense", "/v2/devices").statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "/v2/device/9999, 404",
    "/v2/device/RECEPTION-01, 400",
    "/v2/device/99999999999, 400",
    "/v2/device/1e3, 400",
    "/v2/device/1001%2F..%2F2001, 404",
    "/v2/devices?pageSize=0, 400",
    "/v2/devices?pageSize=ten, 400",
    "/v2/devices?pageSize=1&pageSize=2, 400",
    "/v2/devices?organization=1, 400",
    "/v2/devices?df=drop%20table, 400",
    "/v2/device/1001/windows-services?state=FINE, 400",
    "/v2/organization/4, 404",
    "/v2/ticketing/ticket/1, 404",
    "/ext/job/1, 400",
    "/ext/job/00000000-0000-4000-8000-000000000000, 404",
    "/v2/secrets, 404",
  })
  void wrongReadsAreRefused(String path, int status) {
    assertThat(lab.get(all, path).statusCode()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "{\"action\":\"restart\"}",
        "{\"action\":\"RESTART\",\"action\":\"STOP\"}",
        "{\"action\":\"RESTART\",\"force\":true}",
        "{\"action\":7}",
        "{\"action\":\"RESTART\"} x",
        "{\"action\":"
      })
  void wrongOrdersChangeNothing(String body) {
    HttpResponse<String> answer =
        lab.post(all, "/v2/device/1001/windows-service/Spooler/control", body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(activities("/v2/activities")).isEmpty();
  }

  @Test
  void wrongActsAreRefused() {
    assertThat(lab.post(all, "/v2/device/1001/reboot/GENTLE", "{}").statusCode()).isEqualTo(400);
    assertThat(lab.post(all, "/v2/device/1005/reboot/NORMAL", "{}").statusCode()).isEqualTo(409);
    assertThat(lab.post(all, "/v2/device/9999/reboot/NORMAL", "{}").statusCode()).isEqualTo(404);
    assertThat(lab.post(all, SCAN, "{\"force\":true}").statusCode()).isEqualTo(400);
    assertThat(lab.post(all, "/v2/device/1005/patch/os/scan", "").statusCode()).isEqualTo(409);
    assertThat(lab.post(all, "/v2/device/9999/patch/os/scan", "").statusCode()).isEqualTo(404);
    assertThat(lab.restart(all, 1001, "RemoteRegistry").statusCode()).isEqualTo(409);
    assertThat(activities("/v2/activities")).isEmpty();
  }

  @Test
  void pagesFollowEachOtherWithoutLossOrRepeat() {
    List<Object> ids = new ArrayList<>();
    int after = 0;
    List<Map<String, Object>> page = devices(after);
    while (!page.isEmpty()) {
      page.forEach(device -> ids.add(device.getOrDefault("id", 0)));
      after = (Integer) ids.getLast();
      page = devices(after);
    }
    assertThat(ids).doesNotHaveDuplicates().hasSize(list(lab.get(all, "/v2/devices")).size());
  }

  private List<Map<String, Object>> devices(int after) {
    return list(lab.get(all, "/v2/devices?pageSize=7&after=" + after));
  }

  @Test
  void aFilterNarrowsAList() {
    assertThat(
            list(lab.get(all, "/v2/devices?df=" + TestLab.encode("org = 2 AND role in (53,54)"))))
        .extracting(d -> d.get("id"))
        .containsExactly(2010, 2011);
  }

  @Test
  void aDeviceTellsItsOwnerAndRoleInEveryView() {
    Map<String, Object> device = lab.device(all, 1010);
    assertThat(device).containsEntry("organizationId", 1).containsEntry("nodeRoleId", 53);
    assertThat(Json.member(device, "fields")).containsEntry("role", "domain-controller");
    assertThat(Json.member(Json.member(device, "references"), "role"))
        .containsEntry("name", "domain-controller");
    assertThat(object(lab.get(all, "/v2/device/1010/custom-fields")))
        .containsEntry("role", "domain-controller");
  }

  @Test
  void theVendorMovesADeviceWhoeverOwnsIt() {
    double before = number(lab.device(all, 2001), "lastUpdate");
    HttpResponse<String> answer =
        lab.send(
            lab.rmmRequest(all, "/v2/device/2001")
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString("{\"organizationId\":1}")));
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(lab.device(all, 2001)).containsEntry("organizationId", 1);
    assertThat(number(lab.device(all, 2001), "lastUpdate")).isGreaterThan(before);
  }

  @Test
  void aTicketSaysWhoAskedAndWhoWroteIt() {
    Map<String, Object> ticket = object(lab.get(all, "/v2/ticketing/ticket/5001"));
    assertThat(ticket).containsEntry("clientId", 1).containsEntry("nodeId", 1001);
    assertThat(list(lab.get(all, "/v2/ticketing/app-user-contact?clientId=1&userType=CONTACT")))
        .extracting(p -> p.get("uid"))
        .contains(ticket.get("requesterUid"));
    assertThat(object(lab.get(all, "/v2/ticketing/ticket/5005")))
        .doesNotContainKey("requesterUid")
        .containsEntry("source", "CONDITION");
  }

  @Test
  void aTicketMadeThroughTheApiNamesTheClientThatMadeIt() {
    String requester = object(lab.get(all, "/v2/ticketing/ticket/5001")).get("requesterUid") + "";
    HttpResponse<String> answer =
        lab.post(
            all,
            "/v2/ticketing/ticket",
            "{\"clientId\":1,\"ticketFormId\":1,\"subject\":\"s\",\"status\":\"1000\",\"requesterUid\":\""
                + requester
                + "\",\"description\":{\"public\":true,\"body\":\"b\"}}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(object(answer)).containsEntry("source", "ACTIVITY");
    Object id = object(answer).get("id");
    Map<String, Object> first =
        list(lab.get(all, "/v2/ticketing/ticket/" + id + "/log-entry")).getFirst();
    assertThat(Json.member(first, "automation")).containsEntry("name", "remit-broker");
    assertThat(first).doesNotContainKey("appUserContactUid");
  }

  @Test
  void aCommentComesAsMultipartAsTheVendorWantsIt() {
    String body =
        """
        --b
        Content-Disposition: form-data; name="comment"
        Content-Type: application/json

        {"public":false,"body":"restarted"}
        --b--
        """
            .replace("\n", "\r\n");
    HttpResponse<String> answer =
        lab.send(
            lab.rmmRequest(all, "/v2/ticketing/ticket/5001/comment")
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(BodyPublishers.ofString(body)));
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(list(lab.get(all, "/v2/ticketing/ticket/5001/log-entry?type=COMMENT")))
        .singleElement()
        .satisfies(entry -> assertThat(entry).containsEntry("body", "restarted"));
  }

  @Test
  void ticketsAreListedByTheirBoard() {
    List<Map<String, Object>> rows =
        objects(
            object(lab.post(all, "/v2/ticketing/trigger/board/1/run", "{}"))
                .getOrDefault("data", List.of()));
    assertThat(rows).extracting(r -> r.get("id")).contains(5001, 5005, 5101, 5201);
    assertThat(lab.post(all, "/v2/ticketing/trigger/board/2/run", "{}").statusCode())
        .isEqualTo(404);
  }

  @Test
  void aResetBringsTheSeedBack() {
    Map<String, Object> before = lab.state();
    lab.restart(all, 2001, "Spooler");
    lab.control("POST", "/v1/devices/1001", "{\"organizationId\":3}");
    until(() -> lab.service(all, 2001, "Spooler").equals("RUNNING"));
    TestLab.shared();
    Map<String, Object> after = lab.state();
    assertThat(after.get("devices")).isEqualTo(before.get("devices"));
    assertThat(after.get("services")).isEqualTo(before.get("services"));
    assertThat(after.get("activities")).isEqualTo(List.of());
  }

  private List<Map<String, Object>> activities(String path) {
    Object lines = object(lab.get(all, path)).get("activities");
    return lines == null ? List.of() : objects(lines);
  }

  private Object lastBoot(int device) {
    return Json.member(lab.device(all, device), "os").getOrDefault("lastBootTime", "");
  }

  private Object lastScan(int device) {
    return Json.member(lab.device(all, device), "os").getOrDefault("lastPatchScanTime", "");
  }

  private static double number(Map<String, Object> object, String name) {
    return object.get(name) instanceof Number number ? number.doubleValue() : Double.NaN;
  }
}
