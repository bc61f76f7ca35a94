package dev.remit.core.evidence;

import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Entries without conditions, and reading of all entries. Append-only by the database's own rights.
 */
public interface Journal {

  /** What becomes of the bodies of entries. */
  default Bodies bodies() {
    return Bodies.KEPT;
  }

  /** Appends; durable when it returns. */
  void append(Entry entry);

  /** Stored entries of a tenant in log order (not yet integrated ones last), oldest first. */
  List<Stored> read(Query query);

  /** The latest signed checkpoint of a tenant's log as note text, if there is one. */
  Optional<String> checkpoint(TenantId tenant);

  /**
   * Which entries.
   *
   * @param fromIndex the first leaf index wanted
   */
  record Query(
      TenantId tenant,
      long fromIndex,
      int limit,
      Optional<String> call,
      Optional<String> task,
      Optional<Instant> since) {}

  /**
   * An entry as stored.
   *
   * @param index its leaf's index, absent until it is integrated
   */
  record Stored(Optional<Long> index, String leaf, String salt, Value.Obj body) {

    /** Whether its body is gone, and its salt with it. */
    public boolean isErased() {
      return salt.isEmpty();
    }
  }
}
