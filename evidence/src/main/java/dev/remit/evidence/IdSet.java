package dev.remit.evidence;

import dev.remit.core.call.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Names seen so far, at about 32 bytes each however long they are: a verifier reads millions.
 *
 * <p>It keeps 128 bits of each name's SHA-256, so that nobody can make two names look alike.
 */
final class IdSet {

  // Open addressing in pairs of longs; a pair whose first is 0 is free. At most half full.
  private long[] slots = new long[2 * 64];
  private int size;

  boolean contains(String name) {
    var key = key(name);
    int slot = slot(slots, key[0], key[1]);
    return isTaken(slots, slot);
  }

  /** False when it was there already. */
  boolean add(String name) {
    if (4L * size >= slots.length) {
      grow();
    }
    var key = key(name);
    int slot = slot(slots, key[0], key[1]);
    if (isTaken(slots, slot)) {
      return false;
    }
    slots[slot] = key[0];
    slots[slot + 1] = key[1];
    size++;
    return true;
  }

  private static long[] key(String name) {
    var digest = ByteBuffer.wrap(Sha256.raw(name.getBytes(StandardCharsets.UTF_8)));
    return new long[] {digest.getLong() | 1, digest.getLong()};
  }

  private static boolean isTaken(long[] slots, int slot) {
    return slots[slot] != 0;
  }

  private static int slot(long[] slots, long high, long low) {
    int mask = slots.length / 2 - 1;
    int at = (int) (low & mask);
    while (isTaken(slots, 2 * at) && (slots[2 * at] != high || slots[2 * at + 1] != low)) {
      at = (at + 1) & mask;
    }
    return 2 * at;
  }

  private void grow() {
    long[] larger = new long[slots.length * 2];
    for (int i = 0; i < slots.length; i += 2) {
      if (isTaken(slots, i)) {
        int slot = slot(larger, slots[i], slots[i + 1]);
        larger[slot] = slots[i];
        larger[slot + 1] = slots[i + 1];
      }
    }
    slots = larger;
  }
}
