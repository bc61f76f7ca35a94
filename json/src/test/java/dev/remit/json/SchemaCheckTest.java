package dev.remit.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.remit.core.value.Value;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaCheckTest {

  private static final String RESTART =
      """
      {"type":"object","required":["device"],"properties":{
        "device":{"type":"string","pattern":"^[0-9]+$","maxLength":10},
        "service":{"type":"string","enum":["Spooler","W32Time"]},
        "wait":{"type":"integer","minimum":0,"maximum":60},
        "tags":{"type":"array","maxItems":2,"items":{"type":"string"}},
        "options":{"type":"object","properties":{"force":{"type":"boolean"}}},
        "labels":{"type":"object","additionalProperties":{"type":"string"}},
        "steps":{"type":"array","items":{"type":"object","properties":{"do":{"type":"string"}}}}}}
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'device':'7'}",
        "{'device':'7','service':'Spooler','wait':60,'tags':['a','b']}",
        "{'device':'7','wait':1.0}",
        "{'device':'7','options':{'force':true},'labels':{'any':'text'},'steps':[{'do':'x'}]}",
      })
  void argumentsWithinTheSchemaFit(String arguments) {
    assertThat(objection(RESTART, arguments)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          {}                                            | argument `device` is missing
          {'device':7}                                  | argument `device` must be of type `string`
          {'device':null}                               | argument `device` must be of type `string`
          {'device':['7']}                              | argument `device` must be of type `string`
          {'device':'x'}                                | argument `device` must match `^[0-9]+$`
          {'device':'7\\n'}                             | argument `device` must match `^[0-9]+$`
          {'device':'7/../8'}                           | argument `device` must match `^[0-9]+$`
          {'device':'12345678901'}                      | argument `device` must have at most `10` characters
          {'device':'7','tenant':'x'}                   | argument `tenant` is not known to this tool; leave it out
          {'device':'7','Device':'8'}                   | argument `Device` is not known to this tool; leave it out
          {'device':'7','service':'spooler'}            | argument `service` must be one of `Spooler`, `W32Time`
          {'device':'7','wait':61}                      | argument `wait` must be at most `60`
          {'device':'7','wait':-1}                      | argument `wait` must be at least `0`
          {'device':'7','wait':1.5}                     | argument `wait` must be of type `integer`
          {'device':'7','wait':'1'}                     | argument `wait` must be of type `integer`
          {'device':'7','tags':['a','b','c']}           | argument `tags` must have at most `2` items
          {'device':'7','tags':['a',1]}                 | argument `tags[1]` must be of type `string`
          {'device':'7','options':{'force':true,'x':1}} | argument `options.x` is not known to this tool; leave it out
          {'device':'7','labels':{'a':1}}               | argument `labels.a` must be of type `string`
          {'device':'7','steps':[{'do':'x'},{'un':1}]}  | argument `steps[1].un` is not known to this tool; leave it out
          """)
  void argumentsOutsideTheSchemaAreRefusedInTheCallersWords(String arguments, String message) {
    assertThat(objection(RESTART, arguments)).hasValue(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'type':'object'}",
        "{'additionalProperties':true}",
        "{'type':'object','additionalProperties':{'type':'integer'}}",
        "{'properties':{'a':{}},'additionalProperties':true}",
        "{'properties':{'a':{}},'unevaluatedProperties':true}",
        "{'properties':{'a':{}},'patternProperties':{'^y':{}}}",
        "{'allOf':[{'properties':{'a':{}},'additionalProperties':true}]}",
        "{'anyOf':[{'properties':{'a':{}}},{'properties':{'b':{}}}]}",
        "{'$ref':'#/$defs/t','$defs':{'t':{'properties':{'a':{}},'additionalProperties':true}}}",
      })
  void aNameThatTheTopDoesNotListIsRefused(String schema) {
    assertThat(objection(schema, "{'x':1}"))
        .hasValue("argument `x` is not known to this tool; leave it out");
  }

  @Test
  void partsOfOnePlaceMayListDifferentNames() {
    String schema =
        """
        {"allOf":[{"properties":{"a":{"type":"integer"}}},{"$ref":"#/$defs/b"}],
         "properties":{"c":{"anyOf":[{"properties":{"d":{}}},{"type":"string"}]}},
         "$defs":{"b":{"properties":{"b":{"type":"integer"}}}}}
        """;
    assertThat(objection(schema, "{'a':1,'b':2,'c':{'d':1}}")).isEmpty();
    assertThat(objection(schema, "{'a':1,'b':2,'c':'text'}")).isEmpty();
    assertThat(objection(schema, "{'a':1,'b':'2'}")).isPresent();
    assertThat(objection(schema, "{'a':1,'b':2,'e':3}")).isPresent();
    assertThat(objection(schema, "{'c':{'d':1,'e':2}}")).isPresent();
  }

  @Test
  void closingNeverWidensWhatMustNotFit() {
    String schema =
        "{'properties':{'a':{'not':{'properties':{'b':{'const':1}},'required':['b']}}}}";
    assertThat(objection(schema, "{'a':{'b':1,'c':2}}")).isPresent();
    assertThat(objection(schema, "{'a':{'b':2,'c':2}}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'properties':{'a':{'$ref':'http://127.0.0.1:1/s.json'}}}",
        "{'$ref':'https://json-schema.org/draft/2020-12/schema'}",
        "{'properties':{'a':{'$ref':'classpath:x.json'}}}",
        "{'properties':{'a':{'$ref':'file:///etc/passwd'}}}",
        "{'properties':{'a':{'$ref':'other.json#/a'}}}",
        "{'properties':{'a':{'$dynamicRef':'http://127.0.0.1:1/#a'}}}",
        "{'properties':{'a':{'$id':'http://127.0.0.1:1/','$ref':'#/b'}}}",
        "{'properties':{'a':{'$ref':'#/$defs/none'}}}",
        "{'not':{'$ref':'http://127.0.0.1:1/s.json'}}",
        "{'$schema':'http://json-schema.org/draft-04/schema#'}",
        "{'$schema':'http://127.0.0.1:1/own'}",
        "{'$schema':7}",
        "{'properties':{'a':{'items':[{'type':'string'}]}}}",
        "{'dependencies':{'a':['b']}}",
        "{'properties':{'a':{'type':'strng'}}}",
        "{'properties':{'a':7}}",
        "{'properties':[]}",
        "{'required':'a'}",
        "{'properties':{'a':{'pattern':'('}}}",
        "{'patternProperties':{'(':{}}}",
        "{'properties':{'a':{'minimum':'1'}}}",
      })
  void aSchemaThatCannotBeCheckedFitsNothing(String schema) {
    assertThat(SchemaCheck.schemaProblem(obj(schema))).isPresent();
    assertThat(objection(schema, "{}"))
        .hasValueSatisfying(m -> assertThat(m).startsWith("this tool cannot be called: "));
  }

  @Test
  void schemasOfCommonDialectsAreUsable() {
    assertThat(
            objection(
                "{'$schema':'http://json-schema.org/draft-07/schema#','$id':'https://a.example/x',"
                    + "'properties':{'a':{'$ref':'#/definitions/s'}},"
                    + "'definitions':{'s':{'type':'string'}}}",
                "{'a':1}"))
        .hasValue("argument `a` must be of type `string`");
  }

  @Test
  void aSchemaThatRefersToItselfWithoutEndFitsNothing() {
    assertThat(objection("{'$ref':'#'}", "{}")).isPresent();
    assertThat(objection("{'allOf':[{'$ref':'#'}]}", "{}")).isPresent();
  }

  @Test
  void aTreeMayReferToItself() {
    String tree = "{'properties':{'child':{'$ref':'#'},'name':{'type':'string'}}}";
    assertThat(objection(tree, "{'child':{'child':{'name':'x'}}}")).isEmpty();
    assertThat(objection(tree, "{'child':{'child':{'name':1}}}")).isPresent();
    assertThat(objection(tree, "{'child':{'child':{'other':'x'}}}")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"^(a+)+$", "^(a|aa)+$", "^([a-z]*)*x$", "(.*)*!", "^(a|b|ab)*c$"})
  void hostileTextCannotMakeAPatternRunAway(String pattern) {
    var schema = Value.object("properties", Value.object("a", Value.object("pattern", pattern)));
    for (int length : new int[] {30, 5_000, 50_000}) {
      var arguments = Value.object("a", "a".repeat(length) + "!?");
      long start = System.nanoTime();
      assertThatCode(() -> new SchemaCheck().objection(Tools.with(schema), arguments))
          .doesNotThrowAnyException();
      assertThat(System.nanoTime() - start).isLessThan(30_000_000_000L);
    }
    assertThat(
            new SchemaCheck().objection(Tools.with(schema), Value.object("a", "a".repeat(50_000))))
        .isPresent();
  }

  @Test
  void patternsMeanWhatTheyMeanInEcmaScript() {
    assertThat(BoundedPattern.of("^a$").matches("a\n")).isFalse();
    assertThat(BoundedPattern.of("[$]").matches("$")).isTrue();
    assertThat(BoundedPattern.of("\\$").matches("$")).isTrue();
    assertThat(BoundedPattern.of("^[a-z&&[^b]]+$").matches("b]")).isTrue();
    assertThat(BoundedPattern.of("^[[]$").matches("[")).isTrue();
    assertThat(BoundedPattern.of("b").matches("abc")).isTrue();
  }

  @Test
  void largeAndDeepArgumentsAreRefused() {
    var schema = obj("{'properties':{'a':{}}}");
    var check = new SchemaCheck();
    Value deep = Value.of(1);
    for (int i = 0; i < 5_000; i++) {
      deep = new Value.Array(java.util.List.of(deep));
    }
    var wide = new Value.Array(java.util.Collections.nCopies(30_000, Value.of(1)));
    for (var hostile : new Value[] {deep, wide, Value.of("x".repeat(2_000_000))}) {
      assertThat(check.objection(Tools.with(schema), Value.object("a", hostile)))
          .hasValue("the arguments are too large or nested too deep");
    }
  }

  @Test
  void argumentsNestAsDeepAsEvidenceCanTellAndNoDeeper() {
    var schema = obj("{'properties':{'a':{}}}");
    var check = new SchemaCheck();
    Value deep = Value.of(1);
    for (int i = 0; i < 31; i++) {
      deep = new Value.Array(java.util.List.of(deep));
    }
    assertThat(check.objection(Tools.with(schema), Value.object("a", deep))).isEmpty();
    var deeper = Value.object("a", new Value.Array(java.util.List.of(deep)));
    assertThat(check.objection(Tools.with(schema), deeper)).isPresent();
  }

  @Test
  void argumentsThatMakeTheSchemaExplodeAreRefused() {
    var all = new java.util.ArrayList<Value>();
    for (int i = 0; i < 200; i++) {
      all.add(obj("{'items':{'type':'integer'}}"));
    }
    var schema = Value.object("properties", Value.object("a", Value.object("allOf", all)));
    var wide = new Value.Array(java.util.Collections.nCopies(10_000, Value.of(1)));
    assertThat(new SchemaCheck().objection(Tools.with(schema), Value.object("a", wide)))
        .hasValue("the arguments take too much work to check; send less at once");
  }

  @Test
  void aPinThatComesWithAnotherSchemaIsCheckedAgainstThatSchema() {
    var check = new SchemaCheck();
    var strict = Tools.with(obj("{'properties':{'a':{'type':'string'}}}"));
    var other = Tools.with(obj("{'properties':{'a':{'type':'integer'}}}"));
    assertThat(check.objection(strict, Value.object("a", "x"))).isEmpty();
    assertThat(check.objection(other, Value.object("a", "x"))).isPresent();
    assertThat(check.objection(strict, Value.object("a", "x"))).isEmpty();
  }

  @Test
  void aMessageShowsNoControlCharacters() {
    assertThat(
            new SchemaCheck()
                .objection(
                    Tools.with(obj("{}")), Value.object("a\u001b[31m`b" + "x".repeat(90), 1)))
        .hasValueSatisfying(m ->
            assertThat(m)
                .startsWith("argument `a\ufffd[31m'bxxx")
                .hasSizeLessThan(150)
                .doesNotContain("\u001b"));
  }

  private static Optional<String> objection(String schema, String arguments) {
    return new SchemaCheck().objection(Tools.with(obj(schema)), obj(arguments));
  }

  private static Value.Obj obj(String text) {
    return Json.parseObject(text.replace('\'', '"'));
  }
}
