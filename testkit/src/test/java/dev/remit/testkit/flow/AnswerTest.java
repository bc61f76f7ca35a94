package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static dev.remit.testkit.flow.FlowRelease.WIPE;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static dev.remit.testkit.flow.FlowWorld.OWN_TOO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.approval.Assertion;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Verdict;
import dev.remit.core.evidence.Entry.Kind;
import dev.remit.core.flow.Approvals.Counted;
import dev.remit.core.flow.Approvals.NoSuchProposal;
import dev.remit.core.flow.Approvals.NotCounted;
import dev.remit.core.flow.Gateway;
import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.Person;
import dev.remit.core.identity.PersonId;
import dev.remit.core.release.Release;
import dev.remit.core.task.TaskClass.Answers;
import dev.remit.core.task.TaskClass.AskRule;
import dev.remit.testkit.flow.Crowd.Human;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whose answer counts, and what it brings about. */
class AnswerTest extends WaitingWipe {
  @Test
  void oneOfOursAndOneOfTheirsGrantIt() {
    assertCounted(crowd.grant(crowd.sam, proposal), Proposal.State.OPEN);
    assertCounted(crowd.grant(crowd.hanna, proposal), Proposal.State.GRANTED);
    assertThat(stored(proposal).useBy()).contains(world.clock.instant().plus(BOTH.useWithin()));
  }

  @Test
  void fourRecordsTellOfIt() {
    crowd.grant(crowd.sam, proposal);
    crowd.grant(crowd.hanna, proposal);
    assertThat(world.ofTasks(Kind.DECISION)).hasSize(1);
    assertThat(world.ofTasks(Kind.PROPOSED)).hasSize(1);
    assertThat(world.ofTasks(Kind.ANSWERED)).hasSize(2);
    assertThat(world.ofTasks(Kind.PROPOSAL_GRANTED)).hasSize(1);
    assertThat(world.ofTasks(Kind.PROPOSAL_READ)).hasSize(2);
  }

  @Test
  void twoOfOursAreNotOneOfTheirs() {
    crowd.grant(crowd.sam, proposal);
    assertCounted(crowd.grant(crowd.sue, proposal), Proposal.State.OPEN);
  }

  @Test
  void oneRefusalEndsIt() {
    crowd.grant(crowd.sam, proposal);
    assertCounted(crowd.refuse(crowd.hanna, proposal), Proposal.State.REFUSED);
    assertThat(crowd.grant(crowd.hugo, proposal)).isInstanceOf(NotCounted.class);
    assertThat(state()).isEqualTo(Proposal.State.REFUSED);
  }

  @Test
  void whoWasSeenLongAgoGrantsNothingThatCannotBeTakenBackAndMayRefuseIt() {
    var sam = crowd.sam.person();
    var longAgo = world.clock.instant().minus(dev.remit.core.flow.Approvals.FRESH_WITHIN);
    var away =
        new Crowd.Human(
            new Person(
                sam.id(), sam.name(), sam.organisation(), sam.groups(), sam.email(), longAgo),
            crowd.sam.key());
    assertNotCounted(crowd.grant(away, proposal), "sign in again");
    assertCounted(crowd.refuse(away, proposal), Proposal.State.REFUSED);
  }

  @Test
  void aCountdownThatAsksAgainWritesNothing() {
    crowd.card(crowd.sam, proposal);
    int before = world.ledgers.entries(HARBOR).size();
    assertThat(crowd.approvals().progress(crowd.sam.person(), HARBOR, proposal)).isPresent();
    assertThat(crowd.approvals().progress(crowd.ada.person(), HARBOR, new ProposalId("none")))
        .isEmpty();
    assertThat(world.ledgers.entries(HARBOR)).hasSize(before);
  }

  @Test
  void aPersonAnswersOnce() {
    crowd.grant(crowd.sam, proposal);
    assertThat(crowd.refuse(crowd.sam, proposal)).isInstanceOf(NotCounted.class);
    assertThat(world.ledgers.proposals().answers(HARBOR, proposal)).hasSize(1);
  }

