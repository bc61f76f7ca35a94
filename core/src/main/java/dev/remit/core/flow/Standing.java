package dev.remit.core.flow;

import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.Person;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Standing approvals: people answer once for a counted number of equal calls at exactly the same
 * targets.
 *
 * <p>They exist for what is {@code low} alone, at most {@link #MOST_USES} times and {@link
 * #LONGEST}. One is a proposal like any other, answered under the rule that asks, and checked like
 * any other at each use: another target, argument, agent, rule, policy, pin or binding attribute,
 * and it covers nothing.
 */
public interface Standing {

  /** So often at most. */
  int MOST_USES = 20;

  /** So long at most. */
  Duration LONGEST = Duration.ofDays(30);

  /**
   * What a person wants to be let through.
   *
   * @param arguments of the call, whole; of those in {@code free} the values do not matter
   * @param free names of arguments that may differ from call to call, never one that names a target
   * @param reason why, in the asker's words
   */
  record Wish(
      TenantId tenant,
      AgentId agent,
      String taskClass,
      String tool,
      Value.Obj arguments,
      Set<String> free,
      int uses,
      Duration life,
      String reason) {
    public Wish {
      free = Set.copyOf(free);
    }
  }

  /** Asks for one in a person's name; people answer it with their keys. */
  Asked ask(Person person, Wish wish);

  /** Those of a tenant that wait or are in force. */
  List<InForce> of(TenantId tenant);

  /** Ends one; false when it is over already, or none. */
  boolean withdraw(TenantId tenant, ProposalId id, String by, String reason);

  /**
   * One that waits or is in force.
   *
   * @param used how many of its uses are used up
   */
  record InForce(Proposal proposal, int used) {}

  /** What became of a wish. */
  sealed interface Asked {}

  /** It waits for answers, or waited already. */
  record Waits(Proposal proposal) implements Asked {}

  /**
   * It cannot be.
   *
   * @param why in words for the person
   */
  record NotAsked(String why) implements Asked {}
}
