package dev.remit.web.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.value.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

  @Test
  void textThatLooksLikeAnotherKindIsToldApart() {
    var rows =
        Arguments.rows(
            Value.object("a", "true", "b", true, "c", "", "d", Value.Null.NULL, "e", 7, "f", "7"));
    assertThat(rows)
        .extracting(Arguments.Row::kind)
        .containsExactly("text", "yes or no", "empty text", "nothing", "number", "text");
  }

  @Test
  void nothingIsCutFromALongText() {
    String text = "0123456789\n".repeat(100_000);
    var row = Arguments.rows(Value.object("script", text)).getFirst();
    assertThat(row.text()).isEqualTo(text);
    assertThat(row.isLong()).isTrue();
    assertThat(row.size()).isEqualTo("1,100,000 characters, 100,001 lines");
  }

  @Test
  void nestedValuesAreShownWhole() {
    var row =
        Arguments.rows(Value.object("list", List.of(Value.object("n\"", "a\nb"), List.of(), 1.5)))
            .getFirst();
    assertThat(row.text()).isEqualTo("[\n  {\n    \"n\\\"\": \"a\\nb\"\n  },\n  [],\n  1.5\n]");
  }

  @Test
  void namesAreLookedAtForHiddenCharactersToo() {
    assertThat(Arguments.texts(Value.object("na\u200Bme", List.of("x", Value.object("y", 1)))))
        .containsExactly("na\u200Bme", "x", "y");
  }
}
