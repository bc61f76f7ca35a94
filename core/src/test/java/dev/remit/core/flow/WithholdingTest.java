package dev.remit.core.flow;

import static dev.remit.core.tenant.DataClass.BUSINESS;
import static dev.remit.core.tenant.DataClass.OPERATIONAL;
import static dev.remit.core.tenant.DataClass.PERSONAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.tenant.DataClass;
import dev.remit.core.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WithholdingTest {
  private static final Value.Obj STRUCTURED =
      Value.object(
          "items",
          List.of(
              Value.object("name", "spooler", "user", "anna"),
              Value.object("name", "dns", "user", "bert")),
          "total",
          2);

  private static Value.Obj result(Value structured) {
    return Value.object(
        "content",
        List.of(Value.object("type", "text", "text", "everything: anna, bert")),
        "structuredContent",
        structured);
  }

  private static Withholding.Rest rest(Map<String, DataClass> classes, DataClass... released) {
    return Withholding.of(result(STRUCTURED), classes, Set.of(released));
  }

  @Test
  void whatHasNoClassIsWithheld() {
    var rest = rest(Map.of("/total", OPERATIONAL), OPERATIONAL, BUSINESS, PERSONAL);
    assertThat(rest.result().object("structuredContent")).contains(Value.object("total", 2));
    assertThat(rest.result().toString()).doesNotContain("anna").doesNotContain("spooler");
    assertThat(rest(Map.of(), OPERATIONAL).result().object("structuredContent"))
        .contains(Value.Obj.EMPTY);
  }

  @Test
  void theLongestPointerSaysTheClass() {
    var classes = Map.of("", OPERATIONAL, "/items/*/user", PERSONAL);
    var rest = rest(classes, OPERATIONAL);
    assertThat(rest.result().toString()).contains("spooler").doesNotContain("anna");
    assertThat(rest.withheld())
        .isEqualTo(
            Value.object(
                "classes",
                Value.object("personal", 2),
                "fields",
                Value.texts(List.of("/items/*/user"))));
    var narrow = Map.of("", PERSONAL, "/items/*/name", OPERATIONAL);
    assertThat(rest(narrow, OPERATIONAL).result().toString())
        .contains("spooler")
        .doesNotContain("anna");
  }

  @Test
  void nothingReleasedMeansNothing() {
    var rest = rest(Map.of("", OPERATIONAL));
    assertThat(rest.result().toString()).doesNotContain("spooler").doesNotContain("anna");
    assertThat(rest.withheld().isEmpty()).isFalse();
  }

  @Test
  void allReleasedIsToldAsItCame() {
    var whole = rest(Map.of("", OPERATIONAL), OPERATIONAL);
    assertThat(whole.result()).isEqualTo(result(STRUCTURED));
    assertThat(whole.withheld().isEmpty()).isTrue();
  }

  @Test
  void wordsBesideTheFieldsPassOnlyWithTheWhole() {
    var fields = Map.of("/items", OPERATIONAL, "/total", OPERATIONAL);
    var rest = rest(fields, OPERATIONAL);
    assertThat(rest.withheld().isEmpty()).isTrue();
    assertThat(rest.result().items("content").toString()).doesNotContain("everything");
    var words = Value.object("content", List.of(Value.object("type", "text", "text", "SECRET")));
    assertThat(Withholding.of(words, Map.of("/a", OPERATIONAL), Set.of(OPERATIONAL)).result())
        .asString()
        .doesNotContain("SECRET");
    assertThat(Withholding.of(words, Map.of("", OPERATIONAL), Set.of(OPERATIONAL)).result())
        .isEqualTo(words);
  }

  @Test
  void namesThatTheVendorChoseGoOnlyWithSomethingBelowThem() {
    var byPerson =
        Value.object(
            "users",
            Value.object(
                "anna@harbor.example",
                Value.object("name", "Anna"),
                "bert@harbor.example",
                Value.Obj.EMPTY),
            "total",
            2);
    var classes = Map.of("/users/*/name", PERSONAL, "/total", OPERATIONAL);
    var rest = Withholding.of(result(byPerson), classes, Set.of(OPERATIONAL));
    assertThat(rest.result().object("structuredContent")).contains(Value.object("total", 2));
    assertThat(rest.result().toString()).doesNotContain("harbor.example");
    assertThat(rest.withheld().toString()).doesNotContain("harbor.example");
    var released = Withholding.of(result(byPerson), Map.of("", OPERATIONAL), Set.of(OPERATIONAL));
    assertThat(released.result()).isEqualTo(result(byPerson));
  }

  @Test
  void ofTwoPointersThatLeadAsFarTheOneThatWithholdsCounts() {
    var structured = Value.object("a", Value.object("name", "anna"));
    for (var other : List.of("/*/name", "/a/*")) {
      for (var classes :
          List.of(
              Map.of("/a/name", OPERATIONAL, other, PERSONAL),
              Map.of("/a/name", PERSONAL, other, OPERATIONAL))) {
        var rest = Withholding.of(result(structured), classes, Set.of(OPERATIONAL));
        assertThat(rest.result().toString()).as(classes.toString()).doesNotContain("anna");
      }
    }
  }
}
