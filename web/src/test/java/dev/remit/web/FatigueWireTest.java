package dev.remit.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.json.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who reads how much is asked of people, and what the page says of it. */
class FatigueWireTest {

  private final ConsoleRig rig = new ConsoleRig();

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void thePageNamesQueuesPersonsAndWhatWasHardlyRead() {
    var page = rig.get(Team.OVERSEER, "/console/fatigue");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body())
        .contains("15 %", "3 of 20 grants came within 5 seconds", "17 of 20", "near the cap")
        .contains("staff/ada", "many", "U+202E")
        .doesNotContain("\u202e");
    assertThat(rig.get(Team.OVERSEER, "/console/posture").body()).contains("/console/fatigue");
  }

  @Test
  void aPeriodIsChosenAndAnotherIsNotFound() {
    assertThat(rig.get(Team.OVERSEER, "/console/fatigue?hours=168").body()).contains("last week");
    assertThat(rig.get(Team.OVERSEER, "/console/fatigue?hours=7").status()).isEqualTo(404);
  }

  @Test
  void figuresAboutPersonsAreNotForClientsNorForWhoeverOnlyOperates() {
    for (var person : new dev.remit.core.identity.Person[] {Team.HARBOR_APPROVER, Team.OPERATOR}) {
      assertThat(rig.get(person, "/console/fatigue").status()).isEqualTo(403);
      assertThat(rig.get(person, "/console/posture").body()).doesNotContain("/console/fatigue");
    }
    assertThat(rig.estate.asked).doesNotContain("fatigue");
  }

  @Test
  void aProgramReadsTheSame() {
    try (var plain = new Rig()) {
      var reply = plain.people("GET", "/v1/fatigue?hours=8&tenant=harbor-dental", "");
      assertThat(reply.status()).isEqualTo(200);
      var load = Json.parseObject(reply.body());
      assertThat(load.integer("quickGrants")).contains(3L);
      assertThat(load.items("perPerson")).hasSize(3);
      assertThat(reply.body()).contains("\"cap\":20", "\"quickShare\":0.15");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hours=0", "hours=745", "hours=-1", "hours=x", "days=1"})
  void aPeriodThatIsNoneIsRefused(String query) {
    try (var plain = new Rig()) {
      assertThat(plain.people("GET", "/v1/fatigue?" + query, "").status()).isEqualTo(400);
    }
  }
}
