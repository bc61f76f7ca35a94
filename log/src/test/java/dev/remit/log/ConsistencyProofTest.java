package dev.remit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsistencyProofTest {
  private static final int LARGEST = 130;

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void everyPairOfSizesIsProvenAsTheDefinitionSays(long seed) {
    List<byte[]> entries = Trees.entries(LARGEST, seed);
    MemoryHashes stored = Trees.stored(entries);
    for (int newer = 1; newer <= LARGEST; newer++) {
      TreeHead newerHead = MerkleTree.head(newer, stored);
      for (int older = 1; older <= newer; older++) {
        ConsistencyProof proof = ConsistencyProof.create(older, newer, stored);
        if (seed == 1 && older % 7 == newer % 7) {
          assertThat(proof.path())
              .isEqualTo(Trees.hashes(NaiveTree.proof(older, entries.subList(0, newer))));
        }
        Verified<TreeHead> verified = proof.verify(MerkleTree.head(older, stored), newerHead);
        assertThat(VerifiedAssert.proven(verified)).isEqualTo(newerHead);
      }
    }
  }

  @Test
  void everyChangeOfThePathIsFound() {
    MemoryHashes stored = Trees.stored(Trees.entries(70, 4));
    TreeHead newer = MerkleTree.head(70, stored);
    for (int size = 1; size < 70; size++) {
      TreeHead older = MerkleTree.head(size, stored);
      for (List<Hash> wrong : Mutations.of(ConsistencyProof.create(size, 70, stored).path())) {
        assertThat(new ConsistencyProof(size, 70, wrong).verify(older, newer).isProven()).isFalse();
      }
    }
  }

  @Test
  void aRewrittenHistoryIsFoundWhateverProofItBrings() {
    List<byte[]> entries = Trees.entries(40, 8);
    for (int size = 1; size < 40; size++) {
      TreeHead seen = Trees.naiveHead(entries.subList(0, size));
      List<byte[]> rewritten = new java.util.ArrayList<>(entries);
      rewritten.set(size - 1, new byte[] {6, 6, 6});
      MemoryHashes stored = Trees.stored(rewritten);
      Verified<TreeHead> verified =
          ConsistencyProof.create(size, 40, stored).verify(seen, MerkleTree.head(40, stored));
      VerifiedAssert.refuted(verified, Refutation.ROOT_MISMATCH);
    }
  }

  @Test
  void aForkOfOneSizeIsNamedSo() {
    TreeHead one = Trees.naiveHead(Trees.entries(9, 1));
    TreeHead other = Trees.naiveHead(Trees.entries(9, 2));
    ConsistencyProof proof = new ConsistencyProof(9, 9, List.of());
    VerifiedAssert.refuted(proof.verify(one, other), Refutation.FORK);
    assertThat(proof.verify(one, one).isProven()).isTrue();
  }

  @Test
  void reasonsAreTold() {
    MemoryHashes stored = Trees.stored(Trees.entries(8, 1));
    TreeHead six = MerkleTree.head(6, stored);
    TreeHead eight = MerkleTree.head(8, stored);
    ConsistencyProof proof = ConsistencyProof.create(6, 8, stored);
    VerifiedAssert.refuted(proof.verify(eight, eight), Refutation.SIZE_MISMATCH);
    VerifiedAssert.refuted(proof.verify(six, six), Refutation.SIZE_MISMATCH);
    VerifiedAssert.refuted(
        new ConsistencyProof(8, 6, proof.path()).verify(eight, six), Refutation.SIZES_REVERSED);
    VerifiedAssert.refuted(
        new ConsistencyProof(0, 8, List.of()).verify(TreeHead.EMPTY, eight), Refutation.EMPTY_TREE);
    VerifiedAssert.refuted(
        new ConsistencyProof(0, 0, List.of()).verify(TreeHead.EMPTY, TreeHead.EMPTY),
        Refutation.EMPTY_TREE);
    VerifiedAssert.refuted(
        new ConsistencyProof(6, 8, List.of()).verify(six, eight), Refutation.PROOF_LENGTH);
    VerifiedAssert.refuted(
        new ConsistencyProof(8, 8, proof.path()).verify(eight, eight), Refutation.PROOF_LENGTH);
  }

  @Test
  void aProofForImpossibleSizesCannotBeMade() {
    MemoryHashes stored = Trees.stored(Trees.entries(8, 1));
    assertThatThrownBy(() -> ConsistencyProof.create(0, 8, stored))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ConsistencyProof.create(8, 7, stored))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {(1L << 40) + 1, (1L << 62) - 1, 1L << 62, Long.MAX_VALUE})
  void treesOfAnySizeAreProven(long size) {
    UniformTree tree = new UniformTree();
    TreeHead newer = MerkleTree.head(size, tree);
    for (long older : new long[] {1, 2, 1 << 20, size / 3, size / 2, size - 1, size}) {
      Verified<TreeHead> verified =
          ConsistencyProof.create(older, size, tree).verify(MerkleTree.head(older, tree), newer);
      assertThat(VerifiedAssert.proven(verified)).isEqualTo(newer);
    }
  }
}
