package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.DESK;
import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static dev.remit.testkit.flow.FlowRelease.NORTHWIND;
import static dev.remit.testkit.flow.FlowRelease.WIPE;
import static dev.remit.testkit.flow.FlowWorld.FOREIGN;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static dev.remit.testkit.flow.FlowWorld.OWN_TOO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.approval.ProposalId;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.Entry.Kind;
import dev.remit.core.flow.CallResult;
import dev.remit.core.flow.CallResult.Refused;
import dev.remit.core.flow.CallResult.Waiting;
import dev.remit.core.flow.Fatigue;
import dev.remit.core.identity.GradeFamily;
import dev.remit.core.task.Task;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hostile case 34: people are not flooded until they press. */
class FatigueTest {
  private final FlowWorld world = new FlowWorld();
  private final Crowd crowd = new Crowd(world);

  @BeforeEach
  void wipesWait() {
    world.policy.ask(WIPE, WaitingWipe.BOTH);
  }

  private CallResult wipe(String device, int number) {
    return world.call(
        world.desk,
        WIPE,
        FlowWorld.on(device).with("service", Value.of("s" + number)),
        Optional.empty());
  }

  private static ProposalId waiting(CallResult result) {
    assertThat(result).isInstanceOf(Waiting.class);
    return ((Waiting) result).handle();
  }