  @Test
  void theTicketsRequesterDoesNotCount() {
    var requester = crowd.enrolled(Crowd.msp("contact-500", "seniors"), crowd.ada);
    assertNotCounted(crowd.grant(requester, proposal), "you opened the ticket");
  }

  @Test
  void theTicketsRequesterDoesNotCountUnderAnotherNameWithTheSameAddress() {
    world.policy.forget();
    world.policy.ask(WIPE, BOTH);
    world.vendor.put(
        new dev.remit.core.execution.Connector.Ticket(
            "501", "1", "Sam@Staff.example ", true, true, "words"));
    world
        .drivers()
        .closeTask(
            world.desk,
            world.drivers().openTasks(world.desk).getFirst().id(),
            dev.remit.core.task.Task.State.DONE);
    world.open(world.desk, "service", "501", OWN);
    proposal = waiting(OWN);
    assertNotCounted(crowd.grant(crowd.sam, proposal), "you opened the ticket");
  }

  @Test
  void theAgentsOwnerDoesNotCount() {
    assertNotCounted(crowd.grant(crowd.olga, proposal), "you own this agent");
  }

  @Test
  void whoMayWritePolicyDoesNotCountWhileNobodyKnowsWhoWroteTheVersion() {
    var author = crowd.enrolled(Crowd.msp("wim", "engineers", "seniors"), crowd.ada);
    assertNotCounted(crowd.grant(author, proposal), "you wrote the policy");
  }

  @Test
  void theAuthorOfTheDecidingVersionDoesNotCount() {
    activate(by(Set.of(crowd.sam.person().id())));
    proposal = waiting(OWN_TOO);
    assertNotCounted(crowd.grant(crowd.sam, proposal), "you wrote the policy");
    assertCounted(crowd.grant(crowd.sue, proposal), Proposal.State.OPEN);
  }

  private void activate(Release release) {
    world.releases.activate(release, world.policy);
  }

  private static Release by(Set<PersonId> authors) {
    var r = FlowRelease.of("v1");
    return new Release(
        r.version(),
        r.organisation(),
        r.tenants(),
        r.agentClasses(),
        r.orchestrators(),
        r.taskClasses(),
        r.tools(),
        r.connectors(),
        r.ticketConnector(),
        r.people(),
        authors);
  }

  @Test
  void whoHasAnotherFunctionDoesNotCount() {
    assertNotCounted(crowd.grant(crowd.ada, proposal), "this waits for");
    var overseer = crowd.enrolled(Crowd.msp("otto", "overseers"), crowd.ada);
    assertNotCounted(crowd.grant(overseer, proposal), "this waits for");
  }

  @Test
  void hostileCase24AClientsIssuerThatAssertsAGroupOfTheMspIsNobody() {
    var forged =
        Crowd.human(Crowd.person("harbor", "mallory", new Organisation.Client(HARBOR), "seniors"));
    assertThat(crowd.grant(forged, proposal)).isEqualTo(new NoSuchProposal());
    var liar = Crowd.human(Crowd.person("harbor", "mallory", new Organisation.Msp(), "seniors"));
    assertThat(crowd.grant(liar, proposal)).isEqualTo(new NoSuchProposal());
    assertThat(state()).isEqualTo(Proposal.State.OPEN);
  }

  @Test
  void hostileCase24AnIssuerOfTheMspThatAssertsAClientsGroupIsNoClient() {
    var forged = crowd.enrolled(Crowd.msp("mallory", "it-approvers", "overseers"), crowd.ada);
    assertNotCounted(crowd.grant(forged, proposal), "this waits for");
    var liar =
        Crowd.human(Crowd.person("staff", "mal", new Organisation.Client(HARBOR), "it-approvers"));
    assertThat(crowd.grant(liar, proposal)).isEqualTo(new NoSuchProposal());
  }

