package dev.remit.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.register.AgentState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The register of agents on the console: who sees it, and what is done with it. */
class ConsoleAgentTest {
  private static final String LIST = "/console/agents";
  private static final String TURN = "/console/agents/service-desk/turn/";

  private final ConsoleRig rig = new ConsoleRig();

  @AfterEach
  void stop() {
    rig.close();
  }

  private List<String> done() {
    return rig.desk.agents.done;
  }

  @Test
  void theRegisterSaysWhereAnAgentStandsAndWhoAnswersForIt() {
    rig.desk.agents.state = AgentState.ACTIVE;
    var page = rig.get(Team.OPERATOR, LIST).body();
    assertThat(page).contains("id=\"agent-service-desk\"", "staff/ada", "people launched it");
    assertThat(page).contains(TURN + "suspend", TURN + "retire").doesNotContain(TURN + "launch");
    assertThat(page).doesNotContain("data-certify-agent");
  }

  @Test
  void aClientSeesItsAgentsAndNothingOfTheRegister() {
    var page = rig.get(Team.HARBOR_APPROVER, LIST).body();
    assertThat(page)
        .contains("service-desk")
        .doesNotContain("staff/ada", "/turn/", "no escalation");
  }

  @ParameterizedTest
  @CsvSource({
    "PROPOSED, launch",
    "ACTIVE, suspend",
    "ACTIVE, retire",
    "SUSPENDED, launch",
    "SUSPENDED, retire"
  })
  void whatIsDoneIsSaidAndAskedForFirst(AgentState state, String act) {
    rig.desk.agents.state = state;
    rig.desk.agents.objections = List.of();
    assertThat(rig.get(Team.OPERATOR, LIST).body()).contains(TURN + act);
    assertThat(rig.get(Team.OPERATOR, TURN + act).body()).contains("name=\"reason\"");
    assertThat(done()).isEmpty();
    var reply = rig.form(Team.OPERATOR, TURN + act, "&reason=it+has+to+be");
    assertThat(reply.status()).isEqualTo(303);
    assertThat(reply.header("Location"))
        .isEqualTo(
            act.equals("launch")
                ? "/console/card/_operator/launch-1"
                : "/console/agents#agent-service-desk");
    assertThat(done()).containsExactly(act + " service-desk by staff/otto");
  }

  @ParameterizedTest
  @CsvSource({
    "PROPOSED, suspend",
    "PROPOSED, retire",
    "ACTIVE, launch",
    "SUSPENDED, suspend",
    "RETIRED, launch",
    "RETIRED, retire",
    "ACTIVE, certify"
  })
  void whatCannotBeDoneIsNotThere(AgentState state, String act) {
    rig.desk.agents.state = state;
    assertThat(rig.get(Team.OPERATOR, TURN + act).status()).isEqualTo(404);
    assertThat(rig.form(Team.OPERATOR, TURN + act, "&reason=x").status()).isEqualTo(404);
    assertThat(done()).isEmpty();
  }

  @Test
  void whatLacksForALaunchIsSaidAndThereIsNoForm() {
    var page = rig.get(Team.OPERATOR, TURN + "launch").body();
    assertThat(page).contains("cannot be launched yet", "no escalation");
    assertThat(page).doesNotContain("name=\"reason\"");
  }

  @Test
  void nobodyElseFindsAnythingToDo() {
    rig.desk.agents.state = AgentState.ACTIVE;
    for (var person :
        List.of(Team.APPROVER, Team.AUTHOR, Team.NOBODY, Team.HARBOR_APPROVER, Team.PRETENDER)) {
      assertThat(rig.get(person, LIST).body()).as(person.id().text()).doesNotContain("/turn/");
      assertThat(rig.get(person, TURN + "suspend").status()).isEqualTo(404);
      assertThat(rig.form(person, TURN + "retire", "&reason=x").status()).isEqualTo(404);
    }
    assertThat(done()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&reason=", "&reason=+++", "&reason=x&more=y"})
  void nothingIsDoneWithoutAReason(String fields) {
    rig.desk.agents.state = AgentState.ACTIVE;
    assertThat(rig.form(Team.OPERATOR, TURN + "suspend", fields).status()).isIn(200, 400);
    assertThat(done()).isEmpty();
  }

  @Test
  void onlyAPageOfOursWithTheSessionsTokenDoesAnything() {
    rig.desk.agents.state = AgentState.ACTIVE;
    var session = rig.session(Team.OPERATOR);
    for (var origin : List.of(rig.origin(), "http://evil.example")) {
      var reply = rig.form(session, origin, TURN + "retire", "csrf=wrong&reason=x");
      assertThat(reply.status()).as(origin).isEqualTo(403);
    }
    assertThat(done()).isEmpty();
  }

  @Test
  void theOwnerAloneIsAskedToCertifyAndOnlyWhatWorks() {
    rig.desk.agents.owner = Team.OVERSEER.id();
    assertThat(rig.get(Team.OVERSEER, LIST).body()).doesNotContain("data-certify-agent");
    rig.desk.agents.state = AgentState.ACTIVE;
    var digest = FakeAgents.BOUNDARIES.digest();
    assertThat(rig.get(Team.OVERSEER, LIST).body())
        .contains("data-certify-agent=\"/v1/agents/service-desk\"", digest);
    assertThat(rig.get(Team.OPERATOR, LIST).body()).doesNotContain("data-certify-agent");
  }

  @Test
  void theHeadersOfAFormAreThoseOfEveryPage() {
    rig.desk.agents.state = AgentState.ACTIVE;
    var reply = rig.get(Team.OPERATOR, TURN + "suspend");
    assertThat(Map.of("Cache-Control", "no-store", "X-Frame-Options", "DENY"))
        .allSatisfy((name, value) -> assertThat(reply.header(name)).isEqualTo(value));
  }
}
