package dev.remit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

  record Ran(int exit, String out, String err) {}

  static Ran run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int exit =
        Main.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Ran(exit, out.toString(), err.toString());
  }

  @TempDir private Path temp = Path.of("");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "tasks --nonsense",
        "tasks one-too-many",
        "kill",
        "kill --everything",
        "kill --everything --tenant harbor-dental --reason r",
        "kill --tenant --reason",
        "kill --agent not-an-agent --reason r",
        "kill --tenant NOT_A_TENANT --reason r",
        "decide --agent a",
        "evidence",
        "evidence verify",
        "evidence export --tenant t",
        "evidence verify /no/such/file",
        "up --lab --config x.json",
        "init",
        "demo --keep=maybe",
      })
  void wrongUsageExitsWithTwoAndOneLine(String line) {
    var ran = run(line.isEmpty() ? new String[0] : line.split(" "));
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err().lines().findFirst().orElse("")).matches("remit: [`a-z].*");
    assertThat(ran.err().lines().filter(one -> !one.startsWith("Did you mean"))).hasSize(1);
  }

  @Test
  void aBlankReasonIsNoReason() {
    var ran = run("kill", "--everything", "--reason", "  ", "--data", temp.toString());
    assertThat(ran.exit()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tasks", "approvals", "oversight", "autonomy", "leases", "trail"})
  void withoutAServerTheAdviceIsToStartOne(String command) {
    var ran = run(command, "--data", temp.toString());
    assertThat(ran.exit()).isEqualTo(3);
    assertThat(ran.err()).contains("remit up");
  }

  @Test
  void theHelpNamesEveryCommandAndExitCode() {
    var ran = run("--help");
    assertThat(ran.exit()).isZero();
    assertThat(ran.out())
        .contains("demo", "up", "kill", "trail", "evidence", "doctor", "generate-completion")
        .contains("Exit codes:", "wrong usage or invalid input");
  }

  @Test
  void everyCommandHasItsOwnHelp() {
    var names = Main.commandLine().getSubcommands().keySet();
    assertThat(names).isNotEmpty();
    for (String name : names) {
      var ran = run("help", name);
      assertThat(ran.exit()).isZero();
      assertThat(ran.out()).contains("Usage:");
    }
  }

  @Test
  void aCompletionScriptIsWritten() {
    var ran = run("generate-completion");
    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).contains("complete", "remit");
  }

  @Test
  void nothingIsOverwrittenByInit() throws Exception {
    java.nio.file.Files.writeString(temp.resolve("mine"), "");
    var ran = run("init", temp.toString());
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(List.of(temp.toFile().list())).containsExactly("mine");
  }
}
