package dev.remit.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sigstore.merkle.InclusionProofVerificationException;
import dev.sigstore.merkle.InclusionProofVerifier;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The inclusion verifier of sigstore-java on our proofs: it takes the good ones and no other. */
class SigstoreRefereeTest {
  private static final int LARGEST = 70;

  private final List<byte[]> entries = Trees.entries(LARGEST, 11);
  private final MemoryHashes hashes = Trees.stored(entries);

  private static boolean accepts(InclusionProof proof, Hash leaf, TreeHead head) {
    List<byte[]> path = proof.path().stream().map(Hash::toBytes).toList();
    try {
      InclusionProofVerifier.verify(
          leaf.toBytes(), proof.index(), proof.treeSize(), path, head.root().toBytes());
      return true;
    } catch (InclusionProofVerificationException e) {
      return false;
    }
  }

  @Test
  void everyProofOfEveryTreeIsAccepted() {
    int proofs = 0;
    for (int size = 1; size <= LARGEST; size++) {
      TreeHead head = MerkleTree.head(size, hashes);
      for (int index = 0; index < size; index++) {
        Hash leaf = MerkleTree.hashLeaf(entries.get(index));
        InclusionProof proof = InclusionProof.create(index, size, hashes);
        assertThat(accepts(proof, leaf, head)).as("%d of %d", index, size).isTrue();
        assertThat(proof.verify(leaf, head).isProven()).isTrue();
        proofs++;
      }
    }
    System.out.println("sigstore-java: " + proofs + " of " + proofs + " proofs accepted");
  }

  @Test
  void aWrongLeafOrAWrongPathIsRefusedByBoth() {
    for (int size = 2; size <= LARGEST; size += 3) {
      TreeHead head = MerkleTree.head(size, hashes);
      for (int index = 0; index < size; index++) {
        InclusionProof proof = InclusionProof.create(index, size, hashes);
        Hash other = MerkleTree.hashLeaf(new byte[] {1, 2, 3});
        assertThat(accepts(proof, other, head)).isFalse();
        assertThat(proof.verify(other, head).isProven()).isFalse();
        Hash leaf = MerkleTree.hashLeaf(entries.get(index));
        for (int i = 0; i < proof.path().size(); i++) {
          var path = new ArrayList<>(proof.path());
          path.set(i, other);
          var bad = new InclusionProof(index, size, path);
          assertThat(accepts(bad, leaf, head)).as("%d of %d at %d", index, size, i).isFalse();
          assertThat(bad.verify(leaf, head).isProven()).isFalse();
        }
      }
    }
  }
}
