package dev.remit.core.approval;

import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.PersonId;
import java.time.Instant;
import java.util.Set;

/**
 * One person's signed answer to one proposal.
 *
 * @param groups the groups the person answers for, as the rules name them
 * @param assertion the signature over {@link AnswerChallenge}; checked when given and when used
 */
public record Answer(
    ProposalId proposal,
    PersonId person,
    Organisation organisation,
    Set<String> groups,
    Verdict verdict,
    String reason,
    Instant at,
    Assertion assertion) {

  public Answer {
    groups = Set.copyOf(groups);
  }
}
