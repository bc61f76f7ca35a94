package dev.remit.identity;

import java.security.PublicKey;
import java.util.Set;

/**
 * A public key of an issuer and the algorithms it may be used with; none if it must not be used.
 */
public record VerificationKey(String kid, PublicKey key, Set<SigningAlgorithm> algorithms) {

  public VerificationKey {
    algorithms = Set.copyOf(algorithms);
  }
}
