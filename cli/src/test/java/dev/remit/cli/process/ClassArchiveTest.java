package dev.remit.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {

  @TempDir private Path temp = Path.of("");

  @BeforeEach
  void aBuiltPart() throws IOException {
    Files.createDirectories(temp.resolve("target/lib"));
    Files.createDirectories(temp.resolve("cache"));
    Files.createFile(temp.resolve("target/remit-lab-1.jar"));
    Files.createFile(temp.resolve("target/lib/a.jar"));
  }

  private Path archive() throws IOException {
    return ClassArchive.of(temp.resolve("cache"), "lab", temp.resolve("target"));
  }

  @Test
  void theSameJarsHaveTheSameArchive() throws IOException {
    Path first = Files.createFile(archive());
    assertThat(archive()).isEqualTo(first).exists();
  }

  @Test
  void aRebuiltLibraryHasAnotherArchiveAndTheOldOneGoes() throws IOException {
    Path first = Files.createFile(archive());
    Files.setLastModifiedTime(temp.resolve("target/lib/a.jar"), FileTime.fromMillis(1));
    assertThat(archive()).isNotEqualTo(first);
    assertThat(first).doesNotExist();
  }

  @Test
  void archivesOfOtherPartsStay() throws IOException {
    Path other = Files.createFile(temp.resolve("cache/server-0123.jsa"));
    archive();
    assertThat(other).exists();
  }

  @Test
  void aCacheThatIsNotThereYetIsNoError() throws IOException {
    Path archive = ClassArchive.of(temp.resolve("none"), "lab", temp.resolve("target"));
    assertThat(archive).hasFileName(archive().getFileName().toString());
  }
}
