package dev.remit.core.lease;

/**
 * A live credential in memory. Only the connector that made it understands it.
 *
 * <p>Implementations never show the secret in {@code toString}.
 */
public interface Credential {

  /** The principal's name at the target, as in the lease. */
  String principal();
}
