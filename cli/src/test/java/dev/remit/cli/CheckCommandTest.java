package dev.remit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.cli.MainTest.Ran;
import dev.remit.cli.demo.HoleWorkspace;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {

  private static final Path EXAMPLE = Path.of(System.getProperty("remit.root"), "examples/msp");

  @TempDir private Path temp = Path.of("");

  private static Ran check(Path folder, String... options) {
    var arguments = new String[options.length + 2];
    arguments[0] = "check";
    arguments[1] = folder.toString();
    System.arraycopy(options, 0, arguments, 2, options.length);
    return MainTest.run(arguments);
  }

  @Test
  void theExampleHoldsAndSaysSo() {
    var ran = check(EXAMPLE);
    assertThat(ran.exit()).isZero();
    assertThat(ran.out())
        .containsPattern("(?m)^scenarios: (\\d+) of \\1 hold$")
        .contains("in order: 3 tenants")
        .contains("declared only, nothing is sent: edge, edr, scripts, secrets, storage");
  }

  @Test
  void aHoleIsTheExitCodeAndHasAPlace() {
    HoleWorkspace.write(EXAMPLE, temp.resolve("hole"));
    var ran = check(temp.resolve("hole"));
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out())
        .containsPattern(
            "(?m)hole/scenarios/restart-service.yaml:\\d+: scenario `restart-service`: on a domain"
                + " controller both sides are asked$")
        .contains("  expected: ask restart-service.critical-host from 1 of msp.senior-technicians")
        .contains("  got:      permit (decided by task.restart-service)")
        .doesNotContain("in order");
  }

  @Test
  void programsAreToldTheSame() {
    HoleWorkspace.write(EXAMPLE, temp.resolve("hole"));
    var ran = check(temp.resolve("hole"), "--json");
    assertThat(ran.exit()).isEqualTo(1);
    var told = Json.parseObject(ran.out());
    assertThat(told.get("ok")).contains(Value.of(false));
    var failures = told.object("scenarios").orElseThrow().items("failures");
    assertThat(failures)
        .anySatisfy(failure -> {
          var one = (Value.Obj) failure;
          assertThat(one.text("file")).contains("scenarios/restart-service.yaml");
          assertThat(one.integer("line").orElse(0L)).isPositive();
          assertThat(one.text("got")).contains("permit");
        });
  }

  @Test
  void aRuleWithoutACaseIsAWarningWithItsPlace() throws Exception {
    Folders.copy(EXAMPLE, temp.resolve("w"));
    Files.delete(temp.resolve("w/scenarios/secrets.yaml"));
    var ran = check(temp.resolve("w"), "--mutate");
    assertThat(ran.exit()).isZero();
    assertThat(ran.out())
        .containsPattern(
            "(?m)w/policies/guardrails.cedar:\\d+: warning: `msp.overlap` removed: no scenario"
                + " notices; add a case$")
        .containsPattern("(?m)^`msp.lock-out` removed: noticed by protection/.+$")
        .containsPattern(
            "(?m)^mutation: \\d+ changes of \\d+ policies, \\d+ that no scenario notices$");
  }

  @Test
  void whatCannotBeReadIsNotTried() throws Exception {
    Folders.copy(EXAMPLE, temp.resolve("w"));
    Path file = temp.resolve("w/scenarios/secrets.yaml");
    Files.writeString(file, Files.readString(file).replace("about:", "abuot:"));
    var ran = check(temp.resolve("w"));
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out()).contains("secrets.yaml:3: unknown key `abuot`").doesNotContain("hold");
  }
}
