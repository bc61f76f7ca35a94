package dev.remit.cli.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.value.InvalidValueException;
import dev.remit.identity.secret.BackupKey;
import dev.remit.identity.secret.SealedSecrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a second replica is given, and what it is not. */
class BundleTest {

  @TempDir Path folder = Path.of("");
  private Path first = Path.of("");
  private Path key = Path.of("");
  private Path file = Path.of("");

  @BeforeEach
  void aFolderOfAServer() throws IOException {
    first = folder.resolve("first");
    key = folder.resolve("bundle.key");
    file = folder.resolve("bundle");
    Files.createDirectories(first.resolve("keys"));
    for (var name :
        new String[] {
          "installation",
          "log.pub",
          "replica",
          "server.lock",
          "server.json",
          "log-sizes.json",
          "keys/names.key",
          "keys/rows.key",
          "keys/log.key",
          "keys/operator.token",
          "keys/.draft1"
        }) {
      Files.writeString(first.resolve(name), "content of " + name);
    }
    Files.writeString(first.resolve("keys/postgres.json"), "{\"serving\":\"pw\"}");
    SealedSecrets.open(first).put("rmm", "vendor key".getBytes(StandardCharsets.UTF_8));
    BackupKey.create(key);
  }

  private Path joined() {
    Bundle.write(first, file, BackupKey.read(key));
    var second = folder.resolve("second");
    Bundle.join(file, BackupKey.read(key), second);
    return second;
  }

  @Test
  void aReplicaHasNameKeysAndSecretsOfTheFirst() throws IOException {
    var second = joined();
    for (var name : new String[] {"installation", "log.pub", "keys/names.key", "keys/log.key"}) {
      assertThat(second.resolve(name)).hasContent("content of " + name);
    }
    assertThat(SealedSecrets.open(second).get("rmm").map(String::new)).contains("vendor key");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(second.resolve("keys/log.key"))))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(second)))
        .isEqualTo("rwx------");
  }

  @Test
  void itsOwnThingsAreNotTaken() {
    var second = joined();
    for (var name :
        new String[] {
          "replica",
          "server.lock",
          "server.json",
          "log-sizes.json",
          "keys/operator.token",
          "keys/postgres.json",
          "keys/.draft1"
        }) {
      assertThat(second.resolve(name)).doesNotExist();
    }
  }

  @Test
  void besideAnEmbeddedDatabaseItsServingPasswordIsSealedToo() {
    var second = joined();
    Bundle.shareEmbedded(first, second);
    assertThat(SealedSecrets.open(second).get("database-serve").map(String::new)).contains("pw");
  }

  @Test
  void nothingOfItCanBeReadWithoutItsKey() throws IOException {
    Bundle.write(first, file, BackupKey.read(key));
    assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
        .doesNotContain("content of", "names.key");
    var other = folder.resolve("other.key");
    BackupKey.create(other);
    assertThatThrownBy(() -> Bundle.join(file, BackupKey.read(other), folder.resolve("x")))
        .isInstanceOf(InvalidValueException.class);
    assertThat(folder.resolve("x")).doesNotExist();
  }

  @Test
  void oneThatWasChangedOrCutOffMakesNoFolder() throws IOException {
    Bundle.write(first, file, BackupKey.read(key));
    var whole = Files.readAllBytes(file);
    var changed = whole.clone();
    changed[changed.length / 2] ^= 1;
    for (var bad : new byte[][] {changed, java.util.Arrays.copyOf(whole, whole.length - 1), {}}) {
      Files.write(file, bad);
      assertThatThrownBy(() -> Bundle.join(file, BackupKey.read(key), folder.resolve("x")))
          .isInstanceOf(InvalidValueException.class);
      assertThat(folder.resolve("x")).doesNotExist();
    }
  }

  @Test
  void aFolderThatIsThereIsLeftAlone() throws IOException {
    Bundle.write(first, file, BackupKey.read(key));
    var there = Files.createDirectory(folder.resolve("there"));
    assertThatThrownBy(() -> Bundle.join(file, BackupKey.read(key), there))
        .hasMessageContaining("there already");
    assertThatThrownBy(() -> Bundle.write(first, file, BackupKey.read(key)))
        .hasMessageContaining("there already");
  }

  @Test
  void aFolderThatNoServerHadIsNotBundled() {
    assertThatThrownBy(() -> Bundle.write(folder, file, BackupKey.read(key)))
        .hasMessageContaining("--data");
    assertThat(file).doesNotExist();
  }
}
