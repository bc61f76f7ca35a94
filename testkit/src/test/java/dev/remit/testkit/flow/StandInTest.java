package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static dev.remit.testkit.flow.FlowWorld.OWN_TOO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.approval.Answer;
import dev.remit.core.approval.Answerers;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.Verdict;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.flow.CallResult.Answered;
import dev.remit.core.flow.CallResult.Refused;
import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.Person;
import dev.remit.core.identity.PersonFunction;
import dev.remit.core.release.People;
import dev.remit.core.release.People.StandIn;
import dev.remit.core.release.Release;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who stands in for a group that did not answer, and from when. */
class StandInTest extends ResumableWipe {
  private static final Duration AFTER = Duration.ofMinutes(10);

  private final Person deputy = Crowd.msp("dan", "deputies");
  private final Person theirs =
      Crowd.person("harbor", "hilda", new Organisation.Client(HARBOR), "it-deputies");
  private Crowd.Human dan = Crowd.human(deputy);
  private Crowd.Human hilda = Crowd.human(theirs);

  @BeforeEach
  void deputiesStandIn() {
    activate(Optional.of(new StandIn("deputies", AFTER)));
    dan = crowd.enrolled(deputy, crowd.ada);
    hilda = crowd.enrolled(theirs, crowd.hanna);
    world.pass(Duration.ofDays(3));
    world.seeInventory();
    world.open(world.desk, "service", "501", OWN_TOO);
    proposal =
        waiting(
            world.call(
                world.desk,
                FlowRelease.WIPE,
                FlowWorld.on(OWN_TOO),
                Optional.of(world.drivers().openTasks(world.desk).getFirst().id())));
    world.watch.forget();
  }

