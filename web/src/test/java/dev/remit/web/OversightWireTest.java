package dev.remit.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.identity.Person;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Looking at what was done, and levels, over the wire. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OversightWireTest {

  private static final String OVERSIGHT = "/v1/oversight/harbor-dental";
  private final Rig rig = new Rig();

  @BeforeEach
  void nothingWasDone() {
    rig.desk.overseeing.done.clear();
    rig.desk.overseeing.asked.clear();
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private static Value.Obj verdict(String verdict, String signature) {
    return Value.object(
        "verdict",
        verdict,
        "calls",
        List.of("call-5d20"),
        "reason",
        "seen",
        "assertion",
        Value.object(
            "credentialId", "a2V5",
            "clientDataJson", "e30",
            "authenticatorData", "YQ",
            "signature", signature));
  }

  @Test
  void anOverseerReadsSignsAndCertifies() {
    var browser = rig.browser(Team.OVERSEER);
    var items = browser.get("/v1/oversight?tenant=harbor-dental").json().items("items");
    assertThat(items).hasSize(2);
    assertThat(((Value.Obj) items.getFirst()).get("isOverdue")).contains(Value.of(true));
    var asked =
        browser.post(
            OVERSIGHT + "/challenge",
            Value.object("verdict", "certify", "calls", List.of("call-5d20")));
    assertThat(asked.json().text("challenge")).contains("AAAA");
    assertThat(asked.json().items("outcomes")).hasSize(1);
    var reply = browser.post(OVERSIGHT + "/certify", verdict("certify", "good"));
    assertThat(reply.json().integer("stored")).as(reply.body()).contains(1L);
    assertThat(rig.desk.overseeing.done).containsExactly("certify [call-5d20] olga");
  }

  @Test
  void whatIsNotSignedIsNotStored() {
    var browser = rig.browser(Team.OVERSEER);
    assertThat(browser.post(OVERSIGHT + "/certify", verdict("certify", "bad")).status())
        .isEqualTo(409);
    var unsigned = verdict("certify", "good").without("assertion");
    assertThat(browser.post(OVERSIGHT + "/certify", unsigned).status()).isEqualTo(400);
    assertThat(browser.post(OVERSIGHT + "/certify", verdict("approve", "good")).status())
        .isEqualTo(400);
    assertThat(rig.desk.overseeing.done).isEmpty();
  }

  @Test
  void noOtherPageAndNoTokenCertifies() {
    var browser = rig.browser(Team.OVERSEER);
    var body = Json.text(verdict("certify", "good"));
    var foreign = new LinkedHashMap<>(browser.ownPage());
    foreign.put("Origin", "https://elsewhere.example");
    foreign.put("Sec-Fetch-Site", "cross-site");
    assertThat(browser.send("POST", OVERSIGHT + "/certify", body, foreign).status()).isEqualTo(403);
    var forged = new LinkedHashMap<>(browser.ownPage());
    forged.put("X-Remit-Csrf", "guessed");
    assertThat(browser.send("POST", OVERSIGHT + "/certify", body, forged).status()).isEqualTo(403);
    assertThat(rig.people("POST", OVERSIGHT + "/certify", body).status()).isEqualTo(403);
    assertThat(rig.people("POST", OVERSIGHT + "/challenge", body).status()).isEqualTo(403);
    assertThat(rig.desk.overseeing.done).isEmpty();
  }

  @Test
  void aGestureCoversAFew() {
    var many = IntStream.range(0, 26).mapToObj(i -> "call-" + i).toList();
    assertThat(
            rig.browser(Team.OVERSEER)
                .post(OVERSIGHT + "/challenge", Value.object("verdict", "certify", "calls", many))
                .status())
        .isEqualTo(400);
  }

  @Test
  void aClientReadsItsOwnAndFindsNoOther() {
    for (var path : List.of("/v1/oversight?tenant=", "/v1/autonomy?tenant=")) {
      var own = rig.browser(Team.HARBOR_APPROVER);
      assertThat(own.get(path + "harbor-dental").status()).isEqualTo(200);
      rig.desk.overseeing.asked.clear();
      for (Person other : List.of(Team.SUMMIT_APPROVER, Team.PRETENDER, Team.HARBOR_CLERK)) {
        var reply = rig.browser(other).get(path + "harbor-dental");
        assertThat(reply.status()).as(path).isIn(403, 404);
        Clean.check(reply.body());
      }
      assertThat(rig.desk.overseeing.asked).as("nothing is read for them").isEmpty();
    }
  }

  @Test
  void theMachinesAdministratorReadsAndRaisesNothing() {
    assertThat(rig.people("GET", "/v1/oversight?tenant=harbor-dental", "").json().items("items"))
        .hasSize(2);
    var levels = rig.people("GET", "/v1/autonomy?tenant=harbor-dental", "").json().items("levels");
    assertThat(((Value.Obj) levels.getFirst()).text("next")).contains("supervised");
    assertThat(
            rig.people(
                    "POST",
                    "/v1/autonomy/harbor-dental/promote",
                    "{\"agentClass\":\"service-desk\",\"taskClass\":\"k\",\"reason\":\"x\"}")
                .status())
        .isEqualTo(403);
    assertThat(rig.desk.overseeing.done).isEmpty();
  }

  @Test
  void aPromotionWaitsForOthers() {
    var reply =
        rig.browser(Team.OPERATOR)
            .post(
                "/v1/autonomy/harbor-dental/promote",
                Value.object(
                    "agentClass", "service-desk", "taskClass", "reboot-device", "reason", "ok"));
    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.json()).isEqualTo(new Value.Obj(Map.of("waitsFor", Value.of("raise-1"))));
  }
}
