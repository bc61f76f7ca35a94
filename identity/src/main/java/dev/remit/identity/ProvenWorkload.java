package dev.remit.identity;

import dev.remit.core.identity.Caller;
import dev.remit.core.identity.InstanceId;
import dev.remit.identity.binding.Confirmation;
import java.time.Instant;

/**
 * A registered workload, proven by a token; whether whoever shows the token may is another
 * question.
 *
 * @param unbound the one instance of all copies that show no key
 * @param confirmation the key that the token is bound to
 * @param endOfProof from here on it is not proven any more
 */
public record ProvenWorkload(
    Workloads.Workload workload,
    InstanceId unbound,
    Confirmation confirmation,
    Instant endOfProof) {

  /** The caller, who holds this key. */
  public Caller bound(InstanceId instance) {
    return workload.caller(instance, true, endOfProof);
  }

  /** The caller, of whom no key is known. */
  public Caller withoutKey() {
    return workload.caller(unbound, false, endOfProof);
  }
}
