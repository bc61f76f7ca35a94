package dev.remit.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.value.Value;
import dev.remit.web.console.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console over real sockets: who gets which page, and with which header fields. */
class ConsoleWireTest {

  private static final List<String> PAGES =
      List.of(
          "/console/inbox",
          "/console/inbox/list",
          "/console/card/harbor-dental/p-restart-1",
          "/console/tasks/harbor-dental",
          "/console/tasks/harbor-dental/list",
          "/console/trail/harbor-dental",
          "/console/trail/harbor-dental/7d",
          "/console/trail/harbor-dental/task/task-8f31c2",
          "/console/call/harbor-dental/call-5d20",
          "/console/oversight/harbor-dental",
          "/console/autonomy/harbor-dental",
          "/console/agents",
          "/console/tenants",
          "/console/posture",
          "/console/keys");

  private final ConsoleRig rig = new ConsoleRig();

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void everyPageIsReadByWhoMaySeeAllOfIt() {
    for (var page : PAGES) {
      var reply = rig.get(Team.APPROVER, page);
      assertThat(reply.status()).as(page).isEqualTo(200);
      assertThat(reply.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
    }
  }

  @Test
  void nobodyReadsAPageWithoutSigningIn() {
    for (var page : PAGES) {
      var reply = rig.get(page, "__Host-remit=" + "A".repeat(43));
      assertThat(reply.status()).as(page).isEqualTo(303);
      assertThat(reply.header("Location")).isEqualTo("/signin?return=" + page);
      assertThat(reply.body()).isEmpty();
    }
    assertThat(rig.estate.asked).isEmpty();
  }

  @Test
  void noPageIsFramedCachedOrSniffed() {
    for (var page : PAGES) {
      var reply = rig.get(Team.APPROVER, page);
      assertThat(reply.header("Cache-Control")).as(page).isEqualTo("no-store");
      assertThat(reply.header("X-Frame-Options")).isEqualTo("DENY");
      assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(reply.header("Content-Security-Policy"))
          .contains("default-src 'none'", "frame-ancestors 'none'", "form-action 'self'")
          .contains("script-src 'self';", "style-src 'self';", "base-uri 'none'")
          .doesNotContain("unsafe");
      assertThat(reply.body())
          .doesNotContain("<style", " style=", "<script>", " onclick", "javascript:", "http://")
          .doesNotContain("https://");
    }
  }

  @Test
  void filesHoldNothingOfAnybodyAndMayBeKept() {
    var page = rig.get(Team.APPROVER, "/console/inbox").body();
    var asset = Pattern.compile("(?:href|src)=\"(/console/asset/[^\"#]+)").matcher(page);
    int found = 0;
    while (asset.find()) {
      var reply = rig.get(asset.group(1), "a=b");
      assertThat(reply.status()).as(asset.group(1)).isEqualTo(200);
      assertThat(reply.header("Cache-Control")).contains("immutable");
      assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
      found++;
    }
    assertThat(found).isGreaterThan(5);
  }

  @Test
  void aClientsPersonSeesTheirOwnTenantOnEveryPage() {
    ConsoleTrail.put(
        rig.estate.journal,
        Team.SUMMIT,
        "refusal",
        "call-summit",
        5,
        Value.object("tool", "summit_tool", "decision", "deny"));
    for (var page : PAGES) {
      var reply = rig.get(Team.HARBOR_APPROVER, page);
      assertThat(reply.status()).as(page).isEqualTo(200);
      assertThat(reply.body()).as(page).doesNotContainIgnoringCase("summit");
      assertThat(reply.body()).as(page).doesNotContain("ransom note", "remit-99aa", "asset-clerk");
    }
    assertThat(rig.estate.asked)
        .noneMatch(what -> what.contains("summit") || what.equals("posture"));
  }

  @Test
  void aTaskShowsWhatWasHandedOnFromIt() {
    var page = rig.get(Team.HARBOR_APPROVER, "/console/task/harbor-dental/task-8f31c2").body();
    assertThat(page)
        .contains("/console/task/harbor-dental/task-below-1", "clerk/harbor-dental")
        .contains("/console/task/harbor-dental/task-below-2", "2 steps below");
    assertThat(rig.get(Team.APPROVER, "/console/task/harbor-dental/task-77c0de").body())
        .doesNotContain("Handed on");
  }

  @Test
  void thePostureSaysWhatASinkOwesAndWhy() {
    assertThat(rig.get(Team.OVERSEER, "/console/posture").body())
        .contains("soc is failing: 12 entries behind, the oldest of 95 s ago")
        .contains("&lt;b&gt;status 500")
        .doesNotContain("archive");
    assertThat(rig.get(Team.HARBOR_APPROVER, "/console/posture").body()).doesNotContain("soc is");
  }

  @Test
  void thePostureSaysWhichConnectionIsOutAndWhy() {
    assertThat(rig.get(Team.OVERSEER, "/console/posture").body())
        .contains("directory: &lt;b&gt;another client");
    assertThat(rig.get(Team.HARBOR_APPROVER, "/console/posture").body())
        .doesNotContain("directory: ");
  }

  @Test
  void theOtherClientSeesNothingOfTheFirst() {
    for (var page : List.of("inbox", "agents", "tenants", "posture", "keys")) {
      var body = rig.get(Team.SUMMIT_APPROVER, "/console/" + page).body();
      assertThat(body).as(page).doesNotContainIgnoringCase("harbor").doesNotContain("HD-DC01");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/console/tasks/%s",
        "/console/tasks/%s/list",
        "/console/trail/%s",
        "/console/trail/%s/7d",
        "/console/trail/%s/task/task-8f31c2",
        "/console/call/%s/call-5d20",
        "/console/oversight/%s",
        "/console/autonomy/%s",
        "/console/card/%s/p-restart-1",
        "/console/card/%s/p-restart-1/live"
      })
  void aForeignTenantIsAnsweredLikeOneThatDoesNotExist(String path) {
    var foreign = rig.get(Team.SUMMIT_APPROVER, path.formatted("harbor-dental"));
    var missing = rig.get(Team.SUMMIT_APPROVER, path.formatted("no-such-tenant"));
    assertThat(foreign.status()).isEqualTo(404);
    assertThat(missing.status()).isEqualTo(404);
    assertThat(withoutToken(foreign.body())).isEqualTo(withoutToken(missing.body()));
    assertThat(foreign.body()).doesNotContainIgnoringCase("harbor");
    assertThat(rig.estate.asked).isEmpty();
  }

  @Test
  void somebodyWithoutAFunctionSeesNothing() {
    for (var person : List.of(Team.NOBODY, Team.HARBOR_CLERK, Team.PRETENDER)) {
      for (var page : List.of("inbox", "agents", "tenants")) {
        var body = rig.get(person, "/console/" + page).body();
        assertThat(body).as(person + page).contains("class=\"empty\"").doesNotContain("HD-DC01");
      }
      assertThat(rig.get(person, "/console/trail/harbor-dental").status()).isEqualTo(404);
      assertThat(rig.get(person, "/console/card/harbor-dental/p-restart-1").status())
          .isEqualTo(404);
    }
    assertThat(rig.estate.asked).noneMatch(what -> what.startsWith("card"));
  }

  @Test
  void whoWritesPolicyDoesNotReadProposals() {
    assertThat(rig.get(Team.AUTHOR, "/console/inbox").body()).contains("class=\"empty\"");
    assertThat(rig.get(Team.AUTHOR, "/console/card/harbor-dental/p-restart-1").status())
        .isEqualTo(404);
    assertThat(rig.get(Team.AUTHOR, "/console/tasks/harbor-dental").status()).isEqualTo(200);
  }

  @Test
  void lookingAgainIsNotRecordedAsReading() {
    rig.get(Team.APPROVER, "/console/card/harbor-dental/p-restart-1");
    var live = rig.get(Team.APPROVER, "/console/card/harbor-dental/p-restart-1/live");
    assertThat(live.status()).isEqualTo(200);
    assertThat(live.body()).contains("28 min left").doesNotContain("<html");
    rig.estate.cards.clear();
    var over = rig.get(Team.APPROVER, "/console/card/harbor-dental/p-restart-1/live");
    assertThat(over.status()).isEqualTo(204);
    assertThat(over.header("HX-Refresh")).isEqualTo("true");
    assertThat(rig.estate.asked).filteredOn(what -> what.startsWith("card")).hasSize(1);
  }

  @Test
  void timeGoesOnWithTheServersClock() {
    rig.desk.clock.pass(Duration.ofMinutes(25));
    assertThat(rig.get(Team.APPROVER, "/console/card/harbor-dental/p-restart-1/live").body())
        .contains("3 min 0 s left".replace(" 0 s", ""))
        .contains("left urgent");
  }

  @Test
  void somethingDestructiveWantsThePersonSeenAgain() {
    assertThat(rig.get(Team.APPROVER, "/console/card/harbor-dental/p-script-1").body())
        .contains("value=\"GRANT\"");
    rig.desk.clock.pass(Duration.ofMinutes(11));
    assertThat(rig.get(Team.APPROVER, "/console/card/harbor-dental/p-script-1").body())
        .contains("Sign in again to approve")
        .doesNotContain("value=\"GRANT\"");
    assertThat(rig.get(Team.APPROVER, "/console/card/harbor-dental/p-restart-1").body())
        .contains("value=\"GRANT\"");
  }

  @Test
  void aMebibyteOfArgumentsArrivesWhole() {
    String mebibyte = "rm -rf /tmp/x <b>\n".repeat(60_000);
    rig.estate.cards.add(
        Sample.named(
            Sample.with(Sample.restart(), Value.object("script", mebibyte), Optional.empty()),
            "p-large"));
    var body = rig.get(Team.APPROVER, "/console/card/harbor-dental/p-large").body();
    assertThat(body.split("rm -rf /tmp/x &lt;b&gt;", -1)).hasSize(60_001);
    assertThat(rig.get(Team.APPROVER, "/console/inbox").body().length()).isLessThan(40_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"><script>alert(1)</script>",
        "dark\" onload=\"x",
        "DARK",
        "",
        "auto;x",
        "../../x"
      })
  void aThemeIsOneOfOursOrNone(String sent) {
    var reply =
        rig.get(
            "/console/keys",
            "__Host-remit=" + rig.session(Team.APPROVER) + "; remit-theme=" + sent);
    assertThat(reply.body()).contains("<html lang=\"en\" data-theme=\"auto\">");
  }

  @Test
  void aChosenThemeIsKept() {
    var cookies = "__Host-remit=" + rig.session(Team.APPROVER) + "; remit-theme=dark";
    assertThat(rig.get("/console/keys", cookies).body()).contains("data-theme=\"dark\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
  void noPageChangesAnything(String method) {
    var cookies = "__Host-remit=" + rig.session(Team.APPROVER);
    for (var page : PAGES) {
      assertThat(rig.send(method, page, cookies).status()).as(page).isEqualTo(405);
    }
  }

  @Test
  void aParameterThatNoPageKnowsIsNotEchoed() {
    var reply = rig.get(Team.APPROVER, "/console/agents?%3Cscript%3E=1");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).contains("cannot be understood").doesNotContain("<script>");
  }

  @Test
  void onlyAKeyOnTheWayGetsAFieldForTheCode() {
    assertThat(rig.get(Team.APPROVER, "/console/keys").body()).doesNotContain("One-time code");
  }

  @Test
  void thePathOfACallTellsAllThatHappened() {
    var body = rig.get(Team.APPROVER, "/console/call/harbor-dental/call-5d20").body();
    var wanted =
        List.of(
            ">Request<",
            ">Decision<",
            ">Proposal<",
            ">Answer<",
            "harbor-dental/hanna",
            ">Resolution of the proposal<",
            ">Decision before the effect<",
            ">Lease<",
            ">Read-back<",
            ">Outcome<",
            "the credential was proven gone");
    int at = 0;
    for (var part : wanted) {
      assertThat(body.indexOf(part, at)).as(part).isGreaterThan(at);
      at = body.indexOf(part, at);
    }
  }

  @Test
  void aListInTheTrailReadsAsALine() {
    assertThat(rig.get(Team.APPROVER, "/console/trail/harbor-dental").body())
        .contains("staff/ann and harbor-dental/hanna")
        .doesNotContain("U+000A");
  }

  @Test
  void aRefusedCallEndsAtItsDecision() {
    var body = rig.get(Team.APPROVER, "/console/call/harbor-dental/call-7777").body();
    assertThat(body).contains("tenant-mismatch").doesNotContain(">Lease<");
  }

  private static String withoutToken(String page) {
    return page.replaceAll("(remit-csrf\" content|name=\"csrf\" value)=\"[^\"]*\"", "");
  }
}
