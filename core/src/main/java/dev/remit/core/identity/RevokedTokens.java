package dev.remit.core.identity;

import dev.remit.core.tenant.TenantId;
import java.time.Instant;

/**
 * Task tokens that their holders gave back before their end (RFC 7009). Every replica sees them,
 * and no intent of one commits afterwards.
 */
public interface RevokedTokens {

  /**
   * Revokes a token; again is the same as once.
   *
   * @param by who revokes it
   */
  void revoke(TenantId tenant, TaskToken token, String by, Instant at);

  /**
   * Whether it may be used at this moment: its task is open and this agent's, and nobody gave it
   * back. One read of the store, so every replica says the same.
   */
  boolean isLive(AgentId agent, TaskToken token, Instant at);

  /**
   * Forgets those that would be dead by themselves: revoked so long ago that none of them lives.
   */
  void sweep(Instant revokedBefore);
}
