package dev.remit.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StalePostgresTest {

  @TempDir private Path folder = Path.of("");

  @Test
  void aProcessThatIsNoPostgresIsLeftAlone() throws Exception {
    var bystander = new ProcessBuilder(List.of("sleep", "60")).start();
    try {
      Path data = Files.createDirectories(folder.resolve("pg"));
      Files.writeString(data.resolve("postmaster.pid"), bystander.pid() + "\n" + data + "\n");
      StalePostgres.stopBelow(folder);
      assertThat(bystander.isAlive()).isTrue();
    } finally {
      bystander.destroyForcibly();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "not a number\n", "99999999999999999999\n", "-1\n"})
  void aPidFileThatMakesNoSenseIsPassedOver(String text) throws Exception {
    Files.writeString(folder.resolve("postmaster.pid"), text);
    assertThatCode(() -> StalePostgres.stopBelow(folder)).doesNotThrowAnyException();
  }

  @Test
  void aFolderThatIsNotThereHoldsNone() {
    assertThatCode(() -> StalePostgres.stopBelow(folder.resolve("none")))
        .doesNotThrowAnyException();
  }
}
