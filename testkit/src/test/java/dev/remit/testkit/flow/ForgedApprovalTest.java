package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.WIPE;
import static dev.remit.testkit.flow.FlowWorld.OWN_TOO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.approval.Answer;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Verdict;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.flow.CallResult.Refused;
import dev.remit.core.flow.CallResult.Waiting;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Who writes into the database releases nothing: the signatures are checked at the use. */
class ForgedApprovalTest extends ResumableWipe {
  @Test
  void aStateWrittenByTheDatabasesAdministratorReleasesNothing() {
    world.ledgers.forge(
        p ->
            p.in(
                Proposal.State.GRANTED,
                Optional.of(world.clock.instant().plus(Duration.ofDays(1)))),
        answers -> answers);
    assertRefused(resume(), ReasonCode.APPROVAL_STALE);
    assertThat(world.isAnythingSentToChange()).isFalse();
  }

  private void declareGranted(Duration more) {
    world.ledgers.forge(
        p -> p.in(Proposal.State.GRANTED, Optional.of(world.clock.instant().plus(more))),
        answers -> answers);
  }

  @Test
  void aUsedApprovalThatIsDeclaredGrantedAgainIsNotUsedAgain() {
    grant();
    assertDone(resume());
    // Later than equal calls are looked for, and still within the time that was signed.
    world.pass(Duration.ofMinutes(11));
    declareGranted(Duration.ofMinutes(5));
    assertThat(resume())
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.reason()).isEqualTo(ReasonCode.APPROVAL_STALE));
    assertThat(wipes()).isEqualTo(1);
  }

  @Test
  void aTimeToUseThatIsWrittenInReleasesNothingAfterTheTimeThatWasSigned() {
    grant();
    world.pass(Duration.ofMinutes(45));
    declareGranted(Duration.ofDays(1));
    assertRefused(resume(), ReasonCode.APPROVAL_STALE);
  }

  private void forge(UnaryOperator<Answer> change) {
    world.ledgers.forge(p -> p, answers -> answers.stream().map(change).toList());
  }

  @Test
  void anAnswerWrittenByTheDatabasesAdministratorReleasesNothing() {
    var other = waiting(world.call(WIPE, OWN_TOO));
    grant(other);
    // Copied to the proposal at hand, with its state set.
    world.ledgers.forge(
        p ->
            p.in(
                Proposal.State.GRANTED,
                Optional.of(world.clock.instant().plus(Duration.ofDays(1)))),
        answers -> answers.stream().map(a -> with(a, proposal, a.groups(), a.verdict())).toList());
    assertRefused(resume(), ReasonCode.APPROVAL_STALE);
  }

  @Test
  void groupsWrittenIntoAnAnswerReleaseNothing() {
    crowd.grant(crowd.sam, proposal);
    crowd.grant(crowd.sue, proposal);
    forge(a -> {
      var more = new HashSet<>(a.groups());
      more.add("tenant.approvers");
      return with(a, a.proposal(), more, a.verdict());
    });
    assertThat(resume()).isInstanceOf(Waiting.class);
    assertThat(wipes()).isZero();
  }

  @Test
  void aRefusalTurnedIntoAGrantInTheDatabaseReleasesNothing() {
    crowd.grant(crowd.sam, proposal);
    crowd.refuse(crowd.hanna, proposal);
    forge(a -> with(a, a.proposal(), a.groups(), Verdict.GRANT));
    world.ledgers.forge(
        p ->
            p.in(
                Proposal.State.GRANTED,
                Optional.of(world.clock.instant().plus(Duration.ofDays(1)))),
        answers -> answers);
    assertRefused(resume(), ReasonCode.APPROVAL_STALE);
  }

  @Test
  void argumentsChangedInTheDatabaseReleaseNothing() {
    grant();
    world.ledgers.forge(
        p ->
            p.subject() instanceof dev.remit.core.approval.Subject.OfCall c
                ? new Proposal(
                    p.id(),
                    p.tenant(),
                    new dev.remit.core.approval.Subject.OfCall(
                        c.task(),
                        c.agent(),
                        c.instance(),
                        c.tool(),
                        FlowWorld.on(OWN_TOO),
                        c.idempotencyKey()),
                    p.digest(),
                    p.rules(),
                    p.parties(),
                    p.facts(),
                    p.askedAt(),
                    p.answerBy(),
                    p.useBy(),
                    p.state())
                : p,
        answers -> answers);
    assertRefused(resume(), ReasonCode.APPROVAL_STALE);
  }

  @Test
  void rulesSoftenedInTheDatabaseReleaseNothing() {
    crowd.grant(crowd.sam, proposal);
    var soft = new dev.remit.core.task.TaskClass.Answers(1, "msp.senior-technicians");
    var b = BOTH;
    world.ledgers.forge(
        p ->
            new Proposal(
                p.id(),
                p.tenant(),
                p.subject(),
                p.digest(),
                List.of(
                    new dev.remit.core.task.TaskClass.AskRule(
                        b.id(), b.condition(), List.of(soft), b.answerWithin(), b.useWithin())),
                p.parties(),
                p.facts(),
                p.askedAt(),
                p.answerBy(),
                p.useBy(),
                p.state()),
        answers -> answers);
    resume();
    assertThat(wipes()).isZero();
  }

  private static Answer with(Answer a, ProposalId proposal, Set<String> groups, Verdict verdict) {
    return new Answer(
        proposal,
        a.person(),
        a.name(),
        a.organisation(),
        groups,
        a.emailDigest(),
        verdict,
        a.reason(),
        a.at(),
        a.assertion());
  }
}
