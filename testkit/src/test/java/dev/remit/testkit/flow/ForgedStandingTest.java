package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.RESTART;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.approval.Answer;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Subject;
import dev.remit.core.call.CallRequest;
import dev.remit.core.execution.Cut;
import dev.remit.core.flow.CallResult;
import dev.remit.core.flow.CallResult.Answered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Standing approvals whose uses are raced for, and whose rows are written by hand. */
class ForgedStandingTest extends StandingWish {

  @Test
  void callsAtOnceNeverUseMoreThanThereAre() throws Exception {
    var proposal = granted(3);
    List<Callable<CallResult>> all = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      var request =
          new CallRequest(world.desk, RESTART, spooler(), Optional.empty(), Optional.of("at-" + i));
      all.add(() -> world.drivers().call(request, new Cut()));
    }
    int done = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var one : threads.invokeAll(all)) {
        done += one.get() instanceof Answered ? 1 : 0;
      }
    }
    assertThat(done).isBetween(1, 3);
    assertThat(restarts()).isEqualTo(done);
    assertThat(used(proposal.id())).isEqualTo(done);
  }

  @Test
  void moreUsesWrittenIntoTheRowReleaseNothing() {
    granted(1);
    assertDone(call(RESTART, spooler()));
    world.ledgers.forge(
        p ->
            p.subject() instanceof Subject.OfStanding s
                ? with(p, more(s), p.digest(), p.state())
                : p,
        answers -> answers);
    assertAsks(call(RESTART, spooler()));
    assertThat(restarts()).isEqualTo(1);
  }

  private static Subject.OfStanding more(Subject.OfStanding s) {
    return new Subject.OfStanding(
        s.agent(),
        s.taskClass(),
        s.tool(),
        s.arguments(),
        s.free(),
        20,
        s.until(),
        s.asker(),
        s.reason(),
        s.match());
  }

  private static Proposal with(Proposal p, Subject subject, String digest, Proposal.State state) {
    return new Proposal(
        p.id(),
        p.tenant(),
        subject,
        digest,
        p.rules(),
        p.parties(),
        p.facts(),
        p.askedAt(),
        p.answerBy(),
        p.useBy().or(() -> Optional.of(p.answerBy().plus(Duration.ofDays(30)))),
        state);
  }

  @Test
  void oneThatIsDeclaredGrantedWithoutAnswersReleasesNothing() {
    ask(wish(5));
    world.ledgers.forge(
        p ->
            p.subject() instanceof Subject.OfStanding
                ? with(p, p.subject(), p.digest(), Proposal.State.GRANTED)
                : p,
        answers -> answers);
    assertAsks(call(RESTART, spooler()));
    assertThat(restarts()).isZero();
  }

  @Test
  void answersOfAnotherProposalReleaseNothing() {
    var first = granted(1);
    assertDone(call(RESTART, spooler()));
    var second = ask(wish(9));
    world.ledgers.forge(
        p ->
            p.id().equals(second.id())
                ? with(p, p.subject(), p.digest(), Proposal.State.GRANTED)
                : p,
        answers -> {
          var all = new ArrayList<>(answers);
          answers.stream()
              .filter(a -> a.proposal().equals(first.id()))
              .map(a -> moved(a, second.id()))
              .forEach(all::add);
          return all;
        });
    assertAsks(call(RESTART, spooler()));
    assertThat(restarts()).isEqualTo(1);
  }

  private static Answer moved(Answer a, ProposalId to) {
    return new Answer(
        to,
        a.person(),
        a.name(),
        a.organisation(),
        a.groups(),
        a.emailDigest(),
        a.verdict(),
        a.reason(),
        a.at(),
        a.assertion());
  }
}
