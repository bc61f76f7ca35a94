package dev.remit.connectors.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.value.InvalidValueException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandLineTest {
  /** What a real shell makes of the line: each word, ended by NUL. */
  private static List<String> words(String shell, List<String> words) throws IOException {
    var all = new ArrayList<>(List.of("/usr/bin/printf", "%s\\0"));
    all.addAll(words);
    var process =
        new ProcessBuilder(shell, "-c", CommandLine.of(all)).redirectErrorStream(true).start();
    var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return List.of(text.split("\0", -1)).subList(0, words.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/sh", "/bin/bash"})
  void everyCharacterOfEveryWidthComesOutOfAShellAsItWentIn(String shell) throws IOException {
    var singles =
        IntStream.concat(IntStream.range(1, 0x250), IntStream.of(0x2028, 0xFEFF, 0x1F600, 0x10FFFF))
            .mapToObj(Character::toString)
            .toList();
    assertThat(words(shell, singles)).isEqualTo(singles);
    var together = List.of(String.join("", singles), String.join("'", singles));
    assertThat(words(shell, together)).isEqualTo(together);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'; id; '",
        "'\\''; id; '\\''",
        "$(id)",
        "`id`",
        "${IFS}",
        "a\nid\n",
        "a\r\nid",
        "\\",
        "\\'",
        "'",
        "''",
        "'''",
        "",
        " ",
        "*",
        "~root",
        "!!",
        "#",
        "&",
        "| id",
        "> /tmp/x",
        "--",
        "-e",
        "%s%n",
        "\u001b[2J",
        "$'\\x27'",
        "\"$(id)\"",
        "a=b",
        "{a,b}",
        "'\"'\"'"
      })
  void hostileCase28NothingInAWordReachesTheShell(String word) throws IOException {
    for (String shell : List.of("/bin/sh", "/bin/bash")) {
      assertThat(words(shell, List.of("before", word, "after")))
          .containsExactly("before", word, "after");
    }
  }

  @Test
  void randomTextOfHostileCharactersComesOutAsItWentIn() throws IOException {
    var random = new Random(20260101);
    var alphabet = "'\"\\$`(){}[]<>|&;*?!#~ \n\t\r=%@^a-é\u0001\u007f";
    var all =
        IntStream.range(0, 400)
            .mapToObj(i ->
                random
                    .ints(random.nextInt(40), 0, alphabet.length())
                    .mapToObj(at -> String.valueOf(alphabet.charAt(at)))
                    .collect(Collectors.joining()))
            .toList();
    assertThat(words("/bin/sh", all)).isEqualTo(all);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\0b", "\0", "\ud800", "a\udc00"})
  void whatNoArgumentCanHoldIsRefused(String word) {
    assertThatThrownBy(() -> CommandLine.of(List.of("/bin/true", word)))
        .isInstanceOf(InvalidValueException.class);
  }

  @Test
  void aLineThatNoHostWouldTakeIsRefused() {
    assertThatThrownBy(() -> CommandLine.of(List.of("/bin/true", "x".repeat(40_000))))
        .isInstanceOf(InvalidValueException.class);
  }
}
