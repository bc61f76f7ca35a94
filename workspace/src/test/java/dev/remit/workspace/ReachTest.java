package dev.remit.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.identity.AgentClassId;
import dev.remit.policy.CompiledPolicies;
import dev.remit.policy.Diagnostic;
import dev.remit.policy.reach.Authorities;
import dev.remit.policy.reach.Authority;
import dev.remit.policy.reach.Findings;
import dev.remit.policy.reach.Held;
import dev.remit.policy.reach.ReachSvg;
import dev.remit.policy.reach.Way;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What agents of a workspace could do, and what they inherit. */
class ReachTest {
  private static final String SCRIPTS = "connectors/scripts.yaml";
  private static final String DESTROYER = "security-desk/harbor-dental/production/destructive";

  /** Both systems' own declarations gone, so that a test says what reaches what. */
  private static Altered plain() throws IOException {
    return new Altered()
        .cut(SCRIPTS, "# What runs on a device", "operations:")
        .cut("connectors/secrets.yaml", "# A new secret is put", "operations:");
  }

  private static String reach(String to, String effect, String through, String more) {
    return "  - connector: "
        + to
        + "\n    effect: "
        + effect
        + "\n    through: ["
        + through
        + "]\n"
        + more;
  }

  private static String accepted(String until) {
    return "    accepted: { owner: service-managers, why: It was read., until: \""
        + until
        + "\" }\n";
  }

  private static Altered with(Altered altered, String connector, String... reaches) {
    return altered.append(
        "connectors/" + connector + ".yaml", "\nreaches:\n" + String.join("", reaches));
  }

  private static Authority authority(LoadedWorkspace workspace, String agent) {
    var name = new AgentClassId(agent.substring(0, agent.indexOf('/')));
    var known = workspace.release().agentClasses().get(name);
    assertThat(known).isNotNull();
    return new Authorities(workspace.policies())
        .of(java.util.Objects.requireNonNull(known)).stream()
            .filter(one -> one.agent().text().equals(agent))
            .findFirst()
            .orElseThrow();
  }

