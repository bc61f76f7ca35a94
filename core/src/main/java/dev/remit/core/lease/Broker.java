package dev.remit.core.lease;

import java.util.Optional;
import java.util.Set;

/**
 * Makes and ends credentials at one connector's target.
 *
 * <p>Contract (held by one suite for every broker): creation is exclusive, an existing principal is
 * never adopted for use; revoking cuts open sessions, removes, and looks that it is gone; revoking
 * what is already gone is success; nothing here retries by itself.
 */
public interface Broker {

  /** What revocation really is at this target. */
  Revocation revocation();

  /** Makes the credential of this lease. */
  Issued issue(Lease lease);

  /**
   * Ends it and reads back its absence. After a crash there is no credential in hand; then the
   * principal's name alone must do, or the answer is {@link Lingering}.
   */
  Ended revoke(Lease lease, Optional<Credential> credential);

  /** Principals at the target that carry this installation's mark, with or without a lease. */
  Set<String> present();

  /** Makes a lease-less principal of ours go away; for the reconciler only. */
  Ended remove(String principal);

  /** What revocation really is. */
  enum Revocation {
    IMMEDIATE,
    BY_LIST,
    EXPIRY_ONLY
  }

  /** The answer to {@link #issue}. */
  sealed interface Issued {}

  /** It exists. */
  record Made(Credential credential) implements Issued {}

  /** The target said no, or the principal exists already; nothing of this lease was left behind. */
  record NotMade(String detail) implements Issued {}

  /** It may exist: the lease must be revoked before anything else. */
  record Uncertain(String detail) implements Issued {}

  /** The answer to {@link #revoke}. */
  sealed interface Ended {}

  /** Proven gone; {@code proof} says how its absence was read. */
  record Gone(String proof) implements Ended {}

  /** Not proven gone yet; to be tried again. */
  record Lingering(String detail) implements Ended {}
}
