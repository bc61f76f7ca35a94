package dev.remit.core.oversight;

import dev.remit.core.evidence.Entry;

/**
 * A change of a stored level, with the entry that tells of it.
 *
 * @param standing the level from now on; its revision is higher than any before
 * @param follows the revision of the stored row that it replaces; 0 when there is none
 */
public record Change(Standing standing, long follows, Entry entry) {
  public Change {
    if (!standing.entry().equals(entry.id())) {
      throw new IllegalStateException("a level names the entry that tells of it");
    }
  }
}
