package dev.remit.log.witness;

import dev.remit.log.Checkpoint;
import dev.remit.log.ConsistencyProof;
import dev.remit.log.Ed25519Cosigner;
import dev.remit.log.Ed25519Signer;
import dev.remit.log.Frontier;
import dev.remit.log.Hash;
import dev.remit.log.KeyName;
import dev.remit.log.MemoryHashes;
import dev.remit.log.MerkleTree;
import dev.remit.log.Origin;
import dev.remit.log.SignedNote;
import dev.remit.log.TreeHead;
import dev.remit.log.TrustedKeys;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** A log of 100 entries that a test can show at any size, and fork. */
final class WitnessedLog {
  static final Ed25519Cosigner COSIGNER =
      new Ed25519Cosigner(
          signer("witness.example/w1", 77),
          InstantSource.fixed(Instant.parse("2026-03-01T10:00:00Z")));

  final Origin origin;
  final Ed25519Signer signer;
  final MemoryHashes hashes = new MemoryHashes();

  WitnessedLog(String origin, long seed) {
    this(new Origin(origin), signer(origin, seed), Integer.MAX_VALUE);
  }

  private WitnessedLog(Origin origin, Ed25519Signer signer, int forkedAt) {
    this.origin = origin;
    this.signer = signer;
    Frontier frontier = new Frontier();
    for (int i = 0; i < 100; i++) {
      byte[] entry = {(byte) i, (byte) (i >= forkedAt ? 1 : 0)};
      frontier.append(MerkleTree.hashLeaf(entry), hashes);
    }
  }

  static Ed25519Signer signer(String name, long seed) {
    try {
      SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
      random.setSeed(seed);
      return Ed25519Signer.generate(new KeyName(name), random);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same log with the same key and another history from an index on. */
  WitnessedLog forked(int at) {
    return new WitnessedLog(origin, signer, at);
  }

  TrustedKeys keys() {
    return TrustedKeys.of(signer.verifier());
  }

  TreeHead head(int size) {
    return MerkleTree.head(size, hashes);
  }

  SignedNote note(int size) {
    return new Checkpoint(origin, head(size)).sign(signer);
  }

  byte[] request(long oldSize, int size) {
    List<Hash> proof =
        oldSize == 0 || oldSize >= size
            ? List.of()
            : ConsistencyProof.create(oldSize, size, hashes).path();
    return new AddCheckpoint(oldSize, proof, note(size)).toBytes();
  }
}
