package dev.remit.core.flow;

import dev.remit.core.approval.Answer;
import dev.remit.core.approval.AnswerChallenge;
import dev.remit.core.approval.AssertionCheck.Valid;
import dev.remit.core.approval.Eligibility;
import dev.remit.core.approval.PersonKey;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.Quorum;
import dev.remit.core.approval.Verdict;
import dev.remit.core.release.Release;
import java.util.List;
import java.util.Optional;

/**
 * Looks at stored answers as if nobody had looked before: a row is nothing, its signature by a live
 * key of an eligible person over this digest is all.
 */
final class AnswerCheck {

  private final PeoplePorts people;

  AnswerCheck(PeoplePorts people) {
    this.people = people;
  }

  /** Whether these answers grant the proposal under this version: enough grants, no refusal. */
  boolean isGranted(Proposal proposal, List<Answer> answers, Release release) {
    return !isRefused(proposal, answers, release)
        && Quorum.isReached(proposal.rules(), votes(proposal, answers, Verdict.GRANT, release));
  }

  /** Whether somebody whose answer counts said no. */
  boolean isRefused(Proposal proposal, List<Answer> answers, Release release) {
    return !votes(proposal, answers, Verdict.REFUSE, release).isEmpty();
  }

  /** The answers of this verdict that count. */
  List<Quorum.Vote> votes(
      Proposal proposal, List<Answer> answers, Verdict verdict, Release release) {
    var eligibility = new Eligibility(release.people());
    return answers.stream()
        .filter(answer -> answer.verdict() == verdict)
        .filter(answer -> answer.proposal().equals(proposal.id()))
        .filter(answer -> isSigned(proposal, answer))
        .filter(answer ->
            eligibility.objection(proposal, Eligibility.who(answer), answer.at()).isEmpty())
        .map(answer ->
            new Quorum.Vote(
                answer.person(),
                answer.assertion().credentialId(),
                answer.emailDigest(),
                eligibility.serves(proposal, Eligibility.who(answer), answer.at())))
        .toList();
  }

  private boolean isSigned(Proposal proposal, Answer answer) {
    boolean isInTime =
        !answer.at().isBefore(proposal.askedAt()) && answer.at().isBefore(proposal.answerBy());
    return isInTime
        && keyOf(answer)
            .filter(key ->
                people.check().check(key, challenge(proposal, answer), answer.assertion())
                    instanceof Valid)
            .isPresent();
  }

  private Optional<PersonKey> keyOf(Answer answer) {
    return people
        .keys()
        .find(answer.assertion().credentialId())
        .filter(key -> key.person().equals(answer.person()))
        .filter(key -> key.organisation().equals(answer.organisation()))
        .filter(key -> key.isLiveAt(answer.at()));
  }

  private static byte[] challenge(Proposal proposal, Answer answer) {
    return AnswerChallenge.of(proposal, answer.verdict(), answer.person(), answer.groups());
  }
}
