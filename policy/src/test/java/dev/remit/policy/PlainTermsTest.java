package dev.remit.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.policy.CedarTokens.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTermsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "tenant.window.support | context.tenant.windows.contains(\"support\")",
        "!tenant.window.after-hours | !context.tenant.windows.contains(\"after-hours\")",
        "task.ageSeconds > 5 | context.task.ageSeconds > 5",
        "tool.effect - task.risk | context.tool.effect - context.task.risk",
        "context.task.class == \"tenant.window.x\" | context.task.class == \"tenant.window.x\"",
        "resource.tenant | resource.tenant",
        "resource has tenant | resource has tenant",
        "{tenant: 1}.tenant == 1 | {tenant: 1}.tenant == 1",
        "Task::\"tool\" == tool.name | Task::\"tool\" == context.tool.name",
        "arguments has service && arguments.service == \"a\\\"tool\" "
            + "| context.arguments has service && context.arguments.service == \"a\\\"tool\"",
        "at > datetime(\"2026-01-01\") | context.at > datetime(\"2026-01-01\")",
        "mytenant.window.x | mytenant.window.x",
      })
  void shorthandIsWrittenOutOutsideOfTextOnly(String plain, String cedar) {
    assertThat(PlainTerms.of(plain.strip()).expression()).isEqualTo(cedar);
  }

  @Test
  void windowsThatAreAskedForAreKnown() {
    assertThat(PlainTerms.of("tenant.window.a || (tenant.window.b-2c && true)").windows())
        .containsExactlyInAnyOrder("a", "b-2c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "true }; permit(principal, action, resource) when { true",
        "true) } unless { (false",
        "(true",
        "[true)",
        "true // and more",
        "true; true",
        "@id(\"x\") true",
        "principal == ?principal",
        "\"open",
        "}{",
      })
  void whatIsNoSingleExpressionIsRefused(String condition) {
    assertThatThrownBy(() -> PlainTerms.of(condition)).isInstanceOf(MalformedException.class);
  }

  @Test
  void bracketsInsideOfTextAreText() {
    assertThat(PlainTerms.of("resource.role == \") } ; permit(\"").expression())
        .isEqualTo("resource.role == \") } ; permit(\"");
  }
}
