package dev.remit.core.register;

import dev.remit.core.evidence.Entry;

/**
 * A change of the register, with the entry that tells of it.
 *
 * @param registration as it is from now on; its revision is higher than any before
 * @param follows the revision of the stored row that it replaces; 0 when there is none
 */
public record Move(Registration registration, long follows, Entry entry) {
  public Move {
    if (!registration.entry().equals(entry.id())) {
      throw new IllegalStateException("a registration names the entry that tells of it");
    }
  }
}