  private static Held held(Authority authority, String taskClass, String tool) {
    return authority.tools().stream()
        .filter(one -> one.taskClass().equals(taskClass) && one.tool().name().equals(tool))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theExampleHasAcceptedAllThatItsAgentsInherit() throws IOException {
    assertThat(new Altered().errors()).isEmpty();
    var inherited = authority(Example.loaded(), DESTROYER).inherited();
    assertThat(inherited).hasSize(5);
    assertThat(inherited)
        .allSatisfy(one -> assertThat(one.standing(Altered.TODAY)).isEqualTo("accepted"));
  }

  @Test
  void authorityThatNobodyAcceptedIsAnErrorAtItsDeclaration() throws IOException {
    var errors = with(plain(), "scripts", reach("directory", "high", "run_script", "")).errors();
    assertThat(errors).hasSize(1);
    assertThat(errors.getFirst())
        .matches("connectors/scripts\\.yaml:\\d+: .*")
        .contains("`security-desk/harbor-dental/production/change`")
        .contains("inherits `high` at `directory`")
        .contains("scripts_run_script -> directory (high)");
  }

  @Test
  void aChainOfTwoTrustedLessToolsIsFollowed() throws IOException {
    var altered =
        with(plain(), "scripts", reach("rmm", "low", "run_script", accepted("2030-01-01")));
    var errors =
        with(altered, "rmm", reach("storage", "destructive", "restart_service", "")).errors();
    assertThat(errors)
        .anySatisfy(error ->
            assertThat(error)
                .startsWith("connectors/rmm.yaml:")
                .contains(
                    "scripts_run_script -> rmm (low) -> rmm_restart_service -> storage"
                        + " (destructive)"));
  }

  @Test
  void aStepThatNeedsMoreThanWasInheritedIsNotTaken() throws IOException {
    var altered =
        with(plain(), "scripts", reach("rmm", "low", "run_script", accepted("2030-01-01")));
    var errors =
        with(altered, "rmm", reach("storage", "destructive", "install_patches", "")).errors();
    assertThat(errors).noneMatch(error -> error.contains("scripts_run_script -> rmm (low) ->"));
  }

  @Test
  void acceptingTheFirstStepAcceptsNoOther() throws IOException {
    var altered =
        with(plain(), "scripts", reach("rmm", "high", "run_script", accepted("2030-01-01")));
    var errors =
        with(altered, "rmm", reach("assets", "high", "reboot_device", accepted("2026-11-25")))
            .errors();
    assertThat(errors).anyMatch(error -> error.contains("ended on 2026-11-25"));
  }

  @Test
  void systemsThatReachOneAnotherEndTheSearch() throws IOException {
    var altered =
        with(plain(), "scripts", reach("secrets", "high", "run_script", accepted("2030-01-01")));
    var circle =
        with(altered, "secrets", reach("scripts", "destructive", "rotate_secret", "")).errors();
    assertThat(circle).isNotEmpty().allMatch(error -> error.contains("scripts (destructive)"));
    assertThat(circle)
        .anyMatch(error -> error.contains("`security-desk/harbor-dental/production/change`"))
        .noneMatch(error -> error.contains(DESTROYER));
  }

  @Test
  void anAcceptanceHoldsThroughItsLastDayAndWarnsAMonthBefore() throws IOException {
    var policies =
        with(plain(), "scripts", reach("directory", "high", "run_script", accepted("2026-12-27")))
            .loaded()
            .policies();
    var last = LocalDate.of(2026, 12, 27);
    assertThat(standing(policies, last.minusDays(31))).containsExactly(0, 0);
    assertThat(standing(policies, last.minusDays(30))).containsExactly(0, 1);
    assertThat(standing(policies, last)).containsExactly(0, 1);
    assertThat(standing(policies, last.plusDays(1))).containsExactly(1, 0);
  }

  /** How many errors, and how many warnings of an acceptance that ends. */
  private static List<Integer> standing(CompiledPolicies policies, LocalDate today) {
    var findings = Findings.of(policies, today);
    return List.of(
        findings.errors().size(),
        (int)
            findings.warnings().stream()
                .filter(one -> one.message().contains("the acceptance by `service-managers`"))
                .count());
  }

  @Test
  void whatIsLookedAtLaterIsAnErrorAgain() throws IOException {
    assertThat(new Altered().findings(LocalDate.of(2030, 6, 30)).errors()).isEmpty();
    assertThat(new Altered().findings(LocalDate.of(2030, 7, 1)).errors())
        .extracting(Diagnostic::file)
        .contains(SCRIPTS, "connectors/secrets.yaml");
  }

  @Test
  void anAgentWithSuchAToolOfItsOwnInheritsNothingNew() throws IOException {
    var errors = with(plain(), "directory", reach("psa", "observe", "read_user", "")).errors();
    assertThat(errors).hasSize(1);
    var own = with(plain(), "rmm", reach("psa", "low", "get_device", "")).errors();
    assertThat(own).anyMatch(error -> error.contains("/observe"));
    assertThat(own)
        .noneMatch(error -> error.contains("`service-desk/harbor-dental/production/change`"));
  }

  @Test
  void aToolThatIsAlwaysRefusedReachesNothing() throws IOException {
    var altered =
        with(plain(), "scripts", reach("directory", "high", "run_text", ""))
            .append(
                "policies/guardrails.cedar",
                """

                @id("msp.no-text")
                @reason("guardrail")
                forbid (principal, action == Action::"scripts_run_text", resource);
                """);
    assertThat(altered.errors()).isEmpty();
    var tool = held(authority(altered.loaded(), DESTROYER), "run-free-text", "scripts_run_text");
    assertThat(tool.ceiling().how()).isEqualTo(Way.How.NEVER);
    assertThat(tool.ceiling().refusals())
        .extracting(Way.Said::policy)
        .containsExactly("msp.no-text");
  }

  @Test
  void whatIsNotPermittedAloneSaysWhoAnswers() {
    var authority = authority(Example.loaded(), DESTROYER);
    var delete = held(authority, "delete-data", "storage_delete");
    assertThat(delete.start().how()).isEqualTo(Way.How.ASKS);
    assertThat(delete.start().answers())
        .extracting(Way.Said::policy)
        .contains("ask.delete-data.two-people", "remit.autonomy");
    assertThat(delete.start().answers().getFirst().words()).contains("1 of senior technicians");
    assertThat(held(authority, "delete-data", "storage_get_holding").start().how())
        .isEqualTo(Way.How.ALONE);
  }

  @Test
  void startAndCeilingOfAutonomyAreToldApart() {
    var patches =
        held(
            authority(Example.loaded(), "service-desk/harbor-dental/production/change"),
            "install-patches",
            "rmm_install_patches");
    assertThat(patches.start().answers())
        .anyMatch(said -> said.policy().equals("remit.autonomy") && said.isAlways());
    assertThat(patches.ceiling().answers())
        .noneMatch(said -> said.policy().equals("remit.autonomy"));
  }

  @Test
  void anObserverIsGivenNoEffects() {
    var observer = authority(Example.loaded(), "security-desk/harbor-dental/production/observe");
    assertThat(observer.tools()).allMatch(one -> one.tool().effect().text().equals("observe"));
    assertThat(observer.inherited()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '%',
      value = {
        "through: [run_script] % through: [run_away] % is no operation of this connector",
        "connector: rmm % connector: scripts % is this connector",
        "connector: rmm % connector: crm % no connector is named `crm`",
        "effect: destructive % effect: total % must be observe",
        "until: \"2030-06-30\" % until: \"2030-02-31\" % must be a day",
        "until: \"2030-06-30\" % until: 2030-06-30T00:00 % must be a day",
        "      owner: service-managers % '' % `owner` is missing",
        "      owner: service-managers % '      owner: nobody' % no person or group is named",
        "why: Only % whence: Only % unknown key",
      })
  void aDeclarationThatSaysNothingClearIsRefused(String find, String replacement, String problem)
      throws IOException {
    assertThat(new Altered().edit(SCRIPTS, find.strip(), replacement.strip()).problems())
        .extracting(Diagnostic::text)
        .anyMatch(text -> text.contains(problem.strip()));
  }

  @Test
  void aPictureHoldsNoMarkupOfTheWorkspace() throws IOException {
    var hostile = "a</text><script>alert('1')</script>&\"b";
    var workspace =
        new Altered()
            .edit(
                "connectors/storage.yaml",
                "system: mailboxes",
                "system: '" + hostile.replace("'", "''") + " mailboxes")
            .edit("connectors/storage.yaml", "a client's data", "a client''s data'")
            .loaded();
    var picture =
        ReachSvg.of(
            hostile, workspace.release(), List.of(authority(workspace, DESTROYER)), Altered.TODAY);
    assertThat(picture)
        .startsWith("<svg ")
        .contains("&lt;script&gt;")
        .doesNotContain("<script", "alert('")
        .contains("storage_delete (destructive)");
  }
}
