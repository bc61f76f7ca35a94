package dev.remit.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.json.Json;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How standing approvals are read, asked for and ended over the wire. */
class StandingWireTest {

  private static final String WISH =
      "{\"tenant\":\"harbor-dental\",\"agent\":\"service-desk/harbor-dental/production/change\","
          + "\"taskClass\":\"restart-service\",\"tool\":\"rmm_restart_service\","
          + "\"arguments\":{\"device\":\"1001\"},\"mayDiffer\":[],\"uses\":%d,\"days\":%d,"
          + "\"reason\":\"it hangs\"}";
  private static final String END = "/v1/standing/harbor-dental/proposal-1/withdraw";

  private final Rig rig = new Rig();

  @AfterEach
  void stop() {
    rig.close();
  }

  private Rig.Reply by(dev.remit.core.identity.Person person, String path, String body) {
    var browser = rig.browser(person);
    return browser.send("POST", path, body, browser.ownPage());
  }

  @Test
  void askingWaitsForAnswersAndCarriesWhatWasAsked() {
    var reply = by(Team.OPERATOR, "/v1/standing", WISH.formatted(5, 7));
    assertThat(reply.status()).as(reply.body()).isEqualTo(202);
    assertThat(Json.parseObject(reply.body()).text("handle")).isPresent();
    var wish = rig.oversight.standing.wishes.getFirst();
    assertThat(wish.uses()).isEqualTo(5);
    assertThat(wish.life().toDays()).isEqualTo(7);
    assertThat(wish.arguments().text("device")).contains("1001");
  }

  @Test
  void tooManyUsesOrDaysAreWrongInput() {
    for (var wish : List.of(WISH.formatted(21, 7), WISH.formatted(0, 7), WISH.formatted(5, 31))) {
      assertThat(by(Team.OPERATOR, "/v1/standing", wish).status()).isEqualTo(400);
    }
    assertThat(rig.oversight.standing.wishes).isEmpty();
  }

  @Test
  void aTokenAsksForNothing() {
    assertThat(rig.people("POST", "/v1/standing", WISH.formatted(5, 7)).status()).isEqualTo(403);
    assertThat(rig.oversight.standing.wishes).isEmpty();
  }

  @Test
  void whoeverMayStopTheTenantEndsItWithAReasonAndNobodyElse() {
    assertThat(by(Team.HARBOR_APPROVER, END, "{\"reason\":\"enough\"}").status()).isEqualTo(200);
    assertThat(rig.people("POST", END, "{\"reason\":\"enough\"}").status()).isEqualTo(200);
    assertThat(by(Team.OPERATOR, END, "{}").status()).isEqualTo(400);
    assertThat(by(Team.APPROVER, END, "{\"reason\":\"x\"}").status()).isEqualTo(403);
    assertThat(by(Team.SUMMIT_APPROVER, END, "{\"reason\":\"x\"}").status()).isEqualTo(404);
    assertThat(rig.oversight.standing.withdrawn).hasSize(2);
    assertThat(rig.people("POST", END.replace("proposal-1", "p-2"), "{\"reason\":\"x\"}").status())
        .isEqualTo(404);
  }

  @Test
  void theListSaysWhatIsLeft() {
    var reply = rig.people("GET", "/v1/standing?tenant=harbor-dental", "");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body())
        .contains("\"used\":3", "\"uses\":10", "\"mayDiffer\":[\"service\"]", "\"until\"");
  }

  @Test
  void thePageShowsItAndOnlyThoseWhoMayEndItFindTheForm() {
    try (var console = new ConsoleRig()) {
      var page = console.get(Team.HARBOR_APPROVER, "/console/standing/harbor-dental");
      assertThat(page.status()).isEqualTo(200);
      assertThat(page.body())
          .contains("7 of 10", "rmm_restart_service", "may differ: service", "U+202E", "End it")
          .doesNotContain("\u202e");
      assertThat(console.get(Team.OVERSEER, "/console/standing/harbor-dental").body())
          .contains("7 of 10")
          .doesNotContain("End it");
      assertThat(console.get(Team.SUMMIT_APPROVER, "/console/standing/harbor-dental").status())
          .isEqualTo(404);
    }
  }
}
