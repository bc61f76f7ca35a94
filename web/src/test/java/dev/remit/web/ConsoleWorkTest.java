package dev.remit.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people do with their own hands on the console's pages, as forms without a script. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleWorkTest {
  private static final String TASK = "/console/task/harbor-dental/task-1";
  private static final String OPEN = "/console/open/harbor-dental";
  private static final String CALL = TASK + "/call/" + FakeOwnCalls.RESTART;

  private final Rig rig = new Rig();
  private Browser otto = new Browser(rig, "http://localhost");

  @BeforeAll
  void signIn() {
    otto = rig.browser(Team.OPERATOR);
  }

  @BeforeEach
  void forget() {
    rig.desk.operating.done.clear();
    rig.desk.ownCalls.done.clear();
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private Rig.Reply form(String path, String fields) {
    return otto.form(path, "csrf=" + otto.csrf() + fields);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hold", "take-over", "done", "failed"})
  void whatIsDoneIsSaidAndAskedForFirst(String act) {
    assertThat(otto.get(TASK).body()).contains(TASK + "/turn/" + act);
    var page = otto.get(TASK + "/turn/" + act);
    assertThat(page.status()).isEqualTo(200);
    assertThat(rig.desk.operating.done).isEmpty();
    var done = form(TASK + "/turn/" + act, "&reason=it+fumbles");
    assertThat(done.status()).isEqualTo(303);
    assertThat(done.header("Location")).startsWith("/console/task/harbor-dental/");
    assertThat(rig.desk.operating.done).hasSize(1);
  }

  @Test
  void nothingIsDoneWithoutAReason() {
    for (var fields :
        new String[] {"", "&reason=", "&reason=+++", "&reason=" + "x".repeat(1_001)}) {
      var page = form(TASK + "/turn/hold", fields);
      assertThat(page.status()).isEqualTo(200);
      assertThat(page.body()).contains("say why");
    }
    assertThat(form(TASK + "/turn/hold", "&reason=x&more=y").status()).isEqualTo(400);
    assertThat(form(TASK + "/turn/resume", "&reason=x").status()).isEqualTo(404);
    assertThat(form(TASK + "/turn/nothing", "&reason=x").status()).isEqualTo(404);
    assertThat(rig.desk.operating.done).isEmpty();
  }

  @Test
  void onlyAPageOfOursWithTheSessionsTokenDoesAnything() {
    for (var path :
        new String[] {TASK + "/turn/hold", CALL, "/console/unknown/harbor-dental/call-1"}) {
      assertThat(otto.form(path, "csrf=wrong&reason=x").status()).as(path).isEqualTo(403);
      var elsewhere =
          otto.send(
              "POST",
              path,
              "csrf=" + otto.csrf() + "&reason=x",
              Map.of(
                  "Origin", "http://evil.example",
                  "Content-Type", "application/x-www-form-urlencoded"));
      assertThat(elsewhere.status()).as(path).isEqualTo(403);
    }
    assertThat(rig.desk.operating.done).isEmpty();
    assertThat(rig.desk.ownCalls.done).isEmpty();
  }

  @Test
  void whoDoesNotOperateFindsNothingToDo() {
    for (var person :
        new dev.remit.core.identity.Person[] {
          Team.APPROVER, Team.OVERSEER, Team.NOBODY, Team.HARBOR_APPROVER, Team.SUMMIT_APPROVER
        }) {
      var browser = rig.browser(person);
      for (var path :
          new String[] {
            TASK + "/turn/hold", CALL, TASK + "/waits/proposal-1", "/console/unknown"
          }) {
        assertThat(browser.get(path).status()).as(person.id() + path).isEqualTo(404);
      }
      for (var path : new String[] {TASK + "/turn/hold", CALL, TASK + "/waits/proposal-1"}) {
        var reply = browser.form(path, "csrf=" + browser.csrf() + "&reason=x&a-device=1");
        assertThat(reply.status()).as(person.id() + path).isEqualTo(404);
      }
    }
    assertThat(rig.desk.operating.done).isEmpty();
    assertThat(rig.desk.ownCalls.done).isEmpty();
  }

  @Test
  void aCallIsWrittenAsAFormAndItsAnswerIsOnlyText() {
    var page = otto.get(CALL);
    assertThat(page.body()).contains("name=\"a-device\"").contains("name=\"a-force\"");
    var told = form(CALL, "&a-device=1&a-force=yes&a-within=30&a-service=");
    assertThat(told.status()).isEqualTo(200);
    assertThat(told.body())
        .contains("the service &lt;b&gt;runs&lt;/b&gt; again")
        .doesNotContain("<b>runs");
    assertThat(rig.desk.ownCalls.done)
        .singleElement()
        .asString()
        .contains("device")
        .contains("30")
        .doesNotContain("service=")
        .endsWith("by staff/otto");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&a-device=", "&a-device=1&a-within=soon", "&a-device=1&a-within=1e"})
  void whatCannotBeReadIsAskedForAgain(String fields) {
    var page = form(CALL, fields);
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body()).contains("id=\"call-error\"").contains("a-device");
    assertThat(rig.desk.ownCalls.done).isEmpty();
  }

  @Test
  void aCallThatWaitsLeadsToItsCardAndGoesOnWhenAnswered() {
    var told = form(TASK + "/call/" + FakeOwnCalls.WIPE, "&a-device=1");
    assertThat(told.body()).contains("/console/card/harbor-dental/proposal-1");
    String waits = TASK + "/waits/proposal-1";
    assertThat(told.body()).contains(waits);
    assertThat(otto.get(waits).status()).isEqualTo(200);
    assertThat(form(waits, "").body()).contains("succeeded");
  }

  @Test
  void whatCannotBeTakenBackWantsAFreshSignIn() {
    rig.clock.pass(Duration.ofMinutes(6));
    try {
      var path = TASK + "/call/" + FakeOwnCalls.WIPE;
      assertThat(otto.get(path).body()).contains("/signin/start/staff?again=1");
      assertThat(form(path, "&a-device=1").body()).contains("sign in again first");
      assertThat(rig.desk.ownCalls.done).isEmpty();
    } finally {
      rig.clock.pass(Duration.ofMinutes(-6));
    }
  }

  @Test
  void aRefusedCallSaysWhatAnAgentWouldHear() {
    assertThat(form(CALL, "&a-device=9").body())
        .contains("target-not-available")
        .doesNotContain("tenant-mismatch");
  }

  @Test
  void aToolOrTaskThatIsNotTheirsIsNotThere() {
    assertThat(otto.get(TASK + "/call/rmm_export").status()).isEqualTo(404);
    assertThat(form(TASK + "/call/rmm_export", "&a-device=1").status()).isEqualTo(404);
    assertThat(otto.get("/console/task/harbor-dental/none").status()).isEqualTo(404);
    assertThat(otto.get("/console/task/nobody/task-1").status()).isEqualTo(404);
  }

  @Test
  void aTaskOfOnesOwnIsOpenedOnAForm() {
    assertThat(otto.get("/console/tasks/harbor-dental").body()).contains(OPEN);
    assertThat(otto.get(OPEN).body()).contains("name=\"ticket\"").contains("restart-service");
    var done = form(OPEN, "&taskClass=restart-service&ticket=4711&targets=rmm%2Fdevice%2F1%0D%0A");
    assertThat(done.status()).isEqualTo(303);
    assertThat(done.header("Location")).isEqualTo(TASK);
    assertThat(rig.desk.ownCalls.done).containsExactly("open restart-service 4711 by staff/otto");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "&taskClass=restart-service",
        "&taskClass=restart-service&ticket=+",
        "&taskClass=restart-service&ticket=1&targets=%3Cb%3E"
      })
  void whatIsMissingOfATaskIsAskedForAgain(String fields) {
    var page = form(OPEN, fields);
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body()).contains("id=\"open-error\"").doesNotContain("<b>");
    assertThat(rig.desk.ownCalls.done).isEmpty();
  }

  @Test
  void aTaskWithoutGroundSaysWhyAndKeepsWhatWasWritten() {
    var page = form(OPEN, "&taskClass=restart-service&ticket=9&targets=rmm%2Fdevice%2F1");
    assertThat(page.body()).contains("name an open ticket").contains("rmm/device/1");
  }

  @Test
  void nobodyElseOpensATaskAndNoOtherPageDoes() {
    for (var person :
        new dev.remit.core.identity.Person[] {Team.OVERSEER, Team.NOBODY, Team.HARBOR_APPROVER}) {
      var browser = rig.browser(person);
      assertThat(browser.get(OPEN).status()).as(person.id().text()).isEqualTo(404);
      var fields = "csrf=" + browser.csrf() + "&taskClass=restart-service&ticket=1";
      assertThat(browser.form(OPEN, fields).status()).as(person.id().text()).isEqualTo(404);
    }
    assertThat(otto.form(OPEN, "csrf=wrong&taskClass=x&ticket=1").status()).isEqualTo(403);
    assertThat(otto.get("/console/open/nobody").status()).isEqualTo(404);
    assertThat(rig.desk.ownCalls.done).isEmpty();
  }

  @Test
  void aCallOfWhichNobodyKnowsIsFoundOutAbout() {
    assertThat(otto.get("/console/unknown").body()).contains("call-1");
    var path = "/console/unknown/harbor-dental/call-1";
    assertThat(form(path, "&found=unknown&how=x").status()).isEqualTo(400);
    assertThat(form(path, "&found=failed&how=looked+at+it").status()).isEqualTo(303);
    assertThat(rig.desk.operating.done).containsExactly("resolve call-1 failed");
  }
}
