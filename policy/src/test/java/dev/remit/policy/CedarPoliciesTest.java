package dev.remit.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.identity.Grade;
import dev.remit.core.task.TaskClass.AskRule;
import dev.remit.core.tenant.TenantId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CedarPoliciesTest {
  private static final String FILE = "policies/x.cedar";

  static Stream<Arguments> brokenFiles() {
    return Stream.of(
        Arguments.of("permit (principal, action, resource)", 1, "ends with `;`"),
        Arguments.of("\n// why\npermit (principal action);", 3, "does not parse"),
        Arguments.of("permit (principal, action, resource);", 1, "needs `@id"),
        Arguments.of("@id(\"\") permit (principal, action, resource);", 1, "needs `@id"),
        Arguments.of("@id(\"A b\") permit (principal, action, resource);", 1, "`A b` is none"),
        Arguments.of("@id(\"remit.x\") forbid (principal, action, resource);", 1, "reserved"),
        Arguments.of("@id(\"task.read\") permit (principal, action, resource);", 1, "reserved"),
        Arguments.of(
            "@id(\"a\") forbid (principal, action, resource);\n\n"
                + "@id(\"a\") forbid (principal, action, resource);",
            3,
            "`a` is taken by policies/x.cedar:1"),
        Arguments.of("@id(\"a\") permit (principal == ?principal, action, resource);", 1, "slot"),
        Arguments.of(
            "@id(\"a\") @ask(\"nobody\") forbid (principal, action, resource);", 1, "`nobody`"),
        Arguments.of(
            "@id(\"a\") @ask(\"restart.1\") permit (principal, action, resource);", 1, "belong to"),
        Arguments.of(
            "@id(\"a\") @reason(\"just-because\") forbid (principal, action, resource);",
            1,
            "not a reason code"),
        Arguments.of(
            "@id(\"a\") @reason(\"guardrail\") @ask(\"restart.1\")\n"
                + "forbid (principal, action, resource);",
            1,
            "not both"),
        Arguments.of(
            "@id(\"a\") forbid (principal, action, resource is Device)\n"
                + "when {\n  resource.colour == \"red\" };",
            3,
            "attribute `colour`"),
        Arguments.of(
            "@id(\"a\") forbid (principal, action == Action::\"rmm_gone\", resource);",
            1,
            "rmm_gone"),
        Arguments.of("@id(\"a\") forbid (principal is Robot, action, resource);", 1, "Robot"),
        Arguments.of(
            "@id(\"a\") forbid (principal, action, resource)\nwhen { context.task.risk == \"low\" };",
            2,
            "not compatible"),
        Arguments.of(
            "@id(\"a\") permit (principal, action == Action::\"rmm_get\", resource)\n"
                + "when { context.arguments.service == \"x\" };",
            2,
            "service"),
        Arguments.of("@id(\"a\") forbid (principal, action, resource) when { \"x };", 1, "quote"));
  }

  private static List<Diagnostic> refused(Compilation compilation) {
    return switch (compilation) {
      case Compilation.Refused(List<Diagnostic> diagnostics) -> diagnostics;
      case Compilation.Compiled compiled -> List.of();
    };
  }

  @ParameterizedTest
  @MethodSource("brokenFiles")
  void brokenPolicyIsRefusedWithItsPlace(String text, int line, String words) {
    var problems =
        refused(World.compile(World.release(), CedarFile.of(FILE, Layer.BASELINE, text)));
    assertThat(problems)
        .anySatisfy(problem -> {
          assertThat(problem.file()).isEqualTo(FILE);
          assertThat(problem.line()).isEqualTo(line);
          assertThat(problem.message()).contains(words);
        });
  }

  @Test
  void guardrailsAndTenantsOnlyForbid() {
    var permit = "@id(\"a\") permit (principal, action, resource in Tenant::\"harbor\");";
    assertThat(refused(World.compile(World.release(), CedarFile.of(FILE, Layer.GUARDRAIL, permit))))
        .extracting(Diagnostic::message)
        .containsExactly("a guardrail only forbids; use `forbid`");
    assertThat(refused(World.compile(World.release(), ofHarbor(permit))))
        .extracting(Diagnostic::message)
        .containsExactly("a tenant's policy only narrows; use `forbid`");
  }

  private static CedarFile ofHarbor(String text) {
    return new CedarFile(FILE, Layer.TENANT, Optional.of(new TenantId("harbor")), text);
  }

  @Test
  void aTenantsPolicyNamesThatTenantAndNoOther() {
    for (String resource : List.of("resource", "resource in Tenant::\"summit\"")) {
      assertThat(
              refused(
                  World.compile(
                      World.release(),
                      ofHarbor("@id(\"a\") forbid (principal, action, " + resource + ");"))))
          .hasSize(1);
    }
  }

  @ParameterizedTest
  @MethodSource("brokenConditions")
  void aBrokenConditionIsRefusedWhereItIsWritten(String condition, String words) {
    var broken =
        World.taskClass(
            "broken",
            Grade.LOW,
            Set.of("rmm_restart"),
            Optional.of("tenant.window.office"),
            List.of(World.rule("broken.1", condition)));
    var source =
        new PolicySource(
            World.release(List.of(broken)),
            List.of(),
            World.GUARDRAIL,
            List.of(),
            Map.of(PolicySource.askId("broken.1"), new Origin("tasks/broken.yaml", 12)));
    assertThat(refused(CedarPolicies.compile(source)))
        .isNotEmpty()
        .allSatisfy(problem -> {
          assertThat(problem.text()).startsWith("tasks/broken.yaml:12: ");
          assertThat(problem.message()).contains(words);
        });
  }

  static Stream<Arguments> brokenConditions() {
    return Stream.of(
        Arguments.of("", "1 to 4096"),
        Arguments.of("resource.role ==", "does not parse"),
        Arguments.of("true) } unless { (true", "closes what was not opened"),
        Arguments.of("resource.colour == \"red\"", "colour"),
        Arguments.of("resource.role == 3", "not compatible"),
        Arguments.of("tenant.window.siesta", "no tenant has a window `siesta`"),
        Arguments.of("\"office\"", "String"),
        Arguments.of("task.prompt == \"please\"", "prompt"));
  }

  @Test
  void aRuleIdIsUsedOnce() {
    var one = World.taskClass("a", Grade.LOW, Set.of("rmm_get"), Optional.empty(), rules("x"));
    var two = World.taskClass("b", Grade.LOW, Set.of("rmm_get"), Optional.empty(), rules("x"));
    assertThat(refused(World.compile(World.release(List.of(one, two)))))
        .extracting(Diagnostic::message)
        .contains("ask rule id `x` is used twice");
  }

  @Test
  void aRuleCannotTakeTheNameOfABuiltInOne() {
    var one =
        World.taskClass(
            "a", Grade.LOW, Set.of("rmm_get"), Optional.empty(), rules("remit.unbound"));
    assertThat(refused(World.compile(World.release(List.of(one))))).isNotEmpty();
  }

  private static List<AskRule> rules(String id) {
    return List.of(World.rule(id, "true"));
  }

  @Test
  void theSameWorkspaceCompilesToTheSameText() {
    assertThat(World.compiled(World.release()).text())
        .isEqualTo(World.compiled(World.release()).text())
        .contains("// remit/guardrails.cedar:");
    assertThat(World.compiled(World.release()).schema())
        .isEqualTo(World.compiled(World.release()).schema());
  }
}
