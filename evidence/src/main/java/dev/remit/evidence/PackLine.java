package dev.remit.evidence;

import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import dev.remit.log.Hash;
import java.util.List;
import java.util.Optional;

/**
 * One line of a pack, well formed and no more: nothing in it has been checked against anything.
 *
 * <p>Lines come in this order: one {@link Header}, {@link Cosigned} checkpoints, what is {@link
 * Skipped} before the period, {@link Covered} entries, what is skipped after it, one {@link
 * Checkpoint}, {@link Pending} entries, one {@link End}.
 */
public sealed interface PackLine {

  /** Where it begins. */
  Place place();

  /**
   * What the pack says it is.
   *
   * @param installation 16 hexadecimal digits
   * @param period the time that was asked for, as the exporter says
   */
  record Header(
      Place place,
      long version,
      TenantId tenant,
      String origin,
      String installation,
      String exportedAt,
      Optional<Period> period)
      implements PackLine {}

  /** Entries that are left out, before or after the period. Only of version 2. */
  record Skipped(Place place, long until, List<String> hashes) implements PackLine {

    public Skipped {
      hashes = List.copyOf(hashes);
    }

    static Skipped of(Place place, LeftOut out) {
      return new Skipped(place, out.until(), out.hashes().stream().map(Hash::toBase64).toList());
    }

    LeftOut out() {
      return new LeftOut(until, hashes.stream().map(Hash::fromBase64).toList());
    }
  }

  /** An earlier checkpoint of the same log that witnesses cosigned; smallest first. */
  record Cosigned(Place place, String note) implements PackLine {}

  /** An entry that the checkpoint should cover. */
  record Covered(Place place, long index, Content content) implements PackLine {}

  /** The signed note with the head of the log. */
  record Checkpoint(Place place, String note) implements PackLine {}

  /** An entry that was stored and not yet in the log when the pack was written: not covered. */
  record Pending(Place place, Content content) implements PackLine {}

  /**
   * The last line. Its digest finds damage and truncation; it proves nothing, because whoever
   * changes a line can change it too.
   */
  record End(Place place, long entries, long pending, String sha256) implements PackLine {}

  /**
   * An entry's leaf and, unless erased or withheld, its body.
   *
   * @param hash what the leaf's hash should be, in base64; finds the damaged line and proves
   *     nothing
   */
  record Content(String leaf, String hash, Optional<Body> body) {}

  /** A body with the salt of its digest: both or neither. */
  record Body(String salt, Value.Obj value) {}
}
