package dev.remit.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.workspace.scenario.Expected;
import dev.remit.workspace.scenario.MutationRun;
import dev.remit.workspace.scenario.MutationRun.Change;
import dev.remit.workspace.scenario.Scenario.Case;
import dev.remit.workspace.scenario.ScenarioRun;
import dev.remit.workspace.scenario.ScenarioRun.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The example's scenarios: they hold, say enough, and notice when a policy is broken. */
class ExampleScenariosTest {
  private static final LoadedWorkspace EXAMPLE = Example.loaded();
  private static final ScenarioRun RUN = new ScenarioRun(EXAMPLE.release(), EXAMPLE.scenarios());
  private static final List<Result> RESULTS = RUN.on(EXAMPLE.policies());
  private static final List<Change> CHANGES = new MutationRun(RUN).on(EXAMPLE.policies());

  @Test
  void everyScenarioHolds() {
    assertThat(RESULTS)
        .hasSizeGreaterThanOrEqualTo(80)
        .allSatisfy(result ->
            assertThat(result.holds())
                .as("%s %s: got %s", result.of().origin(), result.of().name(), result.words())
                .isTrue());
  }

  @Test
  void whatIsRefusedOrAskedOutnumbersWhatIsPermitted() {
    long permitted =
        RESULTS.stream().filter(one -> one.of().then() instanceof Expected.Permitted).count();
    assertThat(permitted).isLessThan(RESULTS.size() / 2);
  }

  @Test
  void everyAgenticThreatHasARefusalOrAQuestion() {
    var answered =
        RESULTS.stream()
            .map(Result::of)
            .filter(one -> !(one.then() instanceof Expected.Permitted))
            .flatMap(one -> one.threats().stream())
            .collect(Collectors.toSet());
    assertThat(answered)
        .containsAll(
            IntStream.rangeClosed(1, 10).mapToObj("owasp-asi-2026/ASI%02d"::formatted).toList())
        .contains(
            "remit-hostile/H03",
            "remit-hostile/H04",
            "remit-hostile/H08",
            "remit-hostile/H09",
            "remit-hostile/H12",
            "remit-hostile/H15",
            "remit-hostile/H16",
            "remit-hostile/H17",
            "remit-hostile/H22",
            "remit-hostile/H23",
            "remit-hostile/H28",
            "remit-hostile/H32");
  }

  @Test
  void everyTaskClassHasACaseThatGoesAndOneThatDoesNot() {
    Map<String, List<Case>> byClass =
        RESULTS.stream()
            .map(Result::of)
            .collect(Collectors.groupingBy(one -> one.given().task().taskClass()));
    assertThat(byClass.keySet()).containsAll(EXAMPLE.release().taskClasses().keySet());
    byClass.forEach((name, cases) ->
        assertThat(cases).as(name).anyMatch(one -> one.then() instanceof Expected.Permitted));
  }

  @Test
  void noPolicyIsBrokenWithoutAScenarioThatNotices() {
    assertThat(CHANGES.stream().map(change -> change.policy().id()).distinct())
        .containsExactlyElementsOf(
            EXAMPLE.policies().policies().stream().map(policy -> policy.id()).toList());
    assertThat(CHANGES)
        .hasSizeGreaterThan(200)
        .allSatisfy(change ->
            assertThat(change.isGuarded())
                .as("%s %s", change.policy().id(), change.what())
                .isTrue());
  }

  @Test
  void withoutItsCasesARuleIsToldAsUnguarded() throws IOException {
    var files = new TreeMap<>(Example.files());
    files.remove("scenarios/secrets.yaml");
    var workspace = loaded(files);
    var unguarded =
        new MutationRun(new ScenarioRun(workspace.release(), workspace.scenarios()))
            .on(workspace.policies()).stream()
                .filter(change -> !change.isGuarded())
                .map(change -> change.policy().id())
                .distinct();
    assertThat(unguarded)
        .containsExactly("ask.rotate-secret.unknown-consumer", "msp.overlap", "task.rotate-secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tasks/restart-service.yaml | \"domain-controller\", | | restart-service",
        "tasks/restart-service.yaml | tool.effect > 0 && [ | tool.effect > 1 && [ | restart-service",
        "policies/guardrails.cedar | \"Spooler\", | \"Spooler\", \"NTDS\", | restart-service",
        "policies/guardrails.cedar | <= 240 | <= 480 | isolation",
        "policies/guardrails.cedar | >= 86400 | >= 3600 | deletion",
        "tasks/reboot-device.yaml | at-most: 1, | at-most: 2, | reboot-device",
        "tasks/install-patches.yaml | 1 of msp.senior-technicians, 1 of tenant.approvers | 1 of msp.senior-technicians | patches",
        "agents/service-desk.yaml | autonomy: supervised | autonomy: propose | restart-service"
      })
  void aHoleIsFoundByTheScenarioThatKnowsIt(String file, String find, String to, String finder)
      throws IOException {
    var files = new TreeMap<>(Example.files());
    var text = new String(files.getOrDefault(file, new byte[0]), StandardCharsets.UTF_8);
    assertThat(text).contains(find);
    var changed = text.replace(find, to == null ? "" : to);
    files.put(file, changed.getBytes(StandardCharsets.UTF_8));
    var workspace = loaded(files);
    var failing =
        new ScenarioRun(workspace.release(), workspace.scenarios())
            .on(workspace.policies()).stream()
                .filter(result -> !result.holds())
                .map(result -> result.of().scenario())
                .distinct()
                .toList();
    assertThat(failing).contains(finder);
  }

  @Test
  void theSameScenariosGiveTheSameResults() {
    assertThat(RUN.on(EXAMPLE.policies())).isEqualTo(RESULTS);
  }

  private static LoadedWorkspace loaded(Map<String, byte[]> files) {
    return switch (new Workspaces().load(files)) {
      case WorkspaceResult.Loaded(LoadedWorkspace workspace) -> workspace;
      case WorkspaceResult.Refused refused -> throw new AssertionError(refused.text());
    };
  }

  @Test
  void aChangeThatIsNoticedSaysByWhom() {
    var byWhom =
        CHANGES.stream()
            .filter(change -> change.policy().id().equals("msp.hypervisor-reboot"))
            .filter(change -> change.what().equals("removed"))
            .map(Change::noticedBy)
            .toList();
    assertThat(byWhom)
        .singleElement()
        .satisfies(cases ->
            assertThat(cases)
                .extracting(Case::name)
                .containsExactly("a hypervisor takes its guests with it, so no agent reboots it"));
  }
}
