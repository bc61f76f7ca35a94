package dev.remit.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.cli.CommandException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoWorkspaceTest {

  @TempDir private Path temp = Path.of("");

  private static final Path EXAMPLE = Path.of(System.getProperty("remit.root"), "examples/msp");

  @Test
  void theExampleCanBeShortened() throws Exception {
    DemoWorkspace.write(EXAMPLE, temp.resolve("w"));
    assertThat(Files.readString(temp.resolve("w/tasks/restart-service.yaml")))
        .contains("answer-within: 5s")
        .doesNotContain("answer-within: 30m");
  }

  @Test
  void aSecondRunReplacesTheFirst() throws Exception {
    DemoWorkspace.write(EXAMPLE, temp.resolve("w"));
    Files.writeString(temp.resolve("w/left-behind"), "");
    DemoWorkspace.write(EXAMPLE, temp.resolve("w"));
    assertThat(temp.resolve("w/left-behind")).doesNotExist();
  }

  @Test
  void anExampleWithoutTheTextFailsLoudly() throws Exception {
    Path changed = temp.resolve("changed/tasks");
    Files.createDirectories(changed);
    Files.writeString(changed.resolve("restart-service.yaml"), "task: restart-service\n");
    assertThatThrownBy(() -> DemoWorkspace.write(temp.resolve("changed"), temp.resolve("w")))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("exactly once");
  }
}
