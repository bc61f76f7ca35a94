package dev.remit.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.log.Checkpoint;
import dev.remit.log.Ed25519Verifier;
import dev.remit.log.MerkleTree;
import dev.remit.log.Origin;
import dev.remit.log.SignedNote;
import dev.remit.log.TreeHead;
import dev.remit.log.TrustedKeys;
import dev.remit.log.Verified;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRotationTest {

  private static final TenantId HARBOR = new TenantId("harbor-dental");
  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir private Path data = Path.of("unset");

  private static TreeHead head(int size) {
    return new TreeHead(size, MerkleTree.hashLeaf(new byte[] {(byte) size}));
  }

  private static void assertSigned(String note, CheckpointSigning signing, TrustedKeys keys) {
    assertThat(
            Checkpoint.open(
                note.getBytes(StandardCharsets.UTF_8), new Origin(signing.origin(HARBOR)), keys))
        .isInstanceOf(Verified.Proven.class);
  }

  @Test
  void whatTheOldKeySignedStaysVerifiableAndTheNewOneSigns() throws IOException {
    var before = CheckpointSigning.open(data, RANDOM);
    String old = before.sign(HARBOR, head(1));
    String key = KeyRotation.rotate(data, RANDOM);
    var after = CheckpointSigning.open(data, RANDOM);
    assertThat(after.verifierKey()).isEqualTo(key).isNotEqualTo(before.verifierKey());
    String fresh = after.sign(HARBOR, head(2));
    var trust = TrustFile.read(data.resolve("log.pub"));
    for (var keys : List.of(after.trusted(), trust.logKeys())) {
      assertSigned(old, after, keys);
      assertSigned(fresh, after, keys);
    }
    assertThat(before.trusted()).isNotEqualTo(after.trusted());
    assertThat(KeyRotation.rotate(data, RANDOM)).isNotEqualTo(key);
    assertThat(Files.readAllLines(data.resolve("log.pub"))).hasSize(3);
  }

  @Test
  void bothKeysSignThatOneTookThePlaceOfTheOther() throws IOException {
    var before = CheckpointSigning.open(data, RANDOM).verifierKey();
    var second = KeyRotation.rotate(data, RANDOM);
    var third = KeyRotation.rotate(data, RANDOM);
    var statements = KeyRotation.statements(data);
    assertThat(statements.stream().map(KeyRotation::keys))
        .map(keys -> keys.orElseThrow())
        .containsExactly(new KeyRotation.Keys(before, second), new KeyRotation.Keys(second, third));
    var note = SignedNote.parse(statements.getFirst().getBytes(StandardCharsets.UTF_8));
    for (String key : List.of(before, second)) {
      assertThat(note.verify(TrustedKeys.of(Ed25519Verifier.parse(key))))
          .isInstanceOf(Verified.Proven.class);
    }
  }

  @Test
  void aCrashAtAnyStepLeavesOneKeyThatSigns() throws IOException {
    var key = data.resolve("keys").resolve("log.key");
    var next = data.resolve("keys").resolve("log.key.next");
    var before = CheckpointSigning.open(data, RANDOM).verifierKey();
    byte[] oldKey = Files.readAllBytes(key);
    byte[] oldPub = Files.readAllBytes(data.resolve("log.pub"));
    var after = KeyRotation.rotate(data, RANDOM);
    byte[] newKey = Files.readAllBytes(key);
    byte[] newPub = Files.readAllBytes(data.resolve("log.pub"));

    Files.write(key, oldKey);
    Files.write(data.resolve("log.pub"), oldPub);
    Files.write(next, newKey);
    Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-------"));
    assertThat(CheckpointSigning.open(data, RANDOM).verifierKey()).isEqualTo(before);
    assertThat(next).doesNotExist();

    Files.write(data.resolve("log.pub"), newPub);
    Files.write(next, newKey);
    Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-------"));
    assertThat(CheckpointSigning.open(data, RANDOM).verifierKey()).isEqualTo(after);
    assertThat(next).doesNotExist();
  }

  @Test
  void anOldKeyThatComesBackIsRefused() throws IOException {
    CheckpointSigning.open(data, RANDOM);
    var key = data.resolve("keys").resolve("log.key");
    byte[] old = Files.readAllBytes(key);
    KeyRotation.rotate(data, RANDOM);
    Files.write(key, old);
    assertThatThrownBy(() -> CheckpointSigning.open(data, RANDOM))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("replaced");
  }
}
