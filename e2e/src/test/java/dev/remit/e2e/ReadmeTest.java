package dev.remit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Every command that the README shows, in its order, beside a demo that was kept up. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadmeTest {

  private static final Duration DEMO = Duration.ofMinutes(4);
  private static final Duration COMMAND = Duration.ofMinutes(1);

  /** A fenced block of shell, or code within a line. */
  private static final Pattern CODE =
      Pattern.compile("(?ms)^ *```sh\\n(.*?)^ *```|`(\\./remit[^`]+)`");

  @TempDir static Path folder;

  private Child demo;

  @BeforeAll
  void start() throws IOException {
    var launcher = folder.resolve("remit");
    Files.writeString(
        launcher, "#!/bin/sh\nREMIT_NO_BUILD=1 exec '" + Home.ROOT.resolve("remit") + "' \"$@\"\n");
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    demo = run("./remit demo --keep", "demo");
    Eventually.holds(
        "the demo's end", DEMO, () -> demo.output().contains(" acts ended as they should"));
    assertThat(demo.output()).doesNotContain("NOT SO");
  }

  @AfterAll
  void stop() {
    demo.close();
  }

  private static Child run(String command, String name) {
    return Child.start(
        List.of("sh", "-c", "cd '" + folder + "' && exec " + command),
        Home.TARGET.resolve("readme/" + name + ".log"));
  }

  private static List<String> commands() throws IOException {
    var commands = new ArrayList<String>();
    var matcher = CODE.matcher(Files.readString(Home.SOURCE.resolve("README.md")));
    while (matcher.find()) {
      var text = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
      text.replaceAll("\\\\\\n\\s*", " ")
          .lines()
          .map(String::strip)
          .filter(line -> line.startsWith("./remit ") && !line.startsWith("./remit demo"))
          .forEach(commands::add);
    }
    return commands;
  }

  @TestFactory
  List<DynamicTest> aCommandOfTheReadmeWorksAsItStands() throws IOException {
    var commands = commands();
    assertThat(commands).hasSizeGreaterThan(5);
    return commands.stream()
        .map(command ->
            DynamicTest.dynamicTest(
                command,
                () -> {
                  var child = run(command, "command-" + commands.indexOf(command));
                  assertThat(child.awaitExit(COMMAND))
                      .as(child.output())
                      .isEqualTo(command.contains("# exits 1") ? 1 : 0);
                }))
        .toList();
  }
}
