package dev.remit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CompileCommandTest {
  private static final Path ROOT = Path.of(System.getProperty("remit.root", ".."));
  private static final String EXAMPLE = ROOT.resolve("examples/msp").toString();

  private static String run(int exitCode, String... arguments) {
    var out = new StringWriter();
    int got =
        new CommandLine(new CompileCommand())
            .setOut(new PrintWriter(out, true))
            .setExecutionExceptionHandler((failure, line, parsed) -> {
              out.append(String.valueOf(failure.getMessage()));
              return failure instanceof CommandException command ? command.exitCode() : 3;
            })
            .execute(arguments);
    assertThat(got).as(out.toString()).isEqualTo(exitCode);
    return out.toString();
  }

  @Test
  void everyPolicyIsShownWithItsLineItsWordsAndItsText() {
    var shown = run(0, EXAMPLE, "--task-class", "restart-service");
    assertThat(shown)
        .contains("// tasks/restart-service.yaml:")
        .contains(
            "(baseline)\n// needs 1 of senior technicians and 1 of the client's approvers when")
        .contains("the device's role is domain-controller, hypervisor or database")
        .contains("@id(\"ask.restart-service.critical-host\")")
        .contains("// remit/guardrails.cedar:")
        .contains("// Enforced beside Cedar:")
        .contains("tasks of class restart-service have at most")
        .doesNotContain("@id(\"task.reboot-device\")");
  }

  @Test
  void oneTenantSeesNoPolicyOfAnother() {
    assertThat(run(0, EXAMPLE, "--tenant", "harbor-dental"))
        .doesNotContain("northwind-legal.archive")
        .contains("msp.free-text");
    assertThat(run(0, EXAMPLE, "--tenant", "northwind-legal")).contains("northwind-legal.archive");
  }

  @Test
  void programsGetJsonAndTheSchema() {
    var value = Json.parseObject(run(0, EXAMPLE, "--json", "--schema"));
    assertThat(value.items("policies")).hasSizeGreaterThan(40);
    assertThat(value.items("policies"))
        .allSatisfy(policy -> {
          var members = ((Value.Obj) policy).members();
          assertThat(members)
              .containsKeys("id", "layer", "file", "line", "effect", "words", "text");
        });
    assertThat(value.items("beside")).isNotEmpty();
    assertThat(value.text("schema").orElse("")).contains("\"exceptions\": Set<String>");
  }

  @Test
  void namesThatNobodyHasAreWrongUsage() {
    assertThat(run(2, EXAMPLE, "--tenant", "nobody")).contains("no tenant is named `nobody`");
    assertThat(run(2, EXAMPLE, "--task-class", "none")).contains("no task class is named `none`");
    assertThat(run(1, ROOT.resolve("docs").toString())).isNotEmpty();
  }
}
