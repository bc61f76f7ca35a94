package dev.remit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.cli.MainTest.Ran;
import dev.remit.cli.demo.InheritedWorkspace;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReachCommandTest {

  private static final Path EXAMPLE = Path.of(System.getProperty("remit.root"), "examples/msp");
  private static final String CHANGE = "security-desk/harbor-dental/production/change";

  @TempDir private Path temp = Path.of("");

  private static Ran reach(String agent, Path folder, String... options) {
    return MainTest.run(
        Stream.concat(Stream.of("reach", agent, folder.toString()), Stream.of(options))
            .toArray(String[]::new));
  }

  private Path inherited() {
    InheritedWorkspace.write(EXAMPLE, temp.resolve("inherited"));
    return temp.resolve("inherited");
  }

  @Test
  void anInheritedPrivilegeThatNobodyAcceptedIsShownAndRefused() {
    var folder = inherited();
    var ran = reach(InheritedWorkspace.AGENT, folder);
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out())
        .containsPattern(
            "inherits: scripts_run_script -> directory \\(destructive\\): NOT ACCEPTED by anybody"
                + " \\(.*connectors/scripts.yaml:\\d+\\)")
        .contains("rmm (high): accepted by service-managers until 2030-06-30")
        .contains("No call touches:", "record storage/holding/remit-backups");
    var checked = MainTest.run("check", folder.toString());
    assertThat(checked.exit()).isEqualTo(1);
    assertThat(checked.out())
        .containsPattern("connectors/scripts.yaml:\\d+: `" + CHANGE + "`.* inherits `destructive`")
        .doesNotContain("in order");
  }

  @Test
  void programsAreToldTheSameAndAlwaysAlike() {
    var folder = inherited();
    var ran = reach(CHANGE, folder, "--json");
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(reach(CHANGE, folder, "--json").out()).isEqualTo(ran.out());
    var told = Json.parseObject(ran.out());
    assertThat(told.get("accepted")).contains(Value.of(false));
    var agent = (Value.Obj) told.items("agents").getFirst();
    assertThat(agent.text("agent")).contains(CHANGE);
    assertThat(agent.items("inherited"))
        .anySatisfy(each -> {
          var one = (Value.Obj) each;
          assertThat(one.text("standing")).contains("open");
          assertThat(one.text("connector")).contains("directory");
          assertThat(one.text("file")).contains(InheritedWorkspace.FILE);
          assertThat(one.items("chain")).hasSize(1);
        });
  }

  @Test
  void aPictureIsWrittenAndTheExampleIsAccepted() throws Exception {
    var picture = temp.resolve("reach.svg");
    var ran =
        reach("service-desk", EXAMPLE, "--tenant", "summit-freight", "--svg", picture.toString());
    assertThat(ran.exit()).isZero();
    assertThat(ran.out())
        .contains("service-desk/summit-freight/production/change")
        .doesNotContain("harbor-dental/production");
    assertThat(Files.readString(picture)).startsWith("<svg ").endsWith("</svg>\n");
  }

  @Test
  void whoIsNotThereIsWrongUsage() {
    assertThat(reach("nobody", EXAMPLE).exit()).isEqualTo(2);
    assertThat(reach("service-desk/harbor-dental/production/destructive", EXAMPLE).exit())
        .isEqualTo(2);
    assertThat(reach("service-desk", EXAMPLE, "--tenant", "nowhere").exit()).isEqualTo(2);
    assertThat(reach("security-desk", EXAMPLE, "--tenant", "summit-freight").exit()).isEqualTo(2);
  }
}
