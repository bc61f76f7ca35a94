package dev.remit.log;

import static dev.remit.log.VerifiedAssert.proven;
import static dev.remit.log.VerifiedAssert.refuted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogProofTest {
  private static final Origin ORIGIN = new Origin("log.example/a");

  private final Ed25519Signer log = Notes.signer("log.example/a", 3);
  private final List<byte[]> entries = Trees.entries(7, 4);
  private final MemoryHashes hashes = Trees.stored(entries);
  private final TrustedKeys keys = Notes.trusting(log);

  private LogProof proof(int index) {
    TreeHead head = MerkleTree.head(7, hashes);
    return LogProof.of(
        new byte[] {1, 2, 3},
        InclusionProof.create(index, 7, hashes),
        new Checkpoint(ORIGIN, head).sign(log));
  }

  @Test
  void aProofReadAgainProvesItsEntryAndNoOther() {
    for (int i = 0; i < 7; i++) {
      LogProof proof = LogProof.parse(proof(i).toBytes());

      assertThat(proof).isEqualTo(proof(i));
      assertThat(proof.extraBytes().orElseThrow()).containsExactly(1, 2, 3);
      Hash leaf = MerkleTree.hashLeaf(entries.get(i));
      assertThat(proven(proof.verify(leaf, keys, ORIGIN))).isEqualTo(new Leaf(i, leaf));
      Hash other = MerkleTree.hashLeaf(entries.get((i + 1) % 7));
      refuted(proof.verify(other, keys, ORIGIN), Refutation.ROOT_MISMATCH);
    }
  }

  @Test
  void theFileLooksAsTheSpecificationSays() {
    String[] lines = proof(6).toString().split("\n", -1);

    assertThat(lines[0]).isEqualTo("c2sp.org/tlog-proof@v1");
    assertThat(lines[1]).isEqualTo("extra AQID");
    assertThat(lines[2]).isEqualTo("index 6");
    assertThat(lines[5]).isEmpty();
    assertThat(lines[6]).isEqualTo("log.example/a");
  }

  @Test
  void theExtraLineMayBeMissingOrEmpty() {
    LogProof full = proof(2);
    var without = new LogProof(Optional.empty(), 2, full.path(), full.checkpoint());
    var empty = new LogProof(Optional.of(""), 2, full.path(), full.checkpoint());

    assertThat(LogProof.parse(without.toBytes())).isEqualTo(without);
    assertThat(LogProof.parse(empty.toBytes())).isEqualTo(empty);
  }

  @Test
  void otherKeysAndOtherLogsDoNotCount() {
    Hash leaf = MerkleTree.hashLeaf(entries.get(2));

    refuted(
        proof(2).verify(leaf, Notes.trusting(Notes.signer("log.example/a", 9)), ORIGIN),
        Refutation.NO_TRUSTED_SIGNATURE);
    refuted(proof(2).verify(leaf, keys, new Origin("log.example/b")), Refutation.ORIGIN_MISMATCH);
  }

  @Test
  void everyByteCounts() {
    byte[] good =
        new LogProof(Optional.empty(), 2, proof(2).path(), proof(2).checkpoint()).toBytes();
    Hash leaf = MerkleTree.hashLeaf(entries.get(2));
    for (int i = 0; i < good.length; i++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] bad = good.clone();
        bad[i] ^= (byte) (1 << bit);
        assertThat(isProven(bad, leaf)).as("byte %d bit %d", i, bit).isFalse();
      }
      assertThat(isProven(Arrays.copyOf(good, i), leaf)).as("cut to %d", i).isFalse();
    }
  }

  private boolean isProven(byte[] file, Hash leaf) {
    try {
      return LogProof.parse(file).verify(leaf, keys, ORIGIN).isProven();
    } catch (InvalidLogDataException e) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c2sp.org/tlog-proof@v2\n",
        "c2sp.org/tlog-proof@v1\r\n",
        "c2sp.org/tlog-proof@v1\nindex\n",
        "c2sp.org/tlog-proof@v1\nindex 02\n",
        "c2sp.org/tlog-proof@v1\nindex -1\n",
        "c2sp.org/tlog-proof@v1\nindex 9223372036854775808\n",
        "c2sp.org/tlog-proof@v1\nindex 2\nextra AQID\n",
        "c2sp.org/tlog-proof@v1\nextra AQID\nextra AQID\nindex 2\n",
        "c2sp.org/tlog-proof@v1\nextra AQI\nindex 2\n",
        "c2sp.org/tlog-proof@v1\nextra AQJ=\nindex 2\n",
        "c2sp.org/tlog-proof@v1\nindex 2\nAAAA\n",
        ""
      })
  void whatTheSpecificationDoesNotAllowIsRefused(String head) {
    byte[] file = Notes.utf8(head + "\n" + proof(2).checkpoint());

    assertThatThrownBy(() -> LogProof.parse(file)).isInstanceOf(InvalidLogDataException.class);
  }

  @Test
  void sixtyFourHashesAreTooMany() {
    String hash = Hash.of(new byte[32]).toBase64() + "\n";
    String head = "c2sp.org/tlog-proof@v1\nindex 2\n";
    String tail = "\n" + proof(2).checkpoint();

    assertThat(LogProof.parse(Notes.utf8(head + hash.repeat(63) + tail)).path()).hasSize(63);
    for (int count : new int[] {64, 67, 68, 69, 70, 1000}) {
      byte[] file = Notes.utf8(head + hash.repeat(count) + tail);
      assertThatThrownBy(() -> LogProof.parse(file)).isInstanceOf(InvalidLogDataException.class);
    }
  }
}
