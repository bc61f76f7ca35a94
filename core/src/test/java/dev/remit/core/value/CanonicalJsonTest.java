package dev.remit.core.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {

  @Test
  void membersAreSortedByCodeUnit() {
    var value = Value.object("b", 1, "a", List.of(true, "x"), "\u20ac", Value.Null.NULL, "\r", 0);
    assertThat(CanonicalJson.text(value))
        .isEqualTo("{\"\\r\":0,\"a\":[true,\"x\"],\"b\":1,\"\u20ac\":null}");
  }

  @Test
  void numbersPrintAsEcmaScriptDoes() {
    assertThat(CanonicalJson.ecmaScript(Double.parseDouble("333333333.33333329")))
        .isEqualTo("333333333.3333333");
    assertThat(CanonicalJson.ecmaScript(1E30)).isEqualTo("1e+30");
    assertThat(CanonicalJson.ecmaScript(4.50)).isEqualTo("4.5");
    assertThat(CanonicalJson.ecmaScript(2e-3)).isEqualTo("0.002");
    assertThat(CanonicalJson.ecmaScript(1e-27)).isEqualTo("1e-27");
    assertThat(CanonicalJson.ecmaScript(-Double.MIN_VALUE)).isEqualTo("-5e-324");
    assertThat(CanonicalJson.ecmaScript(1e21)).isEqualTo("1e+21");
    assertThat(CanonicalJson.ecmaScript(Double.parseDouble("295147905179352830000.0")))
        .isEqualTo("295147905179352830000");
    assertThat(CanonicalJson.ecmaScript(1.5e-7)).isEqualTo("1.5e-7");
  }

  @Test
  void integersBeyondTwoToThe53AreRefused() {
    assertThatThrownBy(() -> Value.of(9007199254740993L)).isInstanceOf(InvalidValueException.class);
    assertThatThrownBy(() -> Value.of(Long.MIN_VALUE)).isInstanceOf(InvalidValueException.class);
  }

  @Test
  void unpairedSurrogatesAreRefused() {
    assertThatThrownBy(() -> Value.of("\ud800")).isInstanceOf(InvalidValueException.class);
    assertThatThrownBy(() -> Value.object("\udc00", 1)).isInstanceOf(InvalidValueException.class);
  }
}