  private void activate(Optional<StandIn> standIn) {
    var r = FlowRelease.of("v1");
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
            people(r.people(), standIn),
            r.authors()),
        world.policy);
  }

  private static People people(People p, Optional<StandIn> standIn) {
    var groups = new HashMap<>(p.groups());
    groups.put(
        "senior-technicians",
        new People.Group("staff", "seniors", Set.of(PersonFunction.APPROVE), standIn));
    groups.put("deputies", new People.Group("staff", "deputies", Set.of(PersonFunction.APPROVE)));
    var approvers = new HashMap<>(p.approvers());
    approvers.put(
        HARBOR,
        new People.Approvers(
            "harbor", "it-approvers", Optional.of(new StandIn("it-deputies", AFTER))));
    return new People(groups, approvers, p.persons());
  }

  private Instant from() {
    return stored(proposal).askedAt().plus(AFTER);
  }

  @Test
  void beforeTheMomentAStandInDoesNotCount() {
    assertNotCounted(crowd.grant(dan, proposal), "you stand in from " + from());
    world.pass(AFTER.minusMillis(1));
    assertNotCounted(crowd.grant(dan, proposal), "you stand in from");
    assertNotCounted(crowd.grant(hilda, proposal), "you stand in from");
    assertThat(crowd.card(dan, proposal).orElseThrow().grantChallenge()).isEmpty();
  }

  @Test
  void fromTheMomentOnBothStandInsGrantAndItIsUsed() {
    world.pass(AFTER);
    assertCounted(crowd.grant(dan, proposal), Proposal.State.OPEN);
    assertCounted(crowd.grant(hilda, proposal), Proposal.State.GRANTED);
    assertThat(resume()).isInstanceOf(Answered.class);
  }

  @Test
  void aStandInTakesAPlaceOfItsOwnGroupOnly() {
    world.pass(AFTER);
    crowd.grant(dan, proposal);
    assertCounted(crowd.grant(crowd.sam, proposal), Proposal.State.OPEN);
    assertCounted(crowd.grant(crowd.hanna, proposal), Proposal.State.GRANTED);
  }

  @Test
  void anotherClientsOrTheMspsPeopleStandInForNoClient() {
    world.pass(AFTER);
    var stranger = Crowd.msp("dora", "it-deputies", "overseers");
    var dora = crowd.enrolled(stranger, crowd.ada);
    assertNotCounted(crowd.grant(dora, proposal), "this waits for");
  }

  private void forge(Duration asked, Duration answered) {
    world.ledgers.forge(
        p ->
            new Proposal(
                p.id(),
                p.tenant(),
                p.subject(),
                p.digest(),
                p.rules(),
                p.parties(),
                p.facts(),
                p.askedAt().plus(asked),
                p.answerBy(),
                p.useBy(),
                p.state()),
        answers -> answers.stream().map(a -> at(a, a.at().plus(answered))).toList());
  }

  private static Answer at(Answer a, Instant at) {
    return new Answer(
        a.proposal(),
        a.person(),
        a.name(),
        a.organisation(),
        a.groups(),
        a.emailDigest(),
        a.verdict(),
        a.reason(),
        at,
        a.assertion());
  }

  private void grantedByDeputies() {
    world.pass(AFTER);
    crowd.grant(dan, proposal);
    crowd.grant(hilda, proposal);
    world.watch.forget();
  }

  @Test
  void hostileAnAnswerOfBeforeTheMomentNeverCountsWhenItIsUsed() {
    grantedByDeputies();
    forge(Duration.ZERO, AFTER.negated());
    assertRefused(resume(), ReasonCode.APPROVAL_STALE);
  }

  @Test
  void hostileAMomentMovedInTheDatabaseIsNotTheOneThatWasSigned() {
    grantedByDeputies();
    forge(Duration.ofMinutes(-5), Duration.ofMinutes(-4));
    assertRefused(resume(), ReasonCode.APPROVAL_STALE);
  }

  @Test
  void hostileAnAnswerSignedForAnEarlierMomentCountsForNothing() {
    forge(AFTER.negated(), Duration.ZERO);
    var early = crowd.signed(dan, HARBOR, proposal, Verdict.GRANT);
    forge(AFTER, Duration.ZERO);
    world.pass(AFTER);
    assertThat(crowd.answer(dan, HARBOR, proposal, Verdict.GRANT, early))
        .isInstanceOf(dev.remit.core.flow.Approvals.NotCounted.class);
  }

  @Test
  void aStandInThatPolicyNoLongerNamesIsNoneWhenItIsUsed() {
    grantedByDeputies();
    activate(Optional.empty());
    assertThat(resume())
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.reason()).isEqualTo(ReasonCode.APPROVAL_STALE));
  }

  @Test
  void nobodyStandsInForKeysAndKills() {
    var fresh = Crowd.human(Crowd.client("henk"));
    var waits =
        (dev.remit.core.flow.Keys.Waits) crowd.keys().ask(fresh.person(), crowd.keyOf(fresh));
    world.pass(AFTER);
    assertThat(crowd.answer(hilda, HARBOR, waits.proposal(), Verdict.GRANT))
        .isInstanceOf(dev.remit.core.flow.Approvals.NotCounted.class);
    assertThat(crowd.answer(crowd.hugo, HARBOR, waits.proposal(), Verdict.GRANT))
        .isInstanceOf(dev.remit.core.flow.Approvals.Counted.class);
  }

  @Test
  void itIsToldWhoMayAnswerNowAndWhoFromWhen() {
    var answerers = new Answerers(world.releases.active().release().people());
    var asked = stored(proposal);
    var now = world.clock.instant();
    assertThat(answerers.at(asked, now))
        .extracting(Answerers.Circle::group)
        .containsExactlyInAnyOrder("seniors", "it-approvers");
    assertThat(answerers.next(asked, now)).contains(from());
    assertThat(answerers.at(asked, from()))
        .extracting(Answerers.Circle::group)
        .containsExactlyInAnyOrder("seniors", "it-approvers", "deputies", "it-deputies");
    assertThat(answerers.next(asked, from())).isEmpty();
    assertThat(answerers.at(asked, asked.answerBy())).isEmpty();
    assertThat(answerers.from(asked, crowd.sam.person())).contains(asked.askedAt());
    assertThat(answerers.from(asked, deputy)).contains(from());
    assertThat(answerers.from(asked, crowd.ada.person())).isEmpty();
    assertThat(answerers.from(asked, crowd.olga.person())).as("the agent's owner").isEmpty();
  }
}
