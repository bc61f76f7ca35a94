package dev.remit.identity.binding;

import dev.remit.core.call.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which proofs came already (RFC 9449, section 11.1). A proof names a nonce of this replica, so it
 * is remembered here alone and only as long as its nonce is good. Thread safe.
 *
 * <p>Its memory is bounded: when it is full nothing more is taken until the oldest nonces die.
 */
final class SpentProofs {

  /** What became of a proof that is shown. */
  enum Spending {
    FIRST,
    AGAIN,
    FULL
  }

  private final int most;
  private final TreeMap<Long, Set<Mark>> bySlot = new TreeMap<>();
  private int count;

  /** Half a digest of key and name: finding two that are equal takes 2^64 signatures. */
  private record Mark(long high, long low) {}

  SpentProofs(int most) {
    this.most = most;
  }

  /**
   * Remembers a proof.
   *
   * @param slot that of its nonce
   */
  synchronized Spending spend(String thumbprint, String id, long slot, Instant now) {
    for (var oldest = bySlot.firstEntry();
        oldest != null && oldest.getKey() < Nonces.oldestSlot(now);
        oldest = bySlot.firstEntry()) {
      count -= oldest.getValue().size();
      bySlot.pollFirstEntry();
    }
    var digest =
        ByteBuffer.wrap(Sha256.raw((thumbprint + "." + id).getBytes(StandardCharsets.UTF_8)));
    var mark = new Mark(digest.getLong(), digest.getLong());
    var spent = bySlot.computeIfAbsent(slot, _ -> new HashSet<>());
    if (spent.contains(mark)) {
      return Spending.AGAIN;
    }
    if (count >= most) {
      return Spending.FULL;
    }
    spent.add(mark);
    count++;
    return Spending.FIRST;
  }

  synchronized int size() {
    return count;
  }
}
