package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.DESK;
import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static dev.remit.testkit.flow.FlowRelease.RESTART;
import static dev.remit.testkit.flow.FlowRelease.SCAN;
import static dev.remit.testkit.flow.FlowRelease.WIPE;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static dev.remit.testkit.flow.FlowWorld.OWN_TOO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.approval.Answer;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Subject;
import dev.remit.core.call.CallRequest;
import dev.remit.core.execution.Cut;
import dev.remit.core.flow.Approvals.Counted;
import dev.remit.core.flow.Approvals.NotCounted;
import dev.remit.core.flow.CallResult;
import dev.remit.core.flow.CallResult.Answered;
import dev.remit.core.flow.CallResult.Refused;
import dev.remit.core.flow.CallResult.Waiting;
import dev.remit.core.flow.Standing;
import dev.remit.core.flow.Standing.NotAsked;
import dev.remit.core.flow.Standing.Waits;
import dev.remit.core.flow.Standing.Wish;
import dev.remit.core.identity.GradeFamily;
import dev.remit.core.identity.PersonFunction;
import dev.remit.core.release.People;
import dev.remit.core.release.Release;
import dev.remit.core.release.VersionId;
import dev.remit.core.task.TaskClass.AskRule;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers that people gave beforehand: so often, so long, for exactly this, and nothing else. */
class StandingTest {

  private final FlowWorld world = new FlowWorld();
  private final Crowd crowd = new Crowd(world);
  private int calls;

  @BeforeEach
  void restartsWait() {
    world.open();
    for (var tool : List.of(RESTART, SCAN, WIPE)) {
      world.policy.ask(tool, rule(tool));
    }
  }

  private static AskRule rule(String tool) {
    var both = WaitingWipe.BOTH;
    return new AskRule(
        "both-" + tool, both.condition(), both.from(), both.answerWithin(), both.useWithin());
  }

  private Standing standing() {
    return world.drivers().oversight().standing();
  }

  private Value.Obj spooler() {
    return FlowWorld.on(OWN).with("service", Value.of("spooler"));
  }

  private Wish wish(int uses, String... free) {
    return wish(RESTART, spooler(), uses, Duration.ofDays(7), free);
  }

  private Wish wish(String tool, Value.Obj arguments, int uses, Duration life, String... free) {
    return new Wish(
        HARBOR,
        world.desk.id(),
        "service",
        tool,
        arguments,
        Set.of(free),
        uses,
        life,
        "it hangs every morning");
  }

  private Proposal ask(Wish wish) {
    var asked = standing().ask(crowd.olga.person(), wish);
    assertThat(asked).isInstanceOf(Waits.class);
    return ((Waits) asked).proposal();
  }

  private Proposal granted(int uses, String... free) {
    var proposal = ask(wish(uses, free));
    assertThat(crowd.grant(crowd.sam, proposal.id())).isInstanceOf(Counted.class);
    assertThat(crowd.grant(crowd.hanna, proposal.id()))
        .isEqualTo(new Counted(Proposal.State.GRANTED));
    world.watch.forget();
    return proposal;
  }

  /** A call of its own each time, whatever was called before. */
  private CallResult call(String tool, Value.Obj arguments) {
    return world
        .drivers()
        .call(
            new CallRequest(
                world.desk, tool, arguments, Optional.empty(), Optional.of("key-" + ++calls)),
            new Cut());
  }

  private void assertDone(CallResult result) {
    assertThat(result).isInstanceOf(Answered.class);
  }

  private void assertAsks(CallResult result) {
    assertThat(result).isInstanceOf(Waiting.class);
  }

  private long restarts() {
    return world.vendor.sent().stream().filter(sent -> sent.tool().name().equals(RESTART)).count();
  }

  private int used(ProposalId id) {
    return standing().of(HARBOR).stream()
        .filter(one -> one.proposal().id().equals(id))
        .findFirst()
        .orElseThrow()
        .used();
  }

  @Test
  void itLetsSoManyCallsThroughAndThenPeopleAreAskedAgain() {
    var proposal = granted(2);
    assertDone(call(RESTART, spooler()));
    assertThat(used(proposal.id())).isEqualTo(1);
    assertDone(call(RESTART, spooler()));
    assertAsks(call(RESTART, spooler()));
    assertThat(restarts()).isEqualTo(2);
    assertThat(used(proposal.id())).isEqualTo(2);
    assertThat(world.intents().getFirst().fields().text("proposal")).contains(proposal.digest());
  }

