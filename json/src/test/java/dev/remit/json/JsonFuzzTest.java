package dev.remit.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any bytes give a value or the one exception, and a value survives its canonical form. */
class JsonFuzzTest {

  private static final String[] PIECES = {
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"a\"",
    "\"b\"",
    "\"\\ud800\"",
    "\"\\u0061\"",
    "1",
    "-",
    "0",
    "1e5",
    ".5",
    "1e400",
    "9007199254740993",
    "5e-324",
    "1e-7",
    "true",
    "false",
    "null",
    "NaN",
    " ",
    "\n",
    "\"",
    "\\",
    "\u0000",
    "\ufeff",
    "ä",
    "😀",
    "//",
    "/*",
    "0.1",
    "123456789.123",
    "e",
    "E+"
  };

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 20260728, -7})
  void randomBytesGiveAValueOrARefusal(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 4_000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      assertValueOrRefusal(bytes);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 20260728, -7})
  void shuffledTokensGiveAValueOrARefusal(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 8_000; i++) {
      var text = new StringBuilder();
      for (int n = random.nextInt(12); n >= 0; n--) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      assertValueOrRefusal(text.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 20260728, -7})
  void aDamagedTextGivesAValueOrARefusal(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = Json.bytes(RandomValues.next(random, 4));
      if (bytes.length > 0) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }
      assertValueOrRefusal(bytes);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 20260728, -7})
  void aValueSurvivesItsCanonicalFormAndItsPlainText(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      var value = RandomValues.next(random, 5);
      assertThat(Json.parse(CanonicalJson.bytes(value))).isEqualTo(value);
      assertThat(Json.parse(Json.text(value))).isEqualTo(value);
    }
  }

  private static void assertValueOrRefusal(byte[] bytes) {
    Value value;
    try {
      value = Json.parse(bytes);
    } catch (InvalidValueException refused) {
      assertThatThrownBy(() -> Json.parse(bytes)).hasMessage(refused.getMessage());
      return;
    }
    assertThat(Json.parse(CanonicalJson.bytes(value))).isEqualTo(value);
  }
}