  private static void assertTooMuch(CallResult result) {
    assertThat(result)
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.reason()).isEqualTo(ReasonCode.LIMIT_EXCEEDED));
  }

  @Test
  void hostileCase34ATaskAsksForSoMuchAtOnceAndNoMore() {
    world.open();
    for (int i = 0; i < Fatigue.CAPS.perTask(); i++) {
      waiting(wipe(OWN, i));
    }
    assertTooMuch(wipe(OWN, 99));
    assertThat(world.ofTasks(Kind.PROPOSED)).hasSize(Fatigue.CAPS.perTask());
    assertThat(waiting(wipe(OWN, 0))).as("an equal one is the one that waits").isNotNull();
  }

  @Test
  void hostileCase34AnsweredRequestsMakeRoom() {
    world.open();
    var first = waiting(wipe(OWN, 0));
    for (int i = 1; i < Fatigue.CAPS.perTask(); i++) {
      waiting(wipe(OWN, i));
    }
    crowd.refuse(crowd.sam, first);
    waiting(wipe(OWN, 99));
  }

  @Test
  void hostileCase34AGroupIsAskedForSoMuchAtOneTenantAndNoMore() {
    int asked = 0;
    for (int agent = 0; asked < Fatigue.CAPS.perGroup(); agent++) {
      var caller = world.agent(DESK, HARBOR, GradeFamily.DESTRUCTIVE, "agent-" + agent);
      world.ticket("9" + agent, "1", true, true);
      world.open(caller, "service", "9" + agent, OWN);
      for (int i = 0; i < Fatigue.CAPS.perTask(); i++) {
        waiting(
            world.call(
                caller,
                WIPE,
                FlowWorld.on(OWN).with("service", Value.of("" + i)),
                Optional.empty()));
        asked++;
      }
    }
    world.open();
    assertTooMuch(wipe(OWN, 0));
    var north = world.agent(DESK, NORTHWIND, GradeFamily.DESTRUCTIVE, "two");
    world.openForeign();
    assertThat(world.call(north, WIPE, FlowWorld.on(FOREIGN), Optional.empty()))
        .as("another tenant's requests are not in the way")
        .isInstanceOf(Waiting.class);
  }

  @Test
  void hostileCase34TwoRefusalsOfTheSameActEndTheTask() {
    var task = world.open();
    crowd.refuse(crowd.sam, waiting(wipe(OWN, 0)));
    crowd.refuse(crowd.hanna, waiting(wipe(OWN, 1)));
    assertThat(world.ledgers.tasks().find(HARBOR, task.id()).orElseThrow().state())
        .isEqualTo(Task.State.FAILED);
    assertThat(wipe(OWN, 2)).isInstanceOf(Refused.class);
  }

  @Test
  void refusalsOfDifferentActsEndNothing() {
    var task = world.open();
    crowd.refuse(crowd.sam, waiting(wipe(OWN, 0)));
    crowd.refuse(crowd.sam, waiting(wipe(OWN_TOO, 0)));
    assertThat(world.ledgers.tasks().find(HARBOR, task.id()).orElseThrow().state())
        .isEqualTo(Task.State.OPEN);
  }

  @Test
  void whatWasAskedOfPeopleIsMeasured() {
    world.open();
    var since = world.clock.instant();
    var one = waiting(wipe(OWN, 0));
    assertThat(waiting(wipe(OWN, 0))).isEqualTo(one);
    world.pass(Duration.ofMinutes(2));
    crowd.grant(crowd.sam, one);
    var two = waiting(wipe(OWN, 1));
    world.pass(Duration.ofMinutes(4));
    crowd.grant(crowd.sam, two);
    crowd.grant(crowd.hanna, two);
    var measured = world.drivers().fatigue().measured(Set.of(HARBOR), since);
    assertThat(measured.requests()).isEqualTo(2);
    assertThat(measured.collapsed()).isEqualTo(1);
    assertThat(measured.answers()).isEqualTo(3);
    assertThat(measured.grants()).isEqualTo(3);
    assertThat(measured.medianToAnswer()).isEqualTo(Duration.ofMinutes(4));
    assertThat(measured.identical()).isEqualTo(1);
    assertThat(measured.perPerson().getFirst().person()).isEqualTo("staff/sam");
    assertThat(measured.perPerson().getFirst().answers()).isEqualTo(2);
  }

  @Test
  void aGrantWithinSecondsOfOpeningTheCardIsCountedAsHardlyRead() {
    world.open();
    var since = world.clock.instant();
    var waits = waiting(wipe(OWN, 0));
    world.pass(Duration.ofMinutes(10));
    crowd.card(crowd.sam, waits);
    world.pass(Duration.ofSeconds(4));
    crowd.grant(crowd.sam, waits);
    crowd.card(crowd.hanna, waits);
    world.pass(Duration.ofSeconds(60));
    crowd.grant(crowd.hanna, waits);
    var measured = world.drivers().fatigue().measured(Set.of(HARBOR), since);
    assertThat(measured.grants()).isEqualTo(2);
    assertThat(measured.quickGrants()).isEqualTo(1);
    assertThat(measured.quickShare()).isEqualTo(0.5);
    assertThat(measured.medianReading()).isEqualTo(Duration.ofSeconds(60));
    assertThat(measured.medianToAnswer()).isGreaterThan(Duration.ofMinutes(10));
  }

  @Test
  void tasksThatEndedByRefusalsAndWhatWaitsAgainstTheCapAreMeasured() {
    var since = world.clock.instant();
    world.open();
    crowd.refuse(crowd.sam, waiting(wipe(OWN, 0)));
    crowd.refuse(crowd.hanna, waiting(wipe(OWN, 1)));
    world.ticket("77", "1", true, true);
    world.open(world.desk, "service", "77", OWN);
    waiting(wipe(OWN, 2));
    var measured = world.drivers().fatigue().measured(Set.of(HARBOR, NORTHWIND), since);
    assertThat(measured.endings()).isEqualTo(1);
    assertThat(measured.quickGrants()).isZero();
    assertThat(measured.open())
        .allSatisfy(open -> assertThat(open.open()).isEqualTo(1))
        .extracting(open -> open.group())
        .containsExactlyInAnyOrder("msp.senior-technicians", "tenant.approvers");
  }

  @Test
  void aQuietTenantMeasuresNothing() {
    var measured = world.drivers().fatigue().measured(Set.of(NORTHWIND), world.clock.instant());
    assertThat(measured.answers()).isZero();
    assertThat(measured.medianToAnswer()).isEqualTo(Duration.ZERO);
    assertThat(measured.perPerson()).isEmpty();
  }
}
