package dev.remit.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.approval.Verdict;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proposals over the wire. */
class ApprovalWireTest {

  private static final String CARD = "/v1/approvals/harbor-dental/proposal-1";
  private static final Value.Obj GOOD =
      Value.object(
          "credentialId",
          "a2V5",
          "clientDataJson",
          "e30",
          "authenticatorData",
          "YQ",
          "signature",
          "good");

  private final Rig rig = new Rig();

  @AfterEach
  void stop() {
    rig.close();
  }

  private static Value.Obj answer(String verdict) {
    return Value.object("verdict", verdict, "reason", "seen", "assertion", GOOD);
  }

  @Test
  void aPersonReadsTheInboxPageByPage() {
    var browser = rig.browser(Team.HARBOR_APPROVER);
    var first = browser.get("/v1/approvals").json();
    assertThat(first.items("approvals")).hasSize(1);
    assertThat(first.text("next")).contains("next-1");
    assertThat(browser.get("/v1/approvals?cursor=next-1").json().items("approvals")).isEmpty();
    assertThat(browser.get("/v1/approvals?tenant=summit-freight").status()).isEqualTo(400);
  }

  @Test
  void theOperatorsTokenReadsTheListOfATenantAsBefore() {
    assertThat(rig.people("GET", "/v1/approvals?tenant=harbor-dental", "").status()).isEqualTo(200);
    assertThat(rig.people("GET", "/v1/approvals?cursor=x", "").status()).isEqualTo(400);
  }

  @Test
  void aCardHoldsAllThatIsSigned() {
    var card = rig.browser(Team.HARBOR_APPROVER).get(CARD).json();
    assertThat(card.text("grantChallenge")).contains("Z3JhbnQ");
    assertThat(card.text("refuseChallenge")).contains("cmVmdXNl");
    assertThat(card.object("arguments")).contains(Value.object("device", "7"));
    assertThat(card.object("diff").orElseThrow().text("after")).contains("new");
    assertThat(card.items("targets")).hasSize(1);
    assertThat(card.items("keys")).containsExactly(Value.of("key-1"));
  }

