package dev.remit.core.flow;

import dev.remit.core.approval.ProposalId;
import dev.remit.core.identity.Person;
import dev.remit.core.tenant.TenantId;

/**
 * Taking back what waits for people, or was granted and is not used yet: what an agent asked for,
 * and what is asked of the installation's own people. What a client's people asked for themselves,
 * a key or that a kill be lifted, is theirs.
 *
 * <p>It only narrows: the agent hears why when it asks, and may ask anew.
 */
public interface Withdrawals {

  /** Withdraws as a person with the function <i>operate</i>. */
  Result withdraw(Person person, TenantId tenant, ProposalId id, String reason);

  /** Withdraws as whoever holds the machine. */
  Result withdrawAsOperator(TenantId tenant, ProposalId id, String reason);

  /** What became of it. */
  sealed interface Result {}

  /** It is withdrawn. */
  record Withdrawn() implements Result {}

  /** There is no such proposal here. */
  record NoSuchProposal() implements Result {}

  /**
   * It stands as it stood.
   *
   * @param why in words for the person
   */
  record NotWithdrawn(String why) implements Result {}
}
