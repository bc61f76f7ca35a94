package dev.remit.postgres;

import dev.remit.log.TrustedKeys;

/**
 * All that the integrator needs of the log's keys.
 *
 * @param signer signs with the key in use
 * @param keys the key in use and those before it: a stored checkpoint that none of them signed is
 *     not ours
 * @param heads what was signed here before
 */
public record LogSigning(CheckpointSigner signer, TrustedKeys keys, SignedHeads heads) {

  /** Without memory of its own. */
  public LogSigning(CheckpointSigner signer, TrustedKeys keys) {
    this(signer, keys, SignedHeads.NONE);
  }
}
