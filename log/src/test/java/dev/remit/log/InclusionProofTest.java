package dev.remit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InclusionProofTest {
  private static final int LARGEST = 130;

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void everyLeafOfEveryTreeIsProvenAsTheDefinitionSays(long seed) {
    List<byte[]> entries = Trees.entries(LARGEST, seed);
    MemoryHashes stored = Trees.stored(entries);
    for (int size = 1; size <= LARGEST; size++) {
      TreeHead head = Trees.naiveHead(entries.subList(0, size));
      for (int index = 0; index < size; index++) {
        InclusionProof proof = InclusionProof.create(index, size, stored);
        if (seed == 1 && (index % 7 == size % 7)) {
          assertThat(proof.path())
              .isEqualTo(Trees.hashes(NaiveTree.path(index, entries.subList(0, size))));
        }
        Hash leaf = MerkleTree.hashLeaf(entries.get(index));
        assertThat(VerifiedAssert.proven(proof.verify(leaf, head)))
            .isEqualTo(new Leaf(index, leaf));
      }
    }
  }

  @Test
  void aProofServesNoOtherPlace() {
    List<byte[]> entries = Trees.entries(33, 5);
    MemoryHashes stored = Trees.stored(entries);
    for (int size = 1; size <= entries.size(); size++) {
      TreeHead head = Trees.naiveHead(entries.subList(0, size));
      for (int index = 0; index < size; index++) {
        Hash leaf = MerkleTree.hashLeaf(entries.get(index));
        List<Hash> path = InclusionProof.create(index, size, stored).path();
        for (int other = -1; other <= size; other++) {
          if (other != index) {
            assertThat(new InclusionProof(other, size, path).verify(leaf, head).isProven())
                .as("path of %s used for %s of %s", index, other, size)
                .isFalse();
          }
        }
      }
    }
  }

  @Test
  void everyChangeOfThePathIsFound() {
    List<byte[]> entries = Trees.entries(100, 6);
    MemoryHashes stored = Trees.stored(entries);
    TreeHead head = Trees.naiveHead(entries);
    for (int index = 0; index < 100; index++) {
      Hash leaf = MerkleTree.hashLeaf(entries.get(index));
      InclusionProof proof = InclusionProof.create(index, 100, stored);
      for (List<Hash> wrong : Mutations.of(proof.path())) {
        assertThat(new InclusionProof(index, 100, wrong).verify(leaf, head).isProven()).isFalse();
      }
      Hash other = MerkleTree.hashLeaf(new byte[] {9, 9, 9});
      VerifiedAssert.refuted(proof.verify(other, head), Refutation.ROOT_MISMATCH);
      TreeHead otherHead = new TreeHead(100, other);
      VerifiedAssert.refuted(proof.verify(leaf, otherHead), Refutation.ROOT_MISMATCH);
    }
  }

  @Test
  void reasonsAreTold() {
    List<byte[]> entries = Trees.entries(5, 7);
    TreeHead head = Trees.naiveHead(entries);
    Hash leaf = MerkleTree.hashLeaf(entries.get(2));
    List<Hash> path = InclusionProof.create(2, 5, Trees.stored(entries)).path();
    List<Hash> longer = new ArrayList<>(path);
    longer.add(leaf);
    VerifiedAssert.refuted(
        new InclusionProof(2, 6, path).verify(leaf, head), Refutation.SIZE_MISMATCH);
    VerifiedAssert.refuted(
        new InclusionProof(5, 5, path).verify(leaf, head), Refutation.INDEX_OUT_OF_RANGE);
    VerifiedAssert.refuted(
        new InclusionProof(-1, 5, path).verify(leaf, head), Refutation.INDEX_OUT_OF_RANGE);
    VerifiedAssert.refuted(
        new InclusionProof(2, 5, longer).verify(leaf, head), Refutation.PROOF_LENGTH);
    VerifiedAssert.refuted(
        new InclusionProof(2, 5, path.subList(0, 1)).verify(leaf, head), Refutation.PROOF_LENGTH);
    VerifiedAssert.refuted(
        new InclusionProof(0, 0, List.of()).verify(leaf, TreeHead.EMPTY),
        Refutation.INDEX_OUT_OF_RANGE);
  }

  @Test
  void aProofOutsideTheTreeCannotBeMade() {
    MemoryHashes stored = Trees.stored(Trees.entries(5, 7));
    assertThatThrownBy(() -> InclusionProof.create(5, 5, stored))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> InclusionProof.create(-1, 5, stored))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> InclusionProof.create(0, 0, stored))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1L << 40, (1L << 40) + 1, (1L << 62) - 1, 1L << 62, Long.MAX_VALUE})
  void treesOfAnySizeAreProven(long size) {
    UniformTree tree = new UniformTree();
    TreeHead head = MerkleTree.head(size, tree);
    for (long index : new long[] {0, 1, size / 3, size / 2, size - 2, size - 1}) {
      Verified<Leaf> verified =
          InclusionProof.create(index, size, tree).verify(UniformTree.LEAF, head);
      assertThat(VerifiedAssert.proven(verified).index()).isEqualTo(index);
    }
  }
}
