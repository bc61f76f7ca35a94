package dev.remit.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.policy.Diagnostic;
import dev.remit.workspace.scenario.Scenario;
import dev.remit.workspace.scenario.ScenarioRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A scenario that says something unknown is an error with its place, never one that holds. */
class HostileScenarioTest {
  private static final String FILE = "scenarios/one.yaml";
  private static final String TEXT =
      """
      scenario: one
      about: One.
      threats: [remit-hostile/H01]
      given:
        agent: service-desk/harbor-dental/production/change
        task: { class: restart-service }
        records:
          rmm/device/1001: { attributes: { role: workstation } }
      when:
        tool: rmm_restart_service
        arguments: { device: "1001", service: Spooler }
      cases:
        - case: it goes
          then: permit
        - case: it does not
          given: { records: { rmm/device/1001: { seen: 25h } } }
          then: { deny: target-stale }
      """;

  private static List<Diagnostic> problems(String find, String replacement) throws IOException {
    assertThat(TEXT).contains(find);
    return Example.with(FILE, TEXT.replace(find, replacement));
  }

  @Test
  void asItStandsItIsInOrder() throws IOException {
    assertThat(Example.with(FILE, TEXT)).isEqualTo(List.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tool: rmm_restart_service | tool: rmm_unheard_of | 10 | no tool is named",
        "class: restart-service | class: unheard-of | 6 | no task class is named",
        "service-desk/harbor-dental/ | service-desk/nobody/ | 5 | no tenant is named",
        "service-desk/harbor-dental/ | nobody/harbor-dental/ | 5 | no agent is named",
        "production/change | production/everything | 5 | class/tenant/environment/family",
        "rmm/device/1001: { attr | rmm/thing/1001: { attr | 8 | no kind of target is named",
        "rmm/device/1001: { attr | 1001: { attr | 8 | connector/kind/id",
        "remit-hostile/H01 | remit-hostile/H36 | 3 | owasp-asi-2026/ASI02",
        "remit-hostile/H01 | owasp-asi-2026/ASI11 | 3 | owasp-asi-2026/ASI02",
        "then: permit | then: allow | 14 | `then` must be `permit`",
        "then: { deny: target-stale } | then: { deny: too-old } | 17 | a reason code",
        "then: { deny: target-stale } | then: { deny: target-stale, maybe: x } | 17 | unknown key",
        "then: { deny: target-stale } | then: {} | 17 | `deny` is missing",
        "case: it does not | case: it goes | 15 | is there twice",
        "seen: 25h | seen: 0h | 16 | a duration above zero",
        "seen: 25h | unseen: 25h | 16 | unknown key `unseen`",
        "given: { records | given: { before: { calls: 0 }, records | 16 | a number from 1",
        "given: { records | supposed: { records | 16 | unknown key `supposed`"
      })
  void whatIsUnknownIsToldWithItsPlace(String find, String to, int line, String words)
      throws IOException {
    var problems = problems(find, to);
    assertThat(problems)
        .anySatisfy(problem -> {
          assertThat(problem.file()).isEqualTo(FILE);
          assertThat(problem.line()).as(problem.text()).isEqualTo(line);
          assertThat(problem.message()).contains(words);
        });
  }

  @Test
  void aCaseThatExpectsNothingIsAnError() throws IOException {
    assertThat(problems("    then: permit\n", ""))
        .anySatisfy(problem -> assertThat(problem.message()).contains("`then` is missing"));
  }

  @Test
  void aFileWithoutCasesIsAnError() throws IOException {
    assertThat(Example.with(FILE, TEXT.substring(0, TEXT.indexOf("cases:"))))
        .anySatisfy(problem -> assertThat(problem.message()).contains("`cases` is missing"));
  }

  @Test
  void hostileCase26AnAnchorIsRefusedHereToo() throws IOException {
    assertThat(problems("given:\n  agent", "given: &a\n  agent")).isNotEqualTo(List.of());
  }

  @Test
  void aCaseThatDoesNotHoldSaysWhatCameOfIt() throws IOException {
    var files = new TreeMap<>(Example.files());
    files.keySet().removeIf(path -> path.startsWith("scenarios/"));
    files.put(FILE, TEXT.replace("then: permit", "then: { deny: guardrail }").getBytes(UTF));
    var workspace = ((WorkspaceResult.Loaded) new Workspaces().load(files)).workspace();
    var results =
        new ScenarioRun(workspace.release(), workspace.scenarios()).on(workspace.policies());
    assertThat(results).extracting(ScenarioRun.Result::holds).containsExactly(false, true);
    assertThat(results.getFirst().words()).isEqualTo("permit");
    assertThat(results.getFirst().determining()).containsExactly("task.restart-service");
    assertThat(results.getFirst().of().origin()).hasToString("scenarios/one.yaml:13");
    assertThat(workspace.scenarios()).extracting(Scenario::name).containsExactly("one");
  }

  private static final java.nio.charset.Charset UTF = StandardCharsets.UTF_8;
}
