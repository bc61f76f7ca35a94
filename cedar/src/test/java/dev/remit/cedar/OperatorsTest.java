package dev.remit.cedar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every operator, each claim confirmed by the official engine. */
class OperatorsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true && true",
        "true || 1",
        "!(false && 1)",
        "if true then true else 1",
        "!(if context.n > 7 then true else false)",
        "1 == 1 && 1 != 2 && 1 != true && \"1\" != 1",
        "{a: 1, b: [1]} == {b: [1, 1], a: 1}",
        "[1, 2] == [2, 1, 1] && [] != [1]",
        "principal == U::\"ann\" && principal != U::\"bob\"",
        "decimal(\"1.5\") == context.dec && context.dec != 1",
        "1 < 2 && 2 <= 2 && 3 > 2 && 2 >= 2 && !(2 < 2) && !(2 > 2)",
        "context.n + 1 == 8 && context.n - 8 == -1 && context.n * -1 == -7 && -context.n == -7",
        "context.max + context.min == -1 && context.min + 1 == -context.max",
        "context.max * 1 == context.max && context.min * 1 == context.min",
        "context.set.contains(1) && context.set.contains([1]) && !context.set.contains(3)",
        "context.set.containsAll([2, 1]) && !context.set.containsAll([3])",
        "context.set.containsAny([3, 2]) && !context.set.containsAny([3])",
        "context.set.containsAll([]) && !context.set.containsAny([])",
        "[].isEmpty() && !context.set.isEmpty() && context.empty.isEmpty()",
        "[1,2,3,4,5,6,7,8,9,10].contains(context.n) && ![1,2,3,4,5,6,8,9,10,11].contains(context.n)",
        "[1,2,3,4,5,6,7,8,9,10] == [10,9,8,7,6,5,4,3,2,1]",
        "principal in G::\"team\" && principal in G::\"world\" && principal in principal",
        "principal in [G::\"x\", G::\"eu\"] && !(principal in []) && !(principal in G::\"x\")",
        "action in Action::\"any\" && resource in resource && !(resource in G::\"eu\")",
        "principal is U && !(principal is G) && principal is U in G::\"eu\"",
        "!(principal is G in 1)",
        "principal has name && !(principal has nothing) && !(resource has name)",
        "principal has address.city && principal has address.no.odd && !(principal has address.x.y)",
        "context has rec.a.b && {a: 1} has a && {\"x y\": 1} has \"x y\"",
        "principal.address.no.odd && principal[\"name\"] == \"Ann\"",
        "principal.hasTag(\"t\") && principal.getTag(\"t\") == \"v\" && !principal.hasTag(\"x\")",
        "principal.getTag(\"é 😀\") == 1 && !resource.hasTag(\"t\") && principal.home in G::\"world\"",
        "principal.level == 3 && principal.roles.contains(\"a\")",
      })
  void holds(String condition) {
    assertThat(Ask.eval(condition)).isEqualTo("true");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "\"\"",
        "context.n",
        "1 && true",
        "true && 1",
        "false || 1",
        "!1",
        "if 1 then true else true",
        "if true then 1 else true",
        "context.max + 1 == 0",
        "context.min - 1 == 0",
        "-context.min == 0",
        "context.max * 2 == 0",
        "context.min * -1 == 0",
        "1 + true == 0",
        "\"a\" + \"b\" == \"ab\"",
        "-\"a\" == 0",
        "1 < true",
        "\"a\" < \"b\"",
        "decimal(\"1.0\") < decimal(\"2.0\")",
        "context.n.contains(1)",
        "context.set.containsAll(1)",
        "context.n.containsAny([])",
        "context.n.isEmpty()",
        "principal in 1",
        "principal in [G::\"eu\", 1]",
        "1 in principal",
        "[principal] in principal",
        "1 is U",
        "principal is U in 1",
        "1 has a",
        "[] has a",
        "context.n has a.b",
        "context.nothing",
        "principal.nothing",
        "resource.name == 1",
        "context.rec.a.c == 1",
        "context.n.a == 1",
        "principal.getTag(\"x\") == 1",
        "resource.getTag(\"x\") == 1",
        "principal.getTag(1) == 1",
        "principal.hasTag(1)",
        "context.hasTag(\"t\")",
        "context.n like \"7\"",
        "[context.nothing].isEmpty()",
        "{a: context.nothing} has a",
      })
  void isAnError(String condition) {
    assertThat(Ask.eval(condition)).isEqualTo("error");
  }

  @Test
  void whatIsNotNeededIsNotEvaluated() {
    assertThat(Ask.eval("false && context.nothing")).isEqualTo("false");
    assertThat(Ask.eval("true || context.nothing")).isEqualTo("true");
    assertThat(Ask.eval("if true then true else context.nothing")).isEqualTo("true");
    assertThat(Ask.eval("context.nothing || true")).isEqualTo("error");
  }

  @Test
  void anUnlessIsTheOppositeAndFailsAlike() {
    String head = "permit (principal, action, resource) ";
    assertThat(Ask.policy(head + "unless { false };")).isEqualTo("true");
    assertThat(Ask.policy(head + "unless { true };")).isEqualTo("false");
    assertThat(Ask.policy(head + "unless { 1 };")).isEqualTo("error");
    assertThat(Ask.policy(head + "when { false } unless { 1 };")).isEqualTo("false");
    assertThat(Ask.policy(head + ";")).isEqualTo("true");
  }

  @Test
  void failuresSayWhatIsMissingAndNoValue() {
    assertThat(Ask.failure("context.nothing")).isEqualTo("no attribute `nothing`");
    assertThat(Ask.failure("context.max + 1 == 2")).isEqualTo("integer overflow in `+`");
    assertThat(Ask.failure("context.text < 1")).contains("expected long").doesNotContain("1.0");
    assertThat(Ask.failure("decimal(context.bad) == 1"))
        .isEqualTo("`decimal` refuses its argument");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\" like \"\"",
        "\"\" like \"*\"",
        "\"abc\" like \"a*\"",
        "\"abc\" like \"*c\"",
        "\"abc\" like \"a*c\"",
        "\"abc\" like \"***\"",
        "\"abc\" like \"*b*\"",
        "\"aab\" like \"*ab\"",
        "\"a*c\" like \"a\\*c\"",
        "context.smile like \"a*b\"",
        "context.smile like \"*😀*\"",
        "\"éé\" like \"é*é\"",
        "\"abab\" like \"ab*ab\"",
      })
  void patternsMatch(String condition) {
    assertThat(Ask.eval(condition)).isEqualTo("true");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"a\" like \"\"",
        "\"abc\" like \"a\\*c\"",
        "\"abc\" like \"b*\"",
        "\"aba\" like \"ab*ba\"",
        "\"ab\" like \"ab*b\"",
        "\"A\" like \"a\"",
        "\"a?c\" like \"abc\"",
        "context.smile like \"a?b\"",
        "\"acb\" like \"*b*c*\"",
      })
  void patternsDoNotMatch(String condition) {
    assertThat(Ask.eval(condition)).isEqualTo("false");
  }
}
