package dev.remit.cedar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.remit.cedar.json.Reading;
import org.junit.jupiter.api.Test;

/** A set with one policy changed answers as one that was read whole. */
class ChangedSetTest {
  private static PolicySet set(String condition) {
    return PolicySet.read(json(condition).toString()).orThrow();
  }

  private static JsonNode json(String condition) {
    try {
      return Official.MAPPER.readTree(
          Official.json(
              "permit (principal, action, resource); forbid (principal, action, resource) when { "
                  + condition
                  + " };"));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  /** The one policy that forbids, with its id. */
  private static String forbidding(PolicySet set) {
    return set.decide(Ask.facts()).determining().getFirst();
  }

  @Test
  void whatIsLeftOutDecidesNoMore() {
    var whole = set("context.yes");
    assertThat(whole.decide(Ask.facts()).isAllowed()).isFalse();
    var less = whole.without(forbidding(whole));
    assertThat(less.size()).isEqualTo(1);
    assertThat(less.decide(Ask.facts()).isAllowed()).isTrue();
    assertThat(whole.size()).isEqualTo(2);
  }

  @Test
  void leavingOutWhatIsNotThereChangesNothing() {
    assertThat(set("context.yes").without("unheard-of").size()).isEqualTo(2);
  }

  @Test
  void whatIsReplacedSaysTheOther() {
    var whole = set("context.yes");
    var id = forbidding(whole);
    var other = json("context.n == 8").path("staticPolicies").path(id).toString();
    var changed = whole.with(id, other).orThrow();
    assertThat(changed.size()).isEqualTo(2);
    assertThat(changed.decide(Ask.facts())).isEqualTo(set("context.n == 8").decide(Ask.facts()));
    assertThat(changed.decide(Ask.facts()).isAllowed()).isTrue();
    assertThat(whole.decide(Ask.facts()).isAllowed()).isFalse();
  }

  @Test
  void whatCannotBeReadIsRefused() {
    var whole = set("context.yes");
    assertThat(whole.with(forbidding(whole), "{\"effect\": \"perhaps\"}"))
        .isInstanceOf(Reading.Refused.class);
    assertThat(whole.with(forbidding(whole), "not json")).isInstanceOf(Reading.Refused.class);
  }
}
