package dev.remit.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.identity.Grade;
import dev.remit.core.task.TaskClass;
import dev.remit.core.tenant.TenantId;
import dev.remit.policy.lint.Lint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LintTest {
  private static List<String> warnings(List<TaskClass> classes, CedarFile... files) {
    return texts(World.compiled(World.release(classes), files));
  }

  private static List<String> texts(CompiledPolicies policies) {
    return Lint.of(policies).stream()
        .map(Diagnostic::text)
        .filter(text -> !text.contains("serves no control objective"))
        .toList();
  }

  private static CedarFile baseline(String text) {
    return CedarFile.of("policies/x.cedar", Layer.BASELINE, text);
  }

  private static TaskClass asking(String condition) {
    return World.taskClass(
        "restart",
        Grade.LOW,
        Set.of("rmm_get", "rmm_restart"),
        Optional.empty(),
        List.of(World.rule("restart.1", condition)));
  }

  @Test
  void aSoundWorkspaceGivesNoWarningButForItsObjectives() {
    var warnings = Lint.of(World.compiled(World.release()));
    assertThat(warnings)
        .extracting(Diagnostic::text)
        .containsExactlyInAnyOrder(
            "tasks/read.yaml:1: `read` serves no control objective; name one under `serves`",
            "tasks/restart.yaml:1: `restart` serves no control objective; name one under `serves`",
            "tasks/wide.yaml:1: `wide` serves no control objective; name one under `serves`");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '%',
      quoteCharacter = '^',
      value = {
        "tool.effect >= 2 && resource.role == \"dc\" % `ask.restart.1`: its condition never holds",
        "tool.name == \"rmm_wipe\" % never asks",
        "[\"high\", \"destructive\"].contains(tool.grade) % never asks",
        "tool.connector != \"rmm\" || tool.family > 1 % never asks",
        "task.targets > 1 % `context.task.targets > 1` can never hold",
        "task.ageSeconds > 900 % `context.task.ageSeconds > 900` can never hold",
        "task.ageSeconds <= 900 % `context.task.ageSeconds <= 900` always holds",
        "!task.namesTool % never asks",
        "task.class == \"other\" % it never does anything",
      })
  void aConditionThatNeverHoldsIsTold(String condition, String words) {
    assertThat(warnings(List.of(asking(condition.strip()))))
        .anySatisfy(text -> assertThat(text).startsWith("tasks/restart.yaml:1: ").contains(words));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '%',
      quoteCharacter = '^',
      value = {
        "tool.effect > 0 && resource.role == \"dc\"",
        "task.ageSeconds > 899",
        "task.targets > 0",
        "arguments has count && arguments.count > 100",
        "principal.family < 2",
        "resource.role == resource.site",
        "at > datetime(\"2026-01-01\")",
        "if principal.bound then resource.role == \"dc\" else true",
        "resource.site like \"a*\" || task.readUntrusted",
      })
  void aConditionThatMayHoldIsNot(String condition) {
    assertThat(warnings(List.of(asking(condition.strip())))).isEmpty();
  }

  @Test
  void aRuleBehindARefusalIsShadowed() {
    var shadow =
        baseline(
            """
            @id("x.dc") forbid (principal, action == Action::"rmm_restart", resource)
            when { resource.role == "dc" };
            """);
    var whole = asking("tool.effect > 0 && resource.role == \"dc\" && resource.site == \"a\"");
    assertThat(warnings(List.of(whole), shadow))
        .containsExactly(
            "tasks/restart.yaml:1: `ask.restart.1`: it never asks: `x.dc` (policies/x.cedar:1)"
                + " refuses whenever it would");
    assertThat(warnings(List.of(asking("resource.site == \"a\"")), shadow)).isEmpty();
  }

  @Test
  void aRefusalThatAnAnswerLiftsShadowsNothing() {
    var other = asking("resource.role == \"dc\"");
    var asks =
        baseline(
            """
            @id("x.dc") @ask("restart.1") forbid (principal, action, resource is Device)
            when { resource.role == "dc" } unless { context.approvals.contains("restart.1") };
            """);
    assertThat(warnings(List.of(other), asks)).isEmpty();
  }

  @Test
  void aToolThatAGuardrailAlwaysRefusesIsTold() {
    var guardrail =
        CedarFile.of(
            "policies/guardrails.cedar",
            Layer.GUARDRAIL,
            """
            @id("msp.no-restart") forbid (principal, action, resource)
            when { context.tool.grade == "low" };
            """);
    assertThat(warnings(List.of(asking("resource.role == \"dc\"")), guardrail))
        .contains(
            "tasks/restart.yaml:1: tool `rmm_restart` of `restart` is always refused by"
                + " `msp.no-restart` (policies/guardrails.cedar:1)");
  }

  @Test
  void aTenantThatRefusesAllOfATaskClassIsTold() {
    var all =
        new CedarFile(
            "policies/tenants/harbor.cedar",
            Layer.TENANT,
            Optional.of(new TenantId("harbor")),
            """
            @id("harbor.all")
            forbid (principal, action in Action::"rmm", resource in Tenant::"harbor");
            """);
    assertThat(warnings(List.of(asking("resource.role == \"dc\"")), all))
        .contains(
            "policies/tenants/harbor.cedar:1: `harbor.all` leaves nothing of `restart` at"
                + " `harbor`; give that tenant's agents other task classes");
  }

  @Test
  void aPolicyAboutNoUsedToolIsTold() {
    var unused =
        baseline("@id(\"x.wipe\") forbid (principal, action == Action::\"rmm_wipe\", resource);");
    assertThat(warnings(List.of(asking("resource.role == \"dc\"")), unused))
        .containsExactly(
            "policies/x.cedar:1: `x.wipe`: no task class has a tool that it is about; it never"
                + " does anything");
  }

  @Test
  void aVariationOfWhatIsRefusedAnywayIsTold() {
    var guardrail =
        CedarFile.of(
            "policies/guardrails.cedar",
            Layer.GUARDRAIL,
            "@id(\"msp.no-restart\") forbid (principal, action == Action::\"rmm_restart\","
                + " resource);");
    var variation =
        new Variation(
            new TenantId("harbor"),
            "restart",
            Set.of(),
            Optional.empty(),
            List.of(),
            Set.of("restart.1"));
    var source =
        new PolicySource(
            World.release(List.of(asking("resource.role == \"dc\""))),
            List.of(guardrail),
            World.GUARDRAIL,
            List.of(),
            Map.of(),
            List.of(variation),
            Map.of());
    assertThat(CedarPolicies.compile(source))
        .isInstanceOfSatisfying(
            Compilation.Compiled.class,
            compiled ->
                assertThat(texts(compiled.policies()))
                    .anySatisfy(text ->
                        assertThat(text)
                            .startsWith("tenants/harbor.yaml:1: what `harbor` varies of `restart`")
                            .contains("`msp.no-restart`")));
  }

  @Test
  void limitsThatCannotBeReachedAreTold() {
    var many = asking("resource.role == \"dc\"");
    var limited =
        new TaskClass(
            many.name(),
            many.why(),
            many.owner(),
            many.risk(),
            many.tools(),
            many.targetKind(),
            20,
            many.seenWithin(),
            new TaskClass.Limits(10, Duration.ofMinutes(15), 5),
            many.when(),
            many.ask(),
            many.serves());
    assertThat(warnings(List.of(limited)))
        .anySatisfy(text -> assertThat(text).contains("takes 20 targets and 10 calls"))
        .anySatisfy(text -> assertThat(text).contains("10 calls of `restart` is never reached"));
  }
}