  @Test
  void itServesAnotherTaskOfTheSameClassAndAnotherRunningCopy() {
    granted(2);
    assertDone(call(RESTART, spooler()));
    var copy = world.agent(DESK, HARBOR, GradeFamily.DESTRUCTIVE, "another-copy");
    world.ticket("501", "1", true, true);
    world.open(copy, "service", "501", OWN);
    assertDone(world.call(copy, RESTART, spooler(), Optional.empty()));
  }

  @Test
  void beforeItIsAnsweredItCoversNothing() {
    var proposal = ask(wish(2));
    crowd.grant(crowd.sam, proposal.id());
    assertAsks(call(RESTART, spooler()));
    assertThat(restarts()).isZero();
  }

  @Test
  void anEqualRepetitionOfACallUsesItOnce() {
    var proposal = granted(3);
    var request =
        new CallRequest(world.desk, RESTART, spooler(), Optional.empty(), Optional.of("once"));
    assertDone(world.drivers().call(request, new Cut()));
    world.drivers().call(request, new Cut());
    assertThat(restarts()).isEqualTo(1);
    assertThat(used(proposal.id())).isEqualTo(1);
  }

  @Test
  void anotherTargetIsNotCovered() {
    granted(5);
    assertAsks(call(RESTART, spooler().with("device", Value.of(OWN_TOO))));
    assertThat(restarts()).isZero();
  }

  @Test
  void anotherArgumentIsNotCoveredUnlessItWasNamedAsFree() {
    granted(5);
    var other = spooler().with("service", Value.of("everything"));
    assertAsks(call(RESTART, other));
    assertAsks(call(RESTART, FlowWorld.on(OWN)));
    assertAsks(call(RESTART, spooler().with("client", Value.of("x"))));
    assertThat(restarts()).isZero();
  }

  @Test
  void aFreeArgumentMayDifferAndNothingElse() {
    granted(5, "service");
    assertDone(call(RESTART, spooler().with("service", Value.of("print"))));
    assertAsks(call(RESTART, spooler().with("client", Value.of("x"))));
    assertAsks(call(RESTART, spooler().with("device", Value.of(OWN_TOO))));
  }

  @Test
  void anotherToolOrTaskClassOrAgentIsNotCovered() {
    granted(5);
    assertAsks(call(SCAN, spooler()));
    var family = world.agent(DESK, HARBOR, GradeFamily.CHANGE, "other-family");
    world.ticket("501", "1", true, true);
    world.open(family, "service", "501", OWN);
    assertAsks(world.call(family, RESTART, spooler(), Optional.empty()));
    world.ticket("502", "1", true, true);
    var copy = world.agent(DESK, HARBOR, GradeFamily.DESTRUCTIVE, "other-class");
    world.open(copy, "seldom", "502", OWN);
    assertAsks(world.call(copy, RESTART, spooler(), Optional.empty()));
    assertThat(restarts()).isZero();
  }

  @Test
  void whatIsHighOrDestructiveNeverStands() {
    assertThat(standing().ask(crowd.olga.person(), wish(WIPE, spooler(), 2, Duration.ofDays(1))))
        .isInstanceOfSatisfying(NotAsked.class, no -> assertThat(no.why()).contains("low"));
  }

  @Test
  void whatIsNoneOfTheAgentsOrTenantsOrTooMuchIsNotAskedFor() {
    var day = Duration.ofDays(1);
    for (var wish :
        List.of(
            wish(0),
            wish(Standing.MOST_USES + 1),
            wish(RESTART, spooler(), 2, Standing.LONGEST.plusSeconds(1)),
            wish(RESTART, spooler(), 2, Duration.ZERO),
            wish(RESTART, spooler(), 2, day, "device"),
            wish(RESTART, spooler(), 2, day, "client"),
            wish(RESTART, spooler().with("device", Value.of(FlowWorld.FOREIGN)), 2, day),
            wish(RESTART, spooler().with("device", Value.of("nothing")), 2, day),
            wish(RESTART, spooler().with("unknown", Value.of("x")), 2, day))) {
      assertThat(standing().ask(crowd.olga.person(), wish)).isInstanceOf(NotAsked.class);
    }
    world.policy.forget();
    assertThat(standing().ask(crowd.olga.person(), wish(2)))
        .isInstanceOfSatisfying(
            NotAsked.class, no -> assertThat(no.why()).contains("without asking"));
    assertThat(standing().of(HARBOR)).isEmpty();
  }

  @Test
  void whoeverAskedForItOrOwnsTheAgentDoesNotAnswer() {
    var proposal = ask(wish(2));
    assertThat(crowd.grant(crowd.olga, proposal.id())).isInstanceOf(NotCounted.class);
    assertThat(crowd.grant(crowd.sam, proposal.id())).isInstanceOf(Counted.class);
  }

