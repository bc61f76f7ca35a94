package dev.remit.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.EntryFields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What documents say about tests and entries has to be there. */
class DocumentsTest {

  private static final Path ROOT = Path.of(System.getProperty("remit.root", "..")).normalize();
  private static final Pattern NAMED_TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");

  @Test
  void everyTestNamedInTheThreatsExists() throws IOException {
    Map<String, String> tests = tests();
    var named =
        NAMED_TEST.matcher(Files.readString(ROOT.resolve("docs/threats.md"))).results().toList();

    assertThat(named).hasSizeGreaterThan(30);
    for (MatchResult test : named) {
      assertThat(tests.getOrDefault(test.group(1), ""))
          .as(test.group())
          .contains("void " + test.group(2) + "(");
    }
  }

  @Test
  void everyKindOfEntryAndEveryFindingIsInTheReference() throws IOException {
    String reference = Files.readString(ROOT.resolve("docs/reference/evidence.md"));

    assertThat(List.of(Entry.Kind.values()))
        .allSatisfy(kind -> assertThat(reference).contains("| `" + kind.text() + "` |"));
    assertThat(Arrays.stream(Finding.Code.values()).map(Finding.Code::text))
        .allSatisfy(code -> assertThat(reference).contains("`" + code + "`"));
  }

  @Test
  void theClassOfEveryFieldIsInTheReference() throws IOException {
    String reference = Files.readString(ROOT.resolve("docs/reference/evidence.md"));

    for (Entry.Kind kind : Entry.Kind.values()) {
      assertThat(reference)
          .as("write this row into docs/reference/evidence.md")
          .contains(EntryFields.row(kind) + "\n");
    }
  }

  private static Map<String, String> tests() throws IOException {
    Map<String, String> sources = new HashMap<>();
    try (var modules = Files.list(ROOT)) {
      for (Path folder : modules.map(module -> module.resolve("src/test/java")).toList()) {
        if (Files.isDirectory(folder)) {
          try (var files = Files.walk(folder)) {
            files
                .filter(file -> file.toString().endsWith("Test.java"))
                .forEach(file -> sources.put(name(file), read(file)));
          }
        }
      }
    }
    return sources;
  }

  private static String name(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(0, name.length() - ".java".length());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
