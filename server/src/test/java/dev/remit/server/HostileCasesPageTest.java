package dev.remit.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of hostile cases names every case, and only tests that are there. */
class HostileCasesPageTest {

  private static final Path ROOT = Path.of(System.getProperty("remit.root", ".."));
  private static final Path PAGE = ROOT.resolve("docs/reference/hostile-cases.md");
  private static final int CASES = 35;
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| (\\d+) \\| (.+) \\| (.+) \\| (.+) \\|$");
  private static final Pattern NAMED = Pattern.compile("`(\\w+)#(\\w+)`");

  private static String page() {
    try {
      return Files.readString(PAGE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Texts of test sources by the name of their class; contracts are among the sources. */
  private static Map<String, List<String>> sources() {
    try (var modules = Files.list(ROOT)) {
      return modules
          .flatMap(module -> Stream.of("src/test/java", "src/main/java").map(module::resolve))
          .filter(Files::isDirectory)
          .flatMap(HostileCasesPageTest::files)
          .filter(file -> file.toString().matches(".*(Test|Contract)\\.java"))
          .collect(
              Collectors.groupingBy(
                  file -> file.getFileName().toString().replace(".java", ""),
                  Collectors.mapping(HostileCasesPageTest::read, Collectors.toList())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> files(Path folder) {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyCaseHasItsRowInOrder() {
    assertThat(ROW.matcher(page()).results().map(row -> Integer.valueOf(row.group(1))))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, CASES).boxed().toList());
  }

  @Test
  void aRowNamesTestsOrSaysNotYet() {
    assertThat(ROW.matcher(page()).results().map(row -> row.group(4)))
        .allMatch(tests -> tests.equals("not yet") || NAMED.matcher(tests).find());
  }

  @Test
  void everyTestThatIsNamedIsThere() {
    var sources = sources();
    var named = NAMED.matcher(page()).results().toList();
    assertThat(named).hasSizeGreaterThan(60);
    assertThat(named.stream().filter(test -> !isThere(test, sources)).map(MatchResult::group))
        .isEmpty();
  }

  private static boolean isThere(MatchResult test, Map<String, List<String>> sources) {
    return sources.getOrDefault(test.group(1), List.of()).stream()
        .anyMatch(text -> text.contains(" void " + test.group(2) + "("));
  }

  @Test
  void everyNumberedTestIsOfACaseOfThePage() {
    var numbers =
        sources().values().stream()
            .flatMap(List::stream)
            .flatMap(text ->
                Pattern.compile(" void hostileCase(\\d\\d)")
                    .matcher(text)
                    .results()
                    .map(found -> Integer.valueOf(found.group(1))))
            .distinct();
    assertThat(numbers).allMatch(number -> number >= 1 && number <= CASES);
  }
}
