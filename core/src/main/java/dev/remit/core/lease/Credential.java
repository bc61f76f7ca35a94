package dev.remit.core.lease;

import java.util.List;

/**
 * A live credential in memory. Only the connector that made it understands it.
 *
 * <p>Implementations never show the secret in {@code toString}.
 */
public interface Credential {

  /** The principal's name at the target, as in the lease. */
  String principal();

  /**
   * The texts by which whoever has them is taken for its holder; for the check alone that keeps
   * them from travelling. Empty where nothing of it is text.
   */
  List<String> secrets();
}
