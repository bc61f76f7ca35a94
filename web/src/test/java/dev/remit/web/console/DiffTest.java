package dev.remit.web.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.web.console.Diff.Mark;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DiffTest {

  @Test
  void whatStaysStays() {
    var diff = Diff.of("a\nb\nc", "a\nx\nc");
    assertThat(diff.lines())
        .extracting(Diff.Line::mark)
        .containsExactly(Mark.SAME, Mark.REMOVED, Mark.ADDED, Mark.SAME);
    assertThat(diff.added()).isEqualTo(1);
    assertThat(diff.removed()).isEqualTo(1);
  }

  @Test
  void aLineWithATrailingSpaceIsAnotherLine() {
    assertThat(Diff.of("a", "a ").added()).isEqualTo(1);
  }

  @Test
  void aLineEndAtTheEndIsSeen() {
    assertThat(Diff.of("a", "a\n").added()).isEqualTo(1);
  }

  @Test
  void oldAndNewCanBeReadOffAnyDifference() {
    var random = new SplittableRandom(20260302);
    for (int round = 0; round < 500; round++) {
      String before = text(random);
      String after = text(random);
      var diff = Diff.of(before, after);
      assertThat(without(diff, Mark.ADDED)).as("seed 20260302 round %s", round).isEqualTo(before);
      assertThat(without(diff, Mark.REMOVED)).as("seed 20260302 round %s", round).isEqualTo(after);
    }
  }

  @Test
  void textsThatDifferInEverythingTakeBoundedWork() {
    String before = lines("old ", 60_000);
    String after = lines("new ", 60_000);
    var diff = Diff.of(before, after);
    assertThat(diff.removed()).isEqualTo(60_000);
    assertThat(without(diff, Mark.REMOVED)).isEqualTo(after);
  }

  private static String lines(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i).collect(Collectors.joining("\n"));
  }

  private static String text(SplittableRandom random) {
    return IntStream.range(0, random.nextInt(1, 12))
        .mapToObj(ignored -> "line " + random.nextInt(4))
        .collect(Collectors.joining("\n"));
  }

  private static String without(Diff diff, Mark mark) {
    return diff.lines().stream()
        .filter(line -> line.mark() != mark)
        .map(Diff.Line::text)
        .collect(Collectors.joining("\n"));
  }
}