  @Test
  void aSignedAnswerCounts() {
    var browser = rig.browser(Team.HARBOR_APPROVER);
    var reply = browser.post(CARD + "/answer", answer("grant"));
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.json().text("state")).contains("open");
    var given = rig.desk.approvals.given.getFirst();
    assertThat(given.person().id()).isEqualTo(Team.HARBOR_APPROVER.id());
    assertThat(given.verdict()).isEqualTo(Verdict.GRANT);
    assertThat(given.by().clientDataJson()).isEqualTo("e30");
  }

  @Test
  void whoOperatesWithdrawsAndSoDoesWhoHoldsTheMachine() {
    var reason = Value.object("reason", "not today");
    var reply = rig.browser(Team.OPERATOR).post(CARD + "/withdraw", reason);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.json().text("state")).contains("withdrawn");
    assertThat(rig.people("POST", CARD + "/withdraw", "{\"reason\":\"not today\"}").status())
        .isEqualTo(200);
    assertThat(rig.desk.approvals.withdrawn)
        .containsExactly(
            Team.OPERATOR.id().text() + " at harbor-dental: not today",
            "operator at harbor-dental: not today");
  }

  @Test
  void aWithdrawalSaysWhyAndIsOfTheOwnPages() {
    var operator = rig.browser(Team.OPERATOR);
    assertThat(operator.post(CARD + "/withdraw", Value.Obj.EMPTY).status()).isEqualTo(400);
    assertThat(operator.post(CARD + "/withdraw", Value.object("reason", "late")).status())
        .isEqualTo(409);
    assertThat(
            operator
                .post("/v1/approvals/harbor-dental/other/withdraw", Value.object("reason", "x"))
                .status())
        .isEqualTo(404);
    assertThat(
            operator
                .send("POST", CARD + "/withdraw", "{\"reason\":\"x\"}", java.util.Map.of())
                .status())
        .isEqualTo(403);
    assertThat(
            rig.browser(Team.HARBOR_APPROVER)
                .post(CARD + "/withdraw", Value.object("reason", "x"))
                .status())
        .isEqualTo(403);
    assertThat(rig.desk.approvals.withdrawn).isEmpty();
  }

  @Test
  void anAnswerThatDoesNotCountSaysWhy() {
    var reply =
        rig.browser(Team.HARBOR_APPROVER)
            .post(
                CARD + "/answer",
                Value.object(
                    "verdict", "grant", "assertion", GOOD.with("signature", Value.of("bad"))));
    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.json().text("detail")).contains("the signature is wrong");
    assertThat(rig.desk.approvals.given).isEmpty();
  }

  @Test
  void noTokenAnswersWhateverItSends() {
    var bodies =
        List.of("{}", dev.remit.json.Json.text(answer("grant")), "{\"verdict\":\"grant\"}");
    for (var body : bodies) {
      var operator = rig.people("POST", CARD + "/answer", body);
      assertThat(operator.status()).isEqualTo(403);
      assertThat(operator.json().text("code")).contains("people-only");
      var browser = rig.browser(Team.HARBOR_APPROVER);
      var both = new LinkedHashMap<>(browser.ownPage());
      both.put("Authorization", "Bearer " + Rig.OPERATOR);
      assertThat(browser.send("POST", CARD + "/answer", body, both).status()).isEqualTo(403);
      both.put("Authorization", "Bearer agent-one");
      assertThat(browser.send("POST", CARD + "/answer", body, both).status()).isEqualTo(401);
    }
    assertThat(rig.desk.approvals.given).isEmpty();
  }

  @Test
  void anotherTenantsProposalDoesNotExist() {
    var browser = rig.browser(Team.SUMMIT_APPROVER);
    var theirs = browser.get(CARD);
    var none = browser.get("/v1/approvals/no-such-tenant/proposal-1");
    assertThat(theirs.status()).isEqualTo(404);
    assertThat(theirs.body()).isEqualTo(none.body());
    assertThat(browser.post(CARD + "/answer", answer("grant")).status()).isEqualTo(404);
    assertThat(rig.desk.approvals.given).isEmpty();
  }

  @Test
  void whatCannotBeTakenBackWantsAPersonWhoJustShowedThemselves() {
    rig.desk.approvals.risk = "destructive";
    var browser = rig.browser(Team.HARBOR_APPROVER);
    assertThat(browser.post(CARD + "/answer", answer("grant")).status()).isEqualTo(200);
    rig.clock.pass(Duration.ofMinutes(5));
    var late = browser.post(CARD + "/answer", answer("grant"));
    assertThat(late.status()).isEqualTo(403);
    assertThat(late.json().text("code")).contains("sign-in-again");
    assertThat(late.json().text("detail").orElseThrow())
        .contains("/signin/start/harbor-dental?again=1");
    assertThat(browser.post(CARD + "/answer", answer("refuse")).status()).isEqualTo(200);
    rig.desk.approvals.risk = "high";
    assertThat(browser.post(CARD + "/answer", answer("grant")).status()).isEqualTo(200);
    assertThat(rig.desk.approvals.given).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"verdict\":\"GRANT\",\"assertion\":{}}",
        "{\"verdict\":\"maybe\",\"assertion\":{}}",
        "{\"verdict\":\"grant\"}",
        "{\"verdict\":\"grant\",\"assertion\":null}",
        "{\"verdict\":\"grant\",\"assertion\":{\"credentialId\":\"a\"}}",
        "{\"verdict\":\"grant\",\"verdict\":\"refuse\",\"assertion\":{}}",
        "{\"verdict\":\"grant\",\"assertion\":{\"credentialId\":\"a b\",\"clientDataJson\":\"a\","
            + "\"authenticatorData\":\"a\",\"signature\":\"good\"}}",
        "{\"verdict\":\"grant\",\"assertion\":{\"credentialId\":\"a\",\"clientDataJson\":\"a\","
            + "\"authenticatorData\":\"a\",\"signature\":\"good\",\"person\":\"staff/ann\"}}",
        "{\"verdict\":\"grant\",\"person\":\"staff/ann\",\"assertion\":{}}"
      })
  void anAnswerThatIsNotInTheFormIsNone(String body) {
    var browser = rig.browser(Team.HARBOR_APPROVER);
    var reply = browser.send("POST", CARD + "/answer", body, browser.ownPage());
    assertThat(reply.status()).isIn(400, 415);
    assertThat(rig.desk.approvals.given).isEmpty();
    Clean.check(reply.body());
  }

  @Test
  void anAnswerIsNoForm() {
    var browser = rig.browser(Team.HARBOR_APPROVER);
    var reply = browser.form(CARD + "/answer", "verdict=grant&csrf=" + browser.csrf());
    assertThat(reply.status()).isEqualTo(403);
    var headers = new LinkedHashMap<>(browser.ownPage());
    headers.put("Content-Type", "text/plain");
    var text = dev.remit.json.Json.text(answer("grant"));
    assertThat(browser.send("POST", CARD + "/answer", text, headers).status()).isEqualTo(415);
    assertThat(rig.desk.approvals.given).isEmpty();
  }

  @Test
  void anUnknownProposalIsNotThere() {
    var browser = rig.browser(Team.HARBOR_APPROVER);
    assertThat(browser.get("/v1/approvals/harbor-dental/other").status()).isEqualTo(404);
    assertThat(browser.post("/v1/approvals/harbor-dental/other/answer", answer("grant")).status())
        .isEqualTo(404);
  }

  @Test
  void readingChangesNothingForWhoeverSendsNoToken() {
    var browser = rig.browser(Team.HARBOR_APPROVER);
    assertThat(browser.send("GET", CARD, "", Map.of()).status()).isEqualTo(200);
    assertThat(browser.send("GET", CARD + "/answer", "", Map.of()).status()).isEqualTo(405);
  }
}
