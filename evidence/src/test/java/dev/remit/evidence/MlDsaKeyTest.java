package dev.remit.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.log.Checkpoint;
import dev.remit.log.MerkleTree;
import dev.remit.log.Origin;
import dev.remit.log.TreeHead;
import dev.remit.log.TrustedKeys;
import dev.remit.log.Verified;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MlDsaKeyTest {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final TenantId HARBOR = new TenantId("harbor-dental");
  private static final TreeHead HEAD = new TreeHead(1, MerkleTree.hashLeaf(new byte[] {1}));

  @TempDir private Path data = Path.of("unset");

  private CheckpointSigning signing() {
    return CheckpointSigning.open(data, RANDOM);
  }

  private static boolean isProven(CheckpointSigning signing, String note, TrustedKeys keys) {
    return Checkpoint.open(
            note.getBytes(StandardCharsets.UTF_8), new Origin(signing.origin(HARBOR)), keys)
        instanceof Verified.Proven;
  }

  private static TrustedKeys trust(String text) {
    return TrustFile.parse(text).logKeys();
  }

  @Test
  void bothKeysSignAndEachAloneIsEnoughForItsReader() throws IOException {
    assertThat(signing().sign(HARBOR, HEAD)).containsOnlyOnce("\n— ");

    String key = MlDsaKey.create(data, RANDOM);

    var signing = signing();
    String note = signing.sign(HARBOR, HEAD);
    assertThat(note.lines().filter(line -> line.startsWith("— "))).hasSize(2);
    assertThat(isProven(signing, note, trust(key))).isTrue();
    assertThat(isProven(signing, note, signing.trusted())).isTrue();
    assertThat(isProven(signing, note, trust(signing.verifierKey() + "\n" + key))).isTrue();
    assertThat(Files.readString(data.resolve("log-ml-dsa.pub"))).isEqualTo(key + "\n");
    assertThat(Files.getPosixFilePermissions(data.resolve("keys/log-ml-dsa.key")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void anotherKeyTakesItsPlaceAndTheFirstOneStaysPublished() throws IOException {
    signing();
    String first = MlDsaKey.create(data, RANDOM);
    String second = MlDsaKey.create(data, RANDOM);

    String note = signing().sign(HARBOR, HEAD);
    assertThat(isProven(signing(), note, trust(second))).isTrue();
    assertThat(isProven(signing(), note, trust(first))).isFalse();
    assertThat(Files.readString(data.resolve("log-ml-dsa.pub")))
        .isEqualTo(first + "\n" + second + "\n");
  }

  @Test
  void aKeyThatIsDamagedOpenToOthersOrOfAnotherSignsNothing() throws IOException {
    signing();
    MlDsaKey.create(data, RANDOM);
    var file = data.resolve("keys/log-ml-dsa.key");
    String good = Files.readString(file);
    String ed25519 = Files.readString(data.resolve("keys/log.key"));
    var of = good.substring(good.indexOf('\n') + 1);
    MlDsaKey.create(data, RANDOM);
    String mixed = Files.readString(file).lines().findFirst().orElseThrow() + "\n" + of;
    for (String wrong : new String[] {"", good.substring(9), ed25519, mixed, good + "x"}) {
      Files.writeString(file, wrong);
      assertThatThrownBy(this::signing)
          .isInstanceOf(InvalidValueException.class)
          .hasMessageContaining("keys/log-ml-dsa.key");
    }
    Files.writeString(file, good);
    assertThat(signing().sign(HARBOR, HEAD)).contains("— ");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(this::signing).hasMessageContaining("0600");
  }

  @Test
  void aFolderWithoutAnInstallationGetsNoKey() {
    assertThatThrownBy(() -> MlDsaKey.create(data, RANDOM)).hasMessageContaining("installation");
  }
}
