package dev.remit.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.log.Checkpoint;
import dev.remit.log.Origin;
import dev.remit.log.TreeHead;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointSigningTest {

  private static final TenantId TENANT = new TenantId("harbor-dental");

  @TempDir Path data;

  private CheckpointSigning open() {
    return CheckpointSigning.open(data, new SecureRandom());
  }

  private Path key() {
    return data.resolve("keys").resolve("log.key");
  }

  @Test
  void aCheckpointVerifiesWithThePublishedKey() throws IOException {
    var signing = open();
    String note = signing.sign(TENANT, TreeHead.EMPTY);
    var trust = TrustFile.read(data.resolve("log.pub"));

    assertThat(
            Checkpoint.open(
                    note.getBytes(StandardCharsets.UTF_8),
                    new Origin("remit/" + signing.installation() + "/" + TENANT),
                    trust.logKeys())
                .isProven())
        .isTrue();
  }

  @Test
  void theKeyIsTheSameAfterARestart() {
    String first = open().verifierKey();

    assertThat(open().verifierKey()).isEqualTo(first);
  }

  @Test
  void aGivenInstallationIsKept() throws IOException {
    Files.writeString(data.resolve("installation"), "0123456789abcdef\n");

    assertThat(open().origin(TENANT)).isEqualTo("remit/0123456789abcdef/harbor-dental");
  }

  @Test
  void theKeyFileIsItsOwnersOnly() throws IOException {
    open();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key())))
        .isEqualTo("rw-------");
  }

  @Test
  void aKeyThatOthersCanReadIsRefused() throws IOException {
    open();
    Files.setPosixFilePermissions(key(), PosixFilePermissions.fromString("rw-r-----"));

    refusedWith("open to others");
  }

  @Test
  void aLostKeyIsNotReplacedSilently() throws IOException {
    open();
    Files.delete(key());

    refusedWith("restore the key");
    assertThat(key()).doesNotExist();
  }

  @Test
  void aLostPublicCopyComesBack() throws IOException {
    String verifierKey = open().verifierKey();
    Files.delete(data.resolve("log.pub"));
    open();

    assertThat(data.resolve("log.pub")).hasContent(verifierKey);
  }

  @Test
  void aPublicCopyOfAnotherKeyIsRefused() throws IOException {
    open();
    var other = SampleLog.signer("0123456789abcdef");
    Files.writeString(data.resolve("log.pub"), other.verifier() + "\n");

    refusedWith("is not the key");
  }

  @Test
  void aKeyOfAnotherInstallationIsRefused() throws IOException {
    open();
    Files.writeString(data.resolve("installation"), "0123456789abcdef\n");

    refusedWith("not of this installation");
  }

  @Test
  void aLostInstallationIsNotNamedAnew() throws IOException {
    open();
    Files.delete(data.resolve("installation"));

    refusedWith("`installation` is missing");
  }

  @Test
  void damagedKeysAndInstallationsAreRefused() throws IOException {
    open();
    String whole = Files.readString(key());
    for (String damaged :
        new String[] {
          "", "x", whole.substring(0, whole.length() - 9), whole.replace("MC4", "MC5")
        }) {
      Files.writeString(key(), damaged);
      refusedWith("is damaged");
    }
    Files.writeString(data.resolve("installation"), "Harbor");
    refusedWith("16 hexadecimal digits");
  }

  private void refusedWith(String message) {
    assertThatThrownBy(this::open)
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining(message);
  }
}
