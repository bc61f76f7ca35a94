package dev.remit.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Functions and people of a workspace that must be separate. */
class SeparationTest {
  private static final String REMIT = "remit.yaml";
  private static final String SENIORS = "functions: [approve]";

  private static Altered group(Altered altered, String name, String group, String functions) {
    return altered.edit(
        REMIT,
        "    # Looks at what was done;",
        "    "
            + name
            + ": { issuer: staff, group: "
            + group
            + ", functions: ["
            + functions
            + "] }\n    # Looks at what was done;");
  }

  private static Altered standIn(Altered altered, String group) {
    return altered.edit(
        REMIT,
        SENIORS + "\n",
        SENIORS + "\n      stand-in: { group: " + group + ", after: 10m }\n");
  }

  @Test
  void whoApprovesDoesNothingElse() throws IOException {
    assertThat(new Altered().edit(REMIT, SENIORS, "functions: [approve, oversee, author]").errors())
        .singleElement()
        .asString()
        .startsWith("remit.yaml:16: `senior-technicians` holds `approve` and `oversee` and");
  }

  @Test
  void administeringIsNoneOfTheFour() throws IOException {
    assertThat(new Altered().edit(REMIT, SENIORS, "functions: [approve, administer]").errors())
        .isEmpty();
  }

  @Test
  void theSamePeopleUnderTwoNamesAreOneGroup() throws IOException {
    var altered = group(new Altered(), "quality", "senior-technicians", "oversee");
    assertThat(altered.errors())
        .singleElement()
        .asString()
        .contains("`senior-technicians` and `quality` are the same people")
        .contains("`approve` and `oversee`");
  }

  @Test
  void authorsWhoEndTasksAreAWarningAndAuthorsWhoWorkAnError() throws IOException {
    assertThat(new Altered().warnings())
        .anyMatch(warning -> warning.contains("`platform-engineers` holds `operate` and `author`"));
    assertThat(
            new Altered()
                .edit(
                    REMIT,
                    "functions: [author, operate]",
                    "functions: [author, operate]\n      task-classes: [read-records]")
                .errors())
        .singleElement()
        .asString()
        .contains("`platform-engineers` holds `operate` and `author`, which nobody");
  }

  @Test
  void anOwnerWhoAloneAnswersForTheAgentIsAnError() throws IOException {
    var altered =
        new Altered()
            .edit(
                "agents/identity-desk.yaml",
                "owner: service-managers",
                "owner: senior-technicians");
    assertThat(altered.errors())
        .isNotEmpty()
        .allMatch(error -> error.startsWith("agents/identity-desk.yaml:"))
        .anyMatch(error -> error.contains("`reset-password.called-back` waits for"));
  }

  @Test
  void theOwnerUnderAnotherNameIsTheOwner() throws IOException {
    var altered =
        group(new Altered(), "desk-owners", "senior-technicians", "administer")
            .edit("agents/identity-desk.yaml", "owner: service-managers", "owner: desk-owners");
    assertThat(altered.errors()).anyMatch(error -> error.contains("nobody is left to answer"));
  }

  @Test
  void whoStandsInIsLeftWhenTheOwnerIsOut() throws IOException {
    var altered =
        standIn(group(new Altered(), "deputies", "deputies", "approve"), "deputies")
            .edit(
                "agents/identity-desk.yaml",
                "owner: service-managers",
                "owner: senior-technicians");
    assertThat(altered.errors()).isEmpty();
    assertThat(altered.warnings())
        .anyMatch(warning -> warning.contains("only who stands in is left"));
  }

  @Test
  void anOrchestratorsOwnerDoesNotAnswerForWhatItOpens() throws IOException {
    var altered =
        new Altered()
            .edit(
                REMIT,
                "dispatcher:\n    owner: service-managers",
                "dispatcher:\n    owner: senior-technicians");
    assertThat(altered.errors())
        .singleElement()
        .asString()
        .contains("owns orchestrator `dispatcher` and answers rule");
  }

  @Test
  void norDoesItByStandingIn() throws IOException {
    var altered =
        standIn(group(new Altered(), "deputies", "deputies", "approve"), "deputies")
            .edit(
                REMIT,
                "dispatcher:\n    owner: service-managers",
                "dispatcher:\n    owner: deputies");
    assertThat(altered.errors()).singleElement().asString().contains("owns orchestrator");
  }

  @Test
  void anApproverWhoOwnsAnOrchestratorAndIsNotAskedIsAWarning() throws IOException {
    var altered =
        group(new Altered(), "others", "others", "approve")
            .edit(
                REMIT,
                "dispatcher:\n    owner: service-managers",
                "dispatcher:\n    owner: others");
    assertThat(altered.errors()).isEmpty();
    assertThat(altered.warnings()).anyMatch(warning -> warning.contains("no rule asks it yet"));
  }

  @Test
  void theOnlyOverseersOwnNoAgent() throws IOException {
    var altered = new Altered().edit(REMIT, "functions: [oversee]\n", "functions: [administer]\n");
    assertThat(altered.errors())
        .isNotEmpty()
        .allMatch(error -> error.contains("nobody is left to certify"));
  }

  @Test
  void aStandInForTheOtherGroupOfARuleUndoesIt() throws IOException {
    var two =
        standIn(group(new Altered(), "deputies", "deputies", "approve"), "deputies")
            .edit(
                "tasks/reset-password.yaml",
                "from: [1 of msp.senior-technicians]",
                "from: [1 of msp.senior-technicians, 1 of msp.deputies]");
    assertThat(two.errors()).singleElement().asString().contains("one stands in for the other");
  }

  @Test
  void oneStandInForBothGroupsUndoesIt() throws IOException {
    var altered = group(new Altered(), "deputies", "deputies", "approve");
    var two =
        standIn(altered, "deputies")
            .edit(
                REMIT,
                "    # Looks at what was done;",
                "    leads: { issuer: staff, group: leads, functions: [approve],"
                    + " stand-in: { group: deputies, after: 5m } }\n    # Looks at what was done;")
            .edit(
                "tasks/reset-password.yaml",
                "from: [1 of msp.senior-technicians]",
                "from: [1 of msp.senior-technicians, 1 of msp.leads]");
    assertThat(two.errors()).singleElement().asString().contains("stands in for both");
  }

  @Test
  void oneGroupUnderTwoNamesIsNotTwoPeople() throws IOException {
    var two =
        group(new Altered(), "leads", "senior-technicians", "approve")
            .edit(
                "tasks/reset-password.yaml",
                "from: [1 of msp.senior-technicians]",
                "from: [1 of msp.senior-technicians, 1 of msp.leads]");
    assertThat(two.errors()).singleElement().asString().contains("who are the same people");
  }

  @Test
  void aClientDoesNotAnswerWithTheOrganisationsPeople() throws IOException {
    assertThat(
            new Altered()
                .edit("tenants/harbor-dental.yaml", "issuer: harbor-dental", "issuer: staff")
                .problems())
        .isNotEmpty();
  }

  @Test
  void whatIsListedAsOwnMustBeThere() throws IOException {
    assertThat(new Altered().edit(REMIT, "storage/holding/", "store/holding/").problems())
        .anyMatch(problem -> problem.text().contains("no connector is named `store`"));
    assertThat(new Altered().edit(REMIT, "storage/holding/", "storage/holdings/").problems())
        .anyMatch(problem -> problem.text().contains("no kind of target is named"));
    assertThat(new Altered().edit(REMIT, "storage/holding/remit-backups", "backups").problems())
        .anyMatch(problem -> problem.text().contains("a target such as"));
  }
}
