package dev.remit.core.target;

import dev.remit.core.value.Value;
import java.util.Set;

/**
 * A record as a connector read it: the owner is still the system's own identifier for it.
 *
 * @param owner the external identifier of the owning company in that system
 */
public record Reading(
    TargetRef ref, String owner, Value.Obj attributes, Set<String> binding, String version) {

  public Reading {
    binding = Set.copyOf(binding);
  }
}