  @Test
  void hostileCase24TwoAccountsWithOneAddressAreOneHuman() {
    world.policy.forget();
    world.policy.ask(
        WIPE,
        new AskRule(
            "two",
            "true",
            List.of(new Answers(2, "msp.senior-technicians")),
            BOTH.answerWithin(),
            BOTH.useWithin()));
    var id = waiting(OWN_TOO);
    var twin = crowd.enrolled(twinOf(crowd.sam), crowd.ada);
    assertThat(crowd.grant(crowd.sam, id)).isEqualTo(new Counted(Proposal.State.OPEN));
    assertThat(crowd.grant(twin, id)).isEqualTo(new Counted(Proposal.State.OPEN));
    assertThat(crowd.grant(crowd.sue, id)).isEqualTo(new Counted(Proposal.State.GRANTED));
  }

  private static Person twinOf(Human human) {
    var p = human.person();
    return new Person(
        new PersonId("staff", "twin"),
        "twin",
        p.organisation(),
        p.groups(),
        p.email().map(String::toUpperCase),
        p.signedInAt());
  }

  @Test
  void hostileCase14NoVerbOfTheAgentsTakesAnAnswer() {
    for (var method : Gateway.class.getMethods()) {
      assertThat(Arrays.stream(method.getParameterTypes()))
          .doesNotContain(Verdict.class, Assertion.class, Person.class);
    }
    assertThat(Gateway.class.getMethods())
        .extracting(java.lang.reflect.Method::getName)
        .noneMatch(name -> name.matches("(?i).*(approve|grant|answer|lift|widen).*"));
  }

  @Test
  void anAnswerAfterItsTimeDoesNotCount() {
    crowd.grant(crowd.sam, proposal);
    world.pass(BOTH.answerWithin());
    assertThat(crowd.grant(crowd.hanna, proposal)).isInstanceOf(NotCounted.class);
    assertThat(state()).isEqualTo(Proposal.State.EXPIRED);
  }

  @Test
  void twoWhoAnswerAtOnceResolveItOnce() {
    for (int round = 0; round < 20; round++) {
      var id = round % 2 == 0 ? waitingAnew(OWN) : waitingAnew(OWN_TOO);
      var sam = Together.start(() -> crowd.grant(crowd.sam, id));
      var hanna = Together.start(() -> crowd.grant(crowd.hanna, id));
      assertThat(Together.await(sam)).isInstanceOf(Counted.class);
      assertThat(Together.await(hanna)).isInstanceOf(Counted.class);
      assertThat(stored(id).state()).isEqualTo(Proposal.State.GRANTED);
      assertThat(world.ofTasks(Kind.PROPOSAL_GRANTED)).hasSize(round + 1);
    }
  }

  private ProposalId waitingAnew(String device) {
    world.pass(BOTH.answerWithin());
    world.drivers().sweeper().tick();
    if (world.drivers().openTasks(world.desk).isEmpty()) {
      world.open();
    }
    return waiting(device);
  }

  @Test
  void aGrantAndARefusalAtOnceNeverGrantWhatWasRefused() {
    var id = proposal;
    crowd.grant(crowd.sam, id);
    var yes = Together.start(() -> crowd.grant(crowd.hanna, id));
    var no = Together.start(() -> crowd.refuse(crowd.hugo, id));
    var answers = List.of(Together.await(yes), Together.await(no));
    assertThat(answers).anyMatch(Counted.class::isInstance);
    var end = stored(id).state();
    boolean isNoCounted = answers.getLast() instanceof Counted;
    assertThat(end).isIn(Proposal.State.GRANTED, Proposal.State.REFUSED);
    if (isNoCounted) {
      assertThat(world.drivers().resume(world.desk, id, new dev.remit.core.execution.Cut()))
          .isInstanceOf(dev.remit.core.flow.CallResult.Ended.class);
      assertThat(world.isAnythingSent()).isFalse();
    }
  }
}