  @Test
  void afterItsEndItCoversNothing() {
    granted(5);
    world.pass(Duration.ofDays(7));
    world.seeInventory();
    world.ticket("501", "1", true, true);
    var copy = world.agent(DESK, HARBOR, GradeFamily.DESTRUCTIVE, "a-week-later");
    world.open(copy, "service", "501", OWN);
    assertAsks(world.call(copy, RESTART, spooler(), Optional.empty()));
    assertThat(standing().of(HARBOR)).isEmpty();
  }

  @Test
  void aChangedPolicyOrRuleLeavesItWithoutEffect() {
    granted(5);
    world.policy.rewrite("policy-of-both-" + RESTART, "other words");
    assertAsks(call(RESTART, spooler()));
    assertThat(restarts()).isZero();
  }

  @Test
  void aRuleThatWantsOthersLeavesItWithoutEffect() {
    granted(5);
    world.policy.forget();
    world.policy.ask(RESTART, Duration.ofMinutes(30));
    assertAsks(call(RESTART, spooler()));
  }

  @Test
  void aGroupThatMeansOthersLeavesItWithoutEffect() {
    granted(5);
    var r = FlowRelease.of("v2");
    var groups = new HashMap<>(r.people().groups());
    groups.put(
        "senior-technicians",
        new People.Group("staff", "everybody", Set.of(PersonFunction.APPROVE)));
    world.ledgers.activate(new VersionId("v2"));
    world.releases.activate(
        new Release(
            r.version(),
            r.organisation(),
            r.tenants(),
            r.agentClasses(),
            r.orchestrators(),
            r.taskClasses(),
            r.tools(),
            r.connectors(),
            r.ticketConnector(),
            new People(groups, r.people().approvers()),
            Set.of()),
        world.policy);
    assertThat(call(RESTART, spooler())).isNotInstanceOf(Answered.class);
    assertThat(restarts()).isZero();
  }

  @Test
  void aTargetInAnotherRoleIsNotCovered() {
    granted(5);
    world.put(FlowWorld.reading(OWN, "1", "domain-controller", "99"));
    world.seeInventory();
    assertAsks(call(RESTART, spooler()));
    assertThat(restarts()).isZero();
  }

  @Test
  void aTargetThatMovedIsNotTouched() {
    granted(5);
    world.move(OWN, "2");
    assertThat(call(RESTART, spooler())).isInstanceOf(Refused.class);
    assertThat(restarts()).isZero();
  }

  @Test
  void aHeartbeatLeavesItAlone() {
    granted(5);
    world.put(FlowWorld.reading(OWN, "1", "workstation", "99"));
    world.seeInventory();
    assertDone(call(RESTART, spooler()));
  }

  @Test
  void aWithdrawnOneCoversNothing() {
    var proposal = granted(5);
    assertDone(call(RESTART, spooler()));
    assertThat(standing().withdraw(HARBOR, proposal.id(), "staff/sam", "enough")).isTrue();
    assertThat(standing().withdraw(HARBOR, proposal.id(), "staff/sam", "enough")).isFalse();
    assertAsks(call(RESTART, spooler()));
    assertThat(standing().of(HARBOR)).isEmpty();
  }

  @Test
  void onlyStandingApprovalsAreWithdrawnByThis() {
    var waits = call(RESTART, spooler());
    assertAsks(waits);
    var handle = ((Waiting) waits).handle();
    assertThat(standing().withdraw(HARBOR, handle, "staff/sam", "x")).isFalse();
  }

  @Test
  void anAnswererWhoseKeyWasRemovedCoversNothing() {
    granted(5);
    crowd.keys().remove(crowd.hanna.person(), crowd.hanna.key().credentialId());
    assertAsks(call(RESTART, spooler()));
    assertThat(restarts()).isZero();
  }

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

  @Test
  void aRefusalEndsTheWish() {
    var proposal = ask(wish(2));
    crowd.refuse(crowd.sam, proposal.id());
    assertThat(standing().of(HARBOR)).isEmpty();
    assertThat(call(RESTART, spooler()))
        .isInstanceOfSatisfying(
            Waiting.class, waits -> assertThat(waits.handle()).isNotEqualTo(proposal.id()));
  }

  @Test
  void theCardSaysHowOftenAndUntilWhen() {
    var proposal = ask(wish(4, "service"));
    var card = crowd.card(crowd.sam, proposal.id()).orElseThrow();
    assertThat(card.kind()).isEqualTo("standing");
    assertThat(card.action()).contains(RESTART, "4 times");
    assertThat(card.arguments().get("uses")).contains(Value.of(4));
    assertThat(card.arguments().text("until")).isPresent();
    assertThat(card.arguments().items("mayDiffer")).containsExactly(Value.of("service"));
    assertThat(card.mayAnswer()).isTrue();
  }
}
