package dev.remit.core.restore;

import dev.remit.core.evidence.Entry;
import dev.remit.core.tenant.TenantId;
import java.util.Map;
import java.util.Optional;

/** The store of epochs; nothing in it is ever changed or removed. */
public interface Epochs {

  /** The epoch that is now; empty before the first start. */
  Optional<Epoch> latest();

  /** Where the data lives now, in the words of {@link Epoch#cluster()}. */
  String cluster();

  /**
   * Begins an epoch together with the entry that tells of it; no effect is admitted meanwhile.
   *
   * @return false when another one has this number already, or it is not the next
   */
  boolean begin(Epoch epoch, Entry entry);

  /** How many entries each log has; a log that was longer once has lost some. */
  Map<TenantId, Long> sizes();
}
