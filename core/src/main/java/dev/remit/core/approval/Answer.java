package dev.remit.core.approval;

import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.PersonId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * One person's signed answer to one proposal.
 *
 * @param name what to call the person on a page
 * @param groups all groups the person was of when answering, as rules name them; signed as well
 * @param emailDigest of the lower-case address, so that two accounts of one human are found
 * @param assertion the signature over {@link AnswerChallenge}; checked when given and when used
 */
public record Answer(
    ProposalId proposal,
    PersonId person,
    String name,
    Organisation organisation,
    Set<String> groups,
    Optional<String> emailDigest,
    Verdict verdict,
    String reason,
    Instant at,
    Assertion assertion) {

  public Answer {
    groups = Set.copyOf(groups);
  }
}
