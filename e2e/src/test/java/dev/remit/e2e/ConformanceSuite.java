package dev.remit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The official conformance suite, run against a URL for one revision of the protocol. */
final class ConformanceSuite {

  /** What became of a scenario. */
  record State(long passed, long failed, long warnings) {

    boolean isPassed() {
      return failed == 0 && passed > 0;
    }

    /** As the document shows it. */
    String words() {
      if (failed > 0) {
        return "%d of %d checks".formatted(passed, passed + failed);
      }
      return passed == 0 ? "nothing applied" : warnings > 0 ? "passes, with a warning" : "passes";
    }
  }

  private ConformanceSuite() {}

  /** All scenarios that the suite runs for this revision, by name. */
  static Map<String, State> run(String revision, String url) {
    var results = Home.fresh("conformance-" + revision);
    var done =
        Node.script(
            120,
            List.of(
                "node_modules/@modelcontextprotocol/conformance/dist/index.js",
                "server",
                "--url",
                url,
                "--requirements",
                revision,
                "--timeout",
                "10000",
                "--output-dir",
                results.toString()));
    var states = new TreeMap<String, State>();
    try (Stream<Path> folders = Files.list(results)) {
      folders.forEach(folder -> states.put(scenario(folder), state(folder)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(states).as(done.output()).isNotEmpty();
    return states;
  }

  /** A folder is named {@code server-SCENARIO-TIME}. */
  private static String scenario(Path folder) {
    return folder
        .getFileName()
        .toString()
        .replaceFirst("^server-", "")
        .replaceFirst("-\\d{4}-\\d{2}-\\d{2}T.*$", "");
  }

  private static State state(Path folder) {
    try {
      var checks = Json.parse(Files.readAllBytes(folder.resolve("checks.json")));
      return new State(
          count(checks, "SUCCESS"), count(checks, "FAILURE"), count(checks, "WARNING"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long count(Value checks, String status) {
    return checks instanceof Value.Array(var items)
        ? items.stream()
            .filter(item ->
                item instanceof Value.Obj check && check.text("status").equals(Optional.of(status)))
            .count()
        : 0;
  }
}
