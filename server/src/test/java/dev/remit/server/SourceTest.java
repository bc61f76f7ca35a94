package dev.remit.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The limits of the house style, read off the sources. */
class SourceTest {

  private static final int FILE_LINES = 400;
  private static final int METHOD_LINES = 60;
  private static final Path ROOT = Path.of(System.getProperty("remit.root", ".."));

  /**
   * A line that begins a method or constructor as the formatter lays it out: two spaces, a brace
   * last.
   */
  private static final Pattern METHOD_END = Pattern.compile("^ {2}\\}$");

  private static final Pattern FORBIDDEN_NAME =
      Pattern.compile(".*(Impl|Manager|Helper|Helpers|Util|Utils)\\.java");

  @Test
  void noFileIsLongerThanItsLimit() {
    assertThat(sources().filter(file -> lines(file).size() > FILE_LINES)).isEmpty();
    assertThat(sources()).hasSizeGreaterThan(100);
  }

  @Test
  void noMethodIsLongerThanItsLimit() {
    assertThat(sources().flatMap(file -> longMethods(file).stream())).isEmpty();
  }

  @Test
  void everyPackageTellsItsPlace() {
    assertThat(
            sources()
                .filter(file -> file.toString().contains("/src/main/java/"))
                .map(Path::getParent)
                .distinct()
                .filter(folder -> !Files.exists(folder.resolve("package-info.java"))))
        .isEmpty();
  }

  @Test
  void noTypeHidesBehindAnEmptyName() {
    assertThat(sources().filter(file -> FORBIDDEN_NAME.matcher(file.toString()).matches()))
        .isEmpty();
  }

  @Test
  void nothingDependsOnTheLab() {
    assertThat(
            sources()
                .filter(file -> !file.startsWith(ROOT.resolve("lab")))
                .filter(file ->
                    lines(file).stream().anyMatch(line -> line.startsWith("import dev.remit.lab"))))
        .isEmpty();
    assertThat(
            sources()
                .filter(file -> file.startsWith(ROOT.resolve("lab")))
                .filter(file ->
                    lines(file).stream()
                        .anyMatch(line ->
                            line.matches("import (static )?dev\\.remit\\..*")
                                && !line.contains("dev.remit.lab"))))
        .isEmpty();
  }

  @Test
  void sqlAsksNobodyForTheTime() throws IOException {
    try (var files = Files.walk(ROOT.resolve("postgres/src/main/resources"))) {
      assertThat(
              files
                  .filter(file -> file.toString().endsWith(".sql"))
                  .flatMap(file -> lines(file).stream())
                  .filter(line -> !line.strip().startsWith("--"))
                  .filter(line ->
                      line.matches("(?i).*\\b(now\\(\\)|current_timestamp|clock_timestamp).*")))
          .isEmpty();
    }
  }

  private static List<String> longMethods(Path file) {
    var found = new ArrayList<String>();
    var lines = lines(file);
    int begun = -1;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      boolean isMember =
          line.matches("^ {2}[^ }/*@].*")
              && !line.matches("^ {2}.*\\b(class|record|interface|enum)\\b.*\\{$");
      if (isMember && begun < 0) {
        begun = i;
      }
      // A field with a long value is no method.
      boolean isField = begun >= 0 && lines.get(begun).endsWith("=");
      if (line.endsWith(";") && (isField || line.matches("^ {2}[^ ].*"))) {
        begun = -1;
      }
      if (METHOD_END.matcher(line).matches()) {
        if (begun >= 0 && i - begun + 1 > METHOD_LINES) {
          found.add(file + ":" + (begun + 1) + " has " + (i - begun + 1) + " lines");
        }
        begun = -1;
      }
    }
    return found;
  }

  private static Stream<Path> sources() {
    try (var modules = Files.list(ROOT)) {
      return modules
          .filter(module -> Files.isDirectory(module.resolve("src")))
          .flatMap(module -> walk(module.resolve("src")))
          .filter(file -> file.toString().endsWith(".java"))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> walk(Path folder) {
    try (var files = Files.walk(folder)) {
      return files.toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
