package dev.remit.core.flow;

import dev.remit.core.approval.Assertion;
import dev.remit.core.approval.Card;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Verdict;
import dev.remit.core.identity.Person;
import dev.remit.core.tenant.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How people answer proposals. A session says who reads; only a signature of a registered key
 * answers.
 *
 * <p>A person sees proposals of tenants that {@link dev.remit.core.release.People} lets them see;
 * others do not exist for them.
 */
public interface Approvals extends Withdrawals {

  /**
   * Open proposals this person may see, the most urgent first.
   *
   * @param cursor where the last page ended
   * @param limit at most this many, 1 to 100
   */
  Page inbox(Person person, Optional<String> cursor, int limit);

  /** One proposal as this person may read it; reading is recorded. */
  Optional<Card> card(Person person, TenantId tenant, ProposalId id);

  /** The same while somebody looks at it already: a countdown that asks again tells nothing new. */
  Optional<Card> progress(Person person, TenantId tenant, ProposalId id);

  /**
   * How short ago the issuer must have seen a person who grants what cannot be taken back; a
   * listener may want it shorter.
   */
  Duration FRESH_WITHIN = Duration.ofMinutes(15);

  /** Gives an answer. */
  AnswerResult answer(
      Person person,
      TenantId tenant,
      ProposalId id,
      Verdict verdict,
      String reason,
      Assertion assertion);

  /** One page of cards, and where the next begins. */
  record Page(List<Card> cards, Optional<String> next) {
    public Page {
      cards = List.copyOf(cards);
    }
  }

  /** What became of an answer. */
  sealed interface AnswerResult {}

  /** It counts; the proposal stands like this now. */
  record Counted(Proposal.State state) implements AnswerResult {}

  /** There is no such proposal for this person. */
  record NoSuchProposal() implements AnswerResult {}

  /**
   * It does not count.
   *
   * @param why in words for the person, such as {@code you own this agent}
   */
  record NotCounted(String why) implements AnswerResult {}
}
