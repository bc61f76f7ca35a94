package dev.remit.postgres;

import dev.remit.core.tenant.TenantId;
import dev.remit.log.Checkpoint;
import dev.remit.log.SignedNote;

/**
 * Signs what a tenant's log says about itself. Whoever holds the keys gives one; a signer that
 * cannot sign throws, and the batch is not integrated.
 */
@FunctionalInterface
public interface CheckpointSigner {

  /** The signed note of this checkpoint. */
  SignedNote sign(TenantId tenant, Checkpoint checkpoint);
}
