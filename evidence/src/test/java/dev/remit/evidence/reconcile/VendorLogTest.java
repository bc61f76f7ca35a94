package dev.remit.evidence.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.remit.core.value.InvalidValueException;
import dev.remit.evidence.reconcile.VendorLog.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VendorLogTest {

  private static final Rules RULES =
      Rules.parse(
          """
          {"principals": ["x"], "columns":
            {"time": "When", "principal": "Who", "target": "Device", "kind": "What"}}\
          """);

  private static List<Act> read(String text, Format format) {
    return VendorLog.parse(text, format, RULES).acts();
  }

  private static final String ACTIVITIES =
      """
      {"lastActivityId": 9, "activities": [
        {"id": 7, "activityTime": 1772366400.25, "deviceId": 42, "userId": 17,
         "seriesUid": "5b2e7c1e-0000-4000-8000-000000000001", "activityType": "SCRIPTING",
         "statusCode": "START_REQUESTED", "status": "Run script", "subject": "restart spooler"},
        {"id": 8, "activityTime": 1772366402, "deviceId": 42,
         "seriesUid": "5b2e7c1e-0000-4000-8000-000000000001", "activityType": "SCRIPTING",
         "statusCode": "COMPLETED", "activityResult": "SUCCESS", "message": "done"},
        {"id": 9, "activityTime": 1772366500, "deviceId": 43, "activityType": "SYSTEM"}]}
      """;

  @Test
  void activitiesOfOneJobAreOneAct() {
    List<Act> acts = read(ACTIVITIES, Format.NINJAONE);

    assertThat(acts).hasSize(2);
    assertThat(acts.getFirst())
        .isEqualTo(
            new Act(
                "7",
                Instant.ofEpochMilli(1_772_366_400_250L),
                Set.of("17"),
                Set.of("42"),
                "SCRIPTING",
                "restart spooler",
                Set.of("5b2e7c1e-0000-4000-8000-000000000001")));
    assertThat(acts.get(1).principals()).isEmpty();
  }

  @Test
  void aJobOnTwoDevicesIsTwoActs() {
    int second = ACTIVITIES.indexOf("\"id\": 8");
    String two =
        ACTIVITIES.substring(0, second)
            + ACTIVITIES.substring(second).replaceFirst("\"deviceId\": 42", "\"deviceId\": 43");

    assertThat(read(two, Format.NINJAONE)).hasSize(3);
  }

  /** The members that are read have these names and types in the vendor's own description. */
  @Test
  @Tag("corpus")
  void theVendorsDescriptionHasTheseMembers() throws IOException {
    Path api =
        Path.of(System.getProperty("remit.corpora", "../../shared/vectors"))
            .resolveSibling("vendor-apis/ninjaone/openapi.yaml");
    assertThat(Files.exists(api) || !"true".equals(System.getenv("CI"))).as("shared data").isTrue();
    assumeTrue(Files.exists(api), "the vendor's description is not there");
    String text = Files.readString(api);
    String activity = text.substring(text.indexOf("\n    Activity:\n"));
    activity = activity.substring(0, activity.indexOf("\n    NodeActivitiesResponse:"));

    assertThat(activity)
        .contains("id:\n          type: integer")
        .contains("activityTime:\n          type: number")
        .contains("deviceId:\n          type: integer")
        .contains("userId:\n          type: integer")
        .contains("seriesUid:\n          type: string")
        .contains("activityType:\n          type: string");
  }

  @Test
  void signInsOfUsersAndOfApplicationsHaveTheirNames() {
    List<Act> acts =
        read(
            """
            {"@odata.context": "x", "value": [
              {"id": "s1", "createdDateTime": "2026-03-01T10:00:00Z", "userId": "u-1",
               "userPrincipalName": "tech@msp.example", "appId": "a-1",
               "appDisplayName": "Admin", "resourceId": "r-1", "resourceDisplayName": "Graph",
               "status": {"errorCode": 50126}},
              {"id": "s2", "createdDateTime": "2026-03-01T10:00:01Z", "userId": null,
               "servicePrincipalId": "sp-1", "servicePrincipalName": "remit", "appId": "a-2"}]}
            """,
            Format.ENTRA_SIGN_IN);

    assertThat(acts.getFirst().principals()).containsExactlyInAnyOrder("u-1", "tech@msp.example");
    assertThat(acts.getFirst().targets()).containsExactlyInAnyOrder("r-1", "Graph");
    assertThat(acts.getFirst().words()).isEqualTo("Admin (failed with 50126)");
    assertThat(acts.get(1).principals()).containsExactlyInAnyOrder("sp-1", "remit");
  }

  @Test
  void directoryAuditsHaveInitiatorAndTargets() {
    List<Act> acts =
        read(
            """
            {"id": "d1", "activityDateTime": "2026-03-01T10:00:00.1234567Z", \
            "activityDisplayName": "Reset user password", "result": "success", \
            "initiatedBy": {"user": {"id": "u-1", "userPrincipalName": "tech@msp.example"}, \
            "app": null}, "targetResources": [{"id": "t-1", "type": "User", \
            "userPrincipalName": "kim@harbor.example"}]}
            {"id": "d2", "activityDateTime": "2026-03-01T10:00:00Z", \
            "initiatedBy": {"app": {"appId": "a-1", "displayName": "remit"}}}
            """,
            Format.ENTRA_AUDIT);

    assertThat(acts).hasSize(2);
    assertThat(acts.getFirst().targets()).containsExactlyInAnyOrder("t-1", "kim@harbor.example");
    assertThat(acts.getFirst().kind()).isEqualTo("Reset user password");
    assertThat(acts.get(1).principals()).containsExactlyInAnyOrder("a-1", "remit");
  }

  @Test
  void aCsvSaysByWhatNameAnActGoes() {
    var rules =
        Rules.parse(
            """
            {"principals": ["x"], "columns":
              {"time": "When", "principal": "Who", "reference": "Trace"}}\
            """);
    var acts =
        VendorLog.parse("When,Who,Trace\n1772366400,x,abc\n1772366401,x,\n", Format.CSV, rules);

    assertThat(acts.acts()).extracting(Act::references).containsExactly(Set.of("abc"), Set.of());
  }

  @Test
  void aCsvIsReadByTheNamesOfItsColumns() {
    List<Act> acts =
        read(
            String.join(
                "\r\n",
                "\ufeffWhen,Who,What,Device,Note",
                "2026-03-01 10:00:00Z,svc,\"Restart, now\",ws-1,\"said \"\"so\"\"\nand more\"",
                "1772366400,,Boot,ws-2,",
                "",
                "1772366400250,svc,Boot,,x"),
            Format.CSV);

    assertThat(acts).hasSize(3);
    assertThat(acts.getFirst())
        .isEqualTo(
            new Act(
                "record 1",
                Instant.parse("2026-03-01T10:00:00Z"),
                Set.of("svc"),
                Set.of("ws-1"),
                "Restart, now",
                ""));
    assertThat(acts.get(1).principals()).isEmpty();
    assertThat(acts.get(2).at()).isEqualTo(Instant.ofEpochMilli(1_772_366_400_250L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Who,What,Device\n",
        "When,Who,What,Device,When\n",
        "When,Who,What,Device\n2026-03-01T10:00:00,a,b,c\n",
        "When,Who,What,Device\nyesterday,a,b,c\n",
        "When,Who,What,Device\n2026-03-01T10:00:00Z,a,b\n",
        "When,Who,What,Device\n2026-03-01T10:00:00Z,a,b,c,d\n",
        "When,Who,What,Device\n2026-03-01T10:00:00Z,\"a,b,c\n",
        "When,Who,What,Device\n2026-03-01T10:00:00Z,\"a\"x,b,c\n",
        "When,Who,What,Device\n2026-03-01T10:00:00Z,a\"x,b,c\n"
      })
  void aCsvThatCannotBeReadIsRefusedAndNotSkipped(String text) {
    assertThatThrownBy(() -> read(text, Format.CSV)).isInstanceOf(InvalidValueException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "[1]",
        "[{\"id\": 1}]",
        "[{\"activityTime\": 1}]",
        "[{\"id\": 1, \"activityTime\": \"now\"}]",
        "{\"id\": 1, \"activityTime\": 1}\nnonsense"
      })
  void aLogThatCannotBeReadIsRefusedAndNotSkipped(String text) {
    assertThatThrownBy(() -> read(text, Format.NINJAONE)).isInstanceOf(InvalidValueException.class);
  }

  @Test
  void anEmptyLogIsALogWithoutActs() {
    assertThat(read("{\"value\": []}", Format.ENTRA_AUDIT)).isEmpty();
    assertThat(read("[]", Format.NINJAONE)).isEmpty();
  }
}
