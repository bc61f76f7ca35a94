package dev.remit.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.value.InvalidValueException;
import dev.remit.log.Origin;
import dev.remit.log.SignedNote;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessFolderTest {

  private static final String NAME = "harbor-dental.example/witness";

  @TempDir private Path parent;

  private Path folder() {
    return parent.resolve("witness");
  }

  private WitnessFolder open() {
    return WitnessFolder.open(folder(), NAME, new SecureRandom());
  }

  private String verifierKey() {
    try (var folder = open()) {
      return folder.cosigner(InstantSource.system()).verifier().toString();
    }
  }

  private void remember() throws IOException {
    try (var folder = open()) {
      var log = SampleLog.complete();
      folder
          .seen()
          .remember(
              new Origin("remit/" + SampleLog.INSTALLATION + "/harbor-dental"),
              SignedNote.parse(log.note(6).getBytes(StandardCharsets.UTF_8)));
    }
  }

  @Test
  void theKeyIsMadeOnceAndReadableByItsOwnerOnly() throws IOException {
    String key = verifierKey();

    assertThat(verifierKey()).isEqualTo(key).startsWith(NAME + "+");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder().resolve("witness.key"))))
        .isEqualTo("rw-------");
  }

  @Test
  void aKeyWithoutItsMemoryStopsTheStart() throws IOException {
    verifierKey();
    Files.delete(folder().resolve("seen").resolve("lock"));
    Files.delete(folder().resolve("seen"));

    assertThatThrownBy(this::open)
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("memory");
  }

  @Test
  void aMemoryWithoutItsKeyStopsTheStartOnceItHoldsSomething() throws IOException {
    String first = verifierKey();
    Files.delete(folder().resolve("witness.key"));
    assertThat(verifierKey()).isNotEqualTo(first);

    remember();
    Files.delete(folder().resolve("witness.key"));
    assertThatThrownBy(this::open).hasMessageContaining("restore the key");
  }

  @Test
  void aKeyThatIsDamagedOpenOrOfAnotherNameStopsTheStart() throws IOException {
    verifierKey();
    Path key = folder().resolve("witness.key");
    assertThatThrownBy(() -> WitnessFolder.open(folder(), "other.example", new SecureRandom()))
        .hasMessageContaining("that of");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(this::open).hasMessageContaining("0600");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(key, "nonsense");
    assertThatThrownBy(this::open).hasMessageContaining("damaged");
  }

  @Test
  void twoWitnessesInOneFolderAreRefused() {
    try (var first = open()) {
      assertThat(first.seen()).isNotNull();
      assertThatThrownBy(this::open).hasMessageContaining("another witness");
    }
  }

  @Test
  void aNameThatIsNoneIsRefused() {
    assertThatThrownBy(() -> WitnessFolder.open(folder(), "a b", new SecureRandom()))
        .isInstanceOf(InvalidValueException.class);
  }
}
