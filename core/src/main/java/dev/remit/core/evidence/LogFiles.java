package dev.remit.core.evidence;

import dev.remit.core.tenant.TenantId;
import java.util.List;
import java.util.Optional;

/**
 * The logs of tenants as files that others mirror, check and cosign (C2SP tlog-tiles).
 *
 * <p>Read only but for cosignatures, which prove themselves: whoever writes one checked it.
 */
public interface LogFiles {

  /** The path of the latest checkpoint. */
  String CHECKPOINT = "checkpoint";

  /**
   * A file of one tenant's log: {@code checkpoint} with all its cosignatures, {@code
   * tile/<level>/<index>} or {@code tile/entries/<index>}.
   *
   * @return empty when the log has no file of that name; a path that is none has none
   */
  Optional<byte[]> read(TenantId tenant, String path);

  /**
   * Up to {@code limit} checkpoints that witnesses cosigned, as note text with their cosignatures,
   * smallest first; where there are more, the latest.
   */
  List<String> cosigned(TenantId tenant, int limit);

  /** Logs whose latest checkpoint this witness has not cosigned. */
  List<TenantId> without(String witness);

  /**
   * Keeps what a witness signed of a checkpoint.
   *
   * @param line one signature line of a note (C2SP signed-note), verified by the caller
   */
  void cosign(TenantId tenant, long size, String witness, String line);
}
