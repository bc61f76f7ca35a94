package dev.remit.cedar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.cedar.json.JsonReader;
import dev.remit.cedar.json.Reading;
import dev.remit.cedar.json.Reading.Refused;
import dev.remit.cedar.request.Entities;
import dev.remit.cedar.request.Facts;
import dev.remit.cedar.value.EntityUid;
import dev.remit.cedar.value.Failure;
import dev.remit.cedar.value.Value;
import dev.remit.cedar.value.ValueRecord;
import dev.remit.cedar.value.ValueSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileInputTest {
  private static final EntityUid ANN = new EntityUid("U", "ann");

  private static String set(String effect, String body) {
    return """
    {"staticPolicies": {"p": {"effect": "%s", "principal": {"op": "All"},
      "action": {"op": "All"}, "resource": {"op": "All"},
      "conditions": [{"kind": "when", "body": %s}]}}, "templates": {}, "templateLinks": []}
    """
        .formatted(effect, body);
  }

  private static void assertRefused(Reading<?> reading, String words) {
    assertThat(reading)
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.problem()).contains(words).doesNotContain("Exception"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[1,]",
        "{\"a\":1,}",
        "{\"a\":1,\"a\":2}",
        "{a:1}",
        "'a'",
        "01",
        "1.5",
        "1e3",
        "-",
        "9223372036854775808",
        "-9223372036854775809",
        "\"\\ud800\"",
        "\"\\udc00\\ud800\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u１２３４\"",
        "\"a\nb\"",
        "\"a",
        "nul",
        "true false",
        "[1 2]",
        "{\"a\" 1}",
        "{\"a\":}",
        "\"\\",
        "\u00a01",
        "NaN",
        "[",
        "]"
      })
  void textThatIsNoStrictJsonIsRefused(String text) {
    assertThat(Reading.of(() -> JsonReader.read(text))).isInstanceOf(Refused.class);
    assertThat(PolicySet.read(text)).isInstanceOf(Refused.class);
    assertThat(Entities.read(text)).isInstanceOf(Refused.class);
  }

  @Test
  void jsonOfAnyDepthCostsNoStack() {
    String deep = "[".repeat(90_000) + "]".repeat(90_000);
    assertThat(Reading.of(() -> JsonReader.read(deep))).isInstanceOf(Reading.Read.class);
    assertRefused(Reading.of(() -> JsonReader.read("[".repeat(200_000))), "too deeply");
    assertRefused(
        Entities.read(
            "[{\"uid\":{\"type\":\"U\",\"id\":\"\"},\"parents\":[],\"attrs\":{\"a\":"
                + deep
                + "}}]"),
        "nested more than 500 deep");
  }

  @Test
  void expressionsNestAsFarAsAStackBears() {
    assertThat(nested(400)).isInstanceOf(Reading.Read.class);
    assertRefused(nested(600), "nested more than 500 deep");
    assertRefused(nested(30_000), "nested more than 500 deep");
  }

  private static Reading<PolicySet> nested(int depth) {
    return PolicySet.read(
        set("permit", "{\"!\":{\"arg\":".repeat(depth) + "{\"Value\":true}" + "}}".repeat(depth)));
  }

  @Test
  void chainsMayBeOfAnyLength() {
    int length = 20_000;
    String left =
        "{\"&&\":{\"left\":".repeat(length)
            + "{\"Value\":true}"
            + ",\"right\":{\"Value\":true}}}".repeat(length);
    String right =
        "{\"||\":{\"left\":{\"Value\":false},\"right\":".repeat(length)
            + "{\"Value\":true}"
            + "}}".repeat(length);
    for (String chain : List.of(left, right)) {
      var policies = PolicySet.read(set("permit", chain)).orThrow();
      assertThat(policies.decide(Ask.facts()).isAllowed()).isTrue();
    }
  }

  @Test
  void valuesTooDeepToCompareAreAFailureAndNoCrash() {
    Value deep = new Value.Int(1);
    Value twin = new Value.Int(1);
    for (int i = 0; i < 1_000_000; i++) {
      deep = ValueSet.of(List.of(deep));
      twin = ValueSet.of(List.of(twin));
    }
    var context = ValueRecord.of(2).put("a", deep).put("b", twin).build();
    var policies =
        PolicySet.read(
                Official.json(
                    "permit (principal, action, resource) when { context.a == context.b };"))
            .orThrow();
    var answer = policies.decide(new Facts(ANN, ANN, ANN, context, Entities.NONE));
    assertThat(answer.isAllowed()).isFalse();
    assertThat(answer.failures())
        .singleElement()
        .satisfies(failure -> assertThat(failure.failure().kind()).isEqualTo(Failure.Kind.DEPTH));
  }

  @Test
  void aPatternOfManyWildcardsEndsSoon() {
    String pattern = "*a".repeat(2_000) + "b";
    var context = ValueRecord.of(1).put("t", new Value.Text("a".repeat(200_000))).build();
    var policies =
        PolicySet.read(
                Official.json(
                    "permit (principal, action, resource) when { context.t like \""
                        + pattern
                        + "\" };"))
            .orThrow();
    assertThat(policies.decide(new Facts(ANN, ANN, ANN, context, Entities.NONE)).isAllowed())
        .isFalse();
  }

  @Test
  void namesThatHashAlikeDoNotMakeSetsSlow() {
    var names = new java.util.ArrayList<String>();
    names.add("");
    for (int i = 0; i < 14; i++) {
      var longer = new java.util.ArrayList<String>();
      names.forEach(name -> longer.addAll(List.of(name + "Aa", name + "BB")));
      names.clear();
      names.addAll(longer);
    }
    assertThat(names.stream().map(String::hashCode).distinct()).hasSize(1);
    var set = ValueSet.ofTexts(names);
    assertThat(set.size()).isEqualTo(1 << 14);
    assertThat(set.containsAll(ValueSet.ofTexts(names))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"Value\":null}",
        "{\"Value\":1,\"Var\":\"context\"}",
        "{\"Var\":\"nobody\"}",
        "{\"Slot\":\"?principal\"}",
        "{\"unknown\":[{\"Value\":\"x\"}]}",
        "{\"==\":{\"left\":{\"Value\":1}}}",
        "{\"==\":{\"left\":{\"Value\":1},\"right\":{\"Value\":1},\"more\":1}}",
        "{\"is\":{\"left\":{\"Var\":\"principal\"},\"entity_type\":\"no type\"}}",
        "{\"like\":{\"left\":{\"Value\":\"\"},\"pattern\":[\"Any\"]}}",
        "{\"like\":{\"left\":{\"Value\":\"\"},\"pattern\":[1]}}",
        "{\"Value\":{\"__expr\":\"1\"}}",
        "{\"Value\":{\"__extn\":{\"fn\":\"ip\",\"arg\":\"x\"}}}",
        "{\"Value\":{\"__extn\":{\"fn\":\"eval\",\"arg\":\"x\"}}}",
        "{\"Value\":{\"__entity\":{\"type\":\"a b\",\"id\":\"\"}}}",
        "[]",
        "1"
      })
  void whatIsNoExpressionIsRefusedWithThePolicysName(String body) {
    assertRefused(PolicySet.read(set("permit", body)), "policy `p`: ");
  }

  @Test
  void otherFormsOfPolicySetsAreRefused() {
    assertRefused(PolicySet.read("[]"), "an object");
    assertRefused(PolicySet.read("{\"staticPolicies\":{\"p\":{}}}"), "`effect` is missing");
    assertRefused(PolicySet.read(set("allow", "{\"Value\":true}")), "effect `allow` is unknown");
    assertRefused(
        PolicySet.read(
            "{\"templateLinks\":[{\"templateId\":\"t\",\"newId\":\"l\",\"values\":{}}]}"),
        "names no template");
    assertRefused(
        PolicySet.read(set("permit", "{\"Value\":true}").replaceFirst("All", "near")),
        "operator `near` is unknown");
  }

  @Test
  void entitiesThatContradictThemselvesAreRefused() {
    String one = "{\"uid\":{\"type\":\"U\",\"id\":\"1\"},\"attrs\":{%s},\"parents\":[%s]}";
    assertRefused(
        Entities.read("[" + one.formatted("", "{\"type\":\"U\",\"id\":\"1\"}") + "]"),
        "above itself");
    assertRefused(
        Entities.read("[" + one.formatted("", "") + "," + one.formatted("\"a\":1", "") + "]"),
        "there twice");
    assertRefused(Entities.read("[" + one.formatted("\"a\":null", "") + "]"), "null is no value");
    assertRefused(
        Entities.read("[{\"uid\":{\"type\":\"U\",\"id\":\"1\"},\"attrs\":{}}]"),
        "`parents` is missing");
    assertRefused(
        Entities.read(
            "[{\"uid\":{\"type\":\"Action\",\"id\":\"1\"},\"attrs\":{},\"parents\":[{\"type\":\"U\",\"id\":\"1\"}]}]"),
        "must be an action");
    assertThat(Entities.read("[" + one.formatted("", "") + "," + one.formatted("", "") + "]"))
        .isInstanceOf(Reading.Read.class);
  }

  @Test
  void aHierarchyOfAnyDepthIsClosedWithoutRecursion() {
    var json = new StringBuilder("[");
    for (int i = 0; i < 2_000; i++) {
      json.append(i == 0 ? "" : ",")
          .append("{\"uid\":{\"type\":\"U\",\"id\":\"" + i + "\"},\"attrs\":{},\"parents\":[")
          .append("{\"type\":\"U\",\"id\":\"" + (i + 1) + "\"}]}");
    }
    var entities = Entities.read(json.append("]").toString()).orThrow();
    var bottom = new EntityUid("U", "0");
    var facts = new Facts(bottom, ANN, ANN, ValueRecord.EMPTY, entities);
    assertThat(facts.isIn(bottom, new EntityUid("U", "2000"))).isTrue();
    assertThat(facts.isIn(bottom, new EntityUid("U", "2001"))).isFalse();
  }

  @Test
  void brokenTextNeverThrowsWhateverIsChangedInItOfSeed11() {
    var random = new Random(11);
    var cases = new Cases(new Random(11));
    for (int i = 0; i < 2_000; i++) {
      var request = cases.next();
      var policies = PolicySet.read(mutated(random, Cases.policies(request).toString()));
      var entities = Entities.read(mutated(random, request.path("entities").toString()));
      if (policies instanceof Reading.Read<PolicySet>(PolicySet set)
          && entities instanceof Reading.Read<Entities>(Entities known)) {
        assertThat(set.decide(new Facts(ANN, ANN, ANN, ValueRecord.EMPTY, known))).isNotNull();
      }
    }
  }

  private static String mutated(Random random, String text) {
    var changed = new StringBuilder(text);
    int at = random.nextInt(text.length());
    switch (random.nextInt(4)) {
      case 0 -> changed.deleteCharAt(at);
      case 1 -> changed.insert(at, "{}[]\",:0".charAt(random.nextInt(8)));
      case 2 -> changed.setCharAt(at, (char) random.nextInt(128));
      default -> changed.delete(at, Math.min(text.length(), at + random.nextInt(20)));
    }
    return changed.toString();
  }
}
