package dev.remit.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @Test
  void aTextBecomesAValueAndTheSameTextAgain() {
    String text = "{\"b\":[1,-2.5,true,null,\"ä\\n\"],\"a\":{},\"c\":[]}";
    var value = Json.parse(text);
    assertThat(value)
        .isEqualTo(
            Value.object(
                "a", Value.Obj.EMPTY,
                "b", List.of(1, -2.5, true, Value.Null.NULL, "ä\n"),
                "c", List.of()));
    assertThat(Json.text(value)).isEqualTo(text);
    assertThat(Json.parse(Json.bytes(value))).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "1.0, 1",
    "-0, 0",
    "-0.0, 0",
    "1e3, 1000",
    "9007199254740991, 9007199254740991",
    "-9007199254740991.0, -9007199254740991",
    "0.1, 0.1",
    "0.30000000000000004, 0.30000000000000004",
    "1.5e-7, 1.5e-7",
    "5e-324, 5e-324",
    "0.0e999999999, 0",
    "0.10000000000000000000, 0.1",
    "0.500000000000000000000000000000, 0.5",
  })
  void aNumberThatADoubleCarriesIsKept(String text, String canonical) {
    assertThat(CanonicalJson.text(Json.parse(text))).isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9007199254740992",
        "9007199254740993",
        "-9007199254740992",
        "9007199254740993.0",
        "9007199254740990.5",
        "1e400",
        "-1e400",
        "1e308",
        "1e16",
        "1e-400",
        "1e-99999999999",
        "1e99999999999",
        "0.1000000000000000055511151231257827",
        "3.14159265358979323846",
        "00000000000000000000",
        "123456789012345678901234567890"
      })
  void aNumberThatWouldBeRoundedOrReadDifferentlyIsRefused(String text) {
    assertRefused(text);
  }

  @Test
  void aVeryLongNumberIsRefusedWithoutReadingItAll() {
    assertRefused("1".repeat(1_000_000));
    assertRefused("0." + "1".repeat(1_000_000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[",
        "[1,]",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "[1 2]",
        "{\"a\" 1}",
        "{1:2}",
        "nul",
        "True",
        "NaN",
        "Infinity",
        "-Infinity",
        "+1",
        "01",
        "1.",
        ".5",
        "0x10",
        "1_000",
        "\"a",
        "\"\t\"",
        "\"\\x\"",
        "\"\\u12\"",
        "// x\n1",
        "/* x */1",
        "1 2",
        "{}{}",
        "[]]",
        "{}}",
        "{}\u0000",
        "\u0000",
        "]",
        "}",
        ",",
        ":",
        "\u00a01",
        "#1",
        "undefined",
        "{\"a\":}",
        "[,1]"
      })
  void whatIsNotJsonIsRefused(String text) {
    assertRefused(text);
  }

  @Test
  void hostileCaseDuplicateNamesAreRefusedAtEveryLevelHoweverTheyAreSpelt() {
    assertThatThrownBy(() -> Json.parse("{\"tenant\":1,\"tenant\":2}"))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage("duplicate name `tenant` in one object");
    assertRefused("[{\"x\":{\"a\":1,\"b\":2,\"a\":1}}]");
    assertRefused("{\"a\":1,\"\\u0061\":2}");
  }

  @Test
  void nestingIsBounded() {
    assertThat(Json.parse("[".repeat(64) + "]".repeat(64))).isInstanceOf(Value.Array.class);
    assertRefused("[".repeat(65) + "]".repeat(65));
    assertRefused("{\"a\":".repeat(65) + "1" + "}".repeat(65));
    assertRefused("[".repeat(1_000_000));
  }

  @Test
  void sizeIsBounded() {
    assertRefused("\"" + "x".repeat(Json.MAX_BYTES) + "\"");
    assertThatThrownBy(() -> Json.parse(new byte[Json.MAX_BYTES + 1]))
        .isInstanceOf(InvalidValueException.class);
    assertRefused("{\"" + "x".repeat(100_000) + "\":1}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\\ud800\"",
        "\"\\udc00\"",
        "\"\\udc00\\ud800\"",
        "\"\\ud800x\"",
        "{\"\\ud800\":1}"
      })
  void unpairedSurrogatesAreRefused(String text) {
    assertRefused(text);
  }

  @Test
  void pairedSurrogatesAreOneCharacter() {
    assertThat(Json.parse("\"\\ud83d\\ude00\"")).isEqualTo(Value.of("😀"));
  }

  @Test
  void invalidUtf8IsRefused() {
    byte[][] hostile = {
      {'"', (byte) 0xff, '"'},
      {'"', (byte) 0xc0, (byte) 0x80, '"'}, // overlong
      {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'}, // an encoded surrogate
      {'"', (byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80, '"'}, // beyond U+10FFFF
      {'"', (byte) 0xe2, (byte) 0x82, '"'},
      {(byte) 0xe2},
    };
    for (byte[] bytes : hostile) {
      assertThatThrownBy(() -> Json.parse(bytes)).isInstanceOf(InvalidValueException.class);
    }
  }

  @Test
  void otherEncodingsAndByteOrderMarksAreRefused() {
    for (var charset : List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE)) {
      assertThatThrownBy(() -> Json.parse("{\"a\":1}".getBytes(charset)))
          .isInstanceOf(InvalidValueException.class);
    }
    assertRefused("\ufeff{}");
    assertThatThrownBy(() -> Json.parse("\ufeff{}".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(InvalidValueException.class);
  }

  @Test
  void anObjectIsRequiredWhereOneIsAskedFor() {
    assertThat(Json.parseObject("{\"a\":1}")).isEqualTo(Value.object("a", 1));
    assertThatThrownBy(() -> Json.parseObject("[1]")).isInstanceOf(InvalidValueException.class);
    assertThatThrownBy(() -> Json.parseObject("null".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(InvalidValueException.class);
  }

  @Test
  void aMessageSaysWhereAndNamesNoCode() {
    assertThatThrownBy(() -> Json.parse("{\"a\":\n  tru}"))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageStartingWith("not a JSON text at line 2, column ");
    assertThatThrownBy(() -> Json.parse("{\"a\\u0007`b\":1,\"a\\u0007`b\":1}"))
        .hasMessage("duplicate name `a\ufffd'b` in one object");
  }

  private static void assertRefused(String text) {
    assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(InvalidValueException.class);
    assertThatThrownBy(() -> Json.parse(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(InvalidValueException.class)
        .message()
        .hasSizeLessThan(200)
        .doesNotContain("Exception", "jackson", "java");
  }
}
