package dev.remit.core.evidence;

import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Entries without conditions, and reading of all entries. Append-only by the database's own rights.
 */
public interface Journal {

  /** What becomes of the bodies of entries. */
  Bodies bodies();

  /** Appends; durable when it returns. */
  void append(Entry entry);

  /** Stored entries of a tenant in log order (not yet integrated ones last), oldest first. */
  List<Stored> read(Query query);

  /**
   * Entries in the log that are as wanted, oldest first. One request looks at a bounded stretch of
   * the log, so a page may be short, or empty, before the end: go on where it says.
   */
  Found search(Search search);

  /**
   * Since when a tenant's log has checkpoints that no witness cosigned; empty when a witness
   * cosigned the latest. A log that no witness ever saw is unwitnessed since {@link Instant#EPOCH}.
   */
  Optional<Instant> unwitnessedSince(TenantId tenant);

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
   * Which entries.
   *
   * @param wanted what a leaf's field must say; nothing means all
   * @param fromIndex the first leaf index wanted
   */
  record Search(
      TenantId tenant,
      Map<Field, String> wanted,
      Optional<Instant> since,
      Optional<Instant> until,
      long fromIndex,
      int limit) {
    public Search {
      wanted = Map.copyOf(wanted);
    }
  }

  /** What is found by. */
  enum Field {
    KIND,
    CALL,
    TASK,
    AGENT,
    INSTANCE,
    TOOL,
    DECISION,
    /** Whoever of people did it. */
    PERSON,
    /** One of the records that it touches, such as {@code rmm/device/1042}. */
    TARGET;

    /** The lower-case form used in requests. */
    public String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * What was found.
   *
   * @param next the leaf index to go on from; absent at the end of the log
   */
  record Found(List<Stored> entries, Optional<Long> next) {
    public Found {
      entries = List.copyOf(entries);
    }
  }

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
