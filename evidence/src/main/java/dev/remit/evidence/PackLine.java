package dev.remit.evidence;

import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.util.Optional;

/**
 * One line of a pack, well formed and no more: nothing in it has been checked against anything.
 *
 * <p>Lines come in this order: one {@link Header}, {@link Cosigned} checkpoints, {@link Covered}
 * entries, one {@link Checkpoint}, {@link Pending} entries, one {@link End}.
 */
public sealed interface PackLine {

  /** Where it begins. */
  Place place();

  /**
   * What the pack says it is.
   *
   * @param installation 16 hexadecimal digits
   */
  record Header(Place place, TenantId tenant, String origin, String installation, String exportedAt)
      implements PackLine {}

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
