package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.DESK;
import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static dev.remit.testkit.flow.FlowRelease.RESTART;
import static dev.remit.testkit.flow.FlowRelease.SCAN;
import static dev.remit.testkit.flow.FlowRelease.WIPE;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static dev.remit.testkit.flow.FlowWorld.OWN_TOO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.call.CallRequest;
import dev.remit.core.execution.Cut;
import dev.remit.core.flow.Approvals.Counted;
import dev.remit.core.flow.Approvals.NotCounted;
import dev.remit.core.flow.CallResult.Answered;
import dev.remit.core.flow.CallResult.Refused;
import dev.remit.core.flow.CallResult.Waiting;
import dev.remit.core.flow.Standing;
import dev.remit.core.flow.Standing.NotAsked;
import dev.remit.core.identity.GradeFamily;
import dev.remit.core.identity.PersonFunction;
import dev.remit.core.release.People;
import dev.remit.core.release.Release;
import dev.remit.core.release.VersionId;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Answers that people gave beforehand: so often, so long, for exactly this, and nothing else. */
class StandingTest extends StandingWish {

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
