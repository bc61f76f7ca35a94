package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.DESK;
import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static dev.remit.testkit.flow.FlowRelease.NORTHWIND;
import static dev.remit.testkit.flow.FlowRelease.RESTART;
import static dev.remit.testkit.flow.FlowWorld.FOREIGN;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static dev.remit.testkit.flow.FlowWorld.OWN_TOO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Verdict;
import dev.remit.core.evidence.Entry.Kind;
import dev.remit.core.flow.Approvals.Counted;
import dev.remit.core.flow.Approvals.NotCounted;
import dev.remit.core.identity.AutonomyLevel;
import dev.remit.core.kill.KillScope;
import dev.remit.core.oversight.AutonomyScope;
import dev.remit.core.oversight.Promotions;
import dev.remit.core.oversight.Standing;
import dev.remit.testkit.flow.Crowd.Human;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How far an agent goes alone, and what moves that. */
class AutonomyTest extends Overseen {
  private static final AutonomyScope TWICE = new AutonomyScope(HARBOR, DESK, "twice");
  private static final Duration LATE = Duration.ofDays(4).plusMinutes(1);

  private ProposalId asked(Human human) {
    var raise = world.drivers().promotions().ask(human.person(), SERVICE, "it went well");
    assertThat(raise).isInstanceOf(Promotions.Asked.class);
    return ((Promotions.Asked) raise).proposal();
  }

  private Promotions.Raise ask(Human human, AutonomyScope scope) {
    return world.drivers().promotions().ask(human.person(), scope, "it went well");
  }

  private void grantedBy(ProposalId id, Human... humans) {
    for (var human : humans) {
      assertThat(crowd.answer(human, HARBOR, id, Verdict.GRANT)).isInstanceOf(Counted.class);
    }
  }

  @Test
  void theLevelIsAFactOfEachDecision() {
    restarted(OWN);
    assertThat(world.policy.asked())
        .extracting(question -> question.autonomy())
        .containsOnly(AutonomyLevel.SUPERVISED);
  }

  @Test
  void itRisesByAnOverseerAndToBoundedByTheClientToo() {
    certify(otto, restarted(OWN));
    oversee();
    var proposal = asked(crowd.olga);
    grantedBy(proposal, otto);
    assertThat(level()).isEqualTo(AutonomyLevel.SUPERVISED);
    assertThat(crowd.answer(crowd.sam, HARBOR, proposal, Verdict.GRANT))
        .isInstanceOf(NotCounted.class);
    assertThat(crowd.answer(crowd.hanna, HARBOR, proposal, Verdict.GRANT))
        .isEqualTo(new Counted(Proposal.State.CONSUMED));
    assertThat(level()).isEqualTo(AutonomyLevel.BOUNDED);
    var raised = world.entries(Kind.AUTONOMY_RAISED).getFirst().fields();
    assertThat(raised.text("to")).contains("bounded");
    assertThat(world.drivers().promotions().levels(NORTHWIND))
        .extracting(Promotions.Rung::inForce)
        .containsOnly(AutonomyLevel.SUPERVISED);
  }

  @Test
  void theCardShowsTheFiguresOfTheLog() {
    certify(otto, restarted(OWN));
    oversee();
    var card = crowd.card(otto, asked(crowd.olga)).orElseThrow();
    assertThat(card.arguments().object("evidence").orElseThrow().integer("certified")).contains(1L);
    assertThat(card.arguments().integer("evidenceUpToLeaf").orElseThrow()).isPositive();
  }

  @Test
  void whoAskedDoesNotAnswerAndAClientAsksForNothing() {
    var other = crowd.enrolled(Crowd.msp("orla", "overseers"), crowd.ada);
    var proposal = asked(otto);
    assertThat(crowd.answer(otto, HARBOR, proposal, Verdict.GRANT)).isInstanceOf(NotCounted.class);
    grantedBy(proposal, other, crowd.hanna);
    assertThat(level()).isEqualTo(AutonomyLevel.BOUNDED);
    assertThat(ask(crowd.hanna, SERVICE)).isInstanceOf(Promotions.NotAsked.class);
    assertThat(ask(crowd.sam, SERVICE)).isInstanceOf(Promotions.NotAsked.class);
  }

  @Test
  void nothingRisesAboveTheCeiling() {
    assertThat(ask(crowd.olga, TWICE))
        .isInstanceOfSatisfying(
            Promotions.NotAsked.class, no -> assertThat(no.why()).contains("no further"));
  }

  @Test
  void aFallInBetweenMakesThePromotionStale() {
    var call = restarted(OWN);
    var proposal = asked(crowd.olga);
    grantedBy(proposal, crowd.hanna);
    object(otto, call);
    crowd.answer(otto, HARBOR, proposal, Verdict.GRANT);
    assertThat(world.ledgers.proposals().find(HARBOR, proposal).orElseThrow().state())
        .isEqualTo(Proposal.State.STALE);
    assertThat(level()).isEqualTo(AutonomyLevel.PROPOSE);
    assertThat(world.entries(Kind.AUTONOMY_RAISED)).isEmpty();
  }

  @Test
  void whatNobodyLooksAtInTimeLowersItOnce() {
    var one = restarted(OWN);
    var two = restarted(OWN_TOO);
    world.pass(Duration.ofDays(3).plusMinutes(1));
    oversee();
    assertThat(level()).isEqualTo(AutonomyLevel.SUPERVISED);
    assertThat(rung(SERVICE).overdue()).isEqualTo(2);
    assertThat(ask(crowd.olga, SERVICE)).isInstanceOf(Promotions.NotAsked.class);
    world.pass(Duration.ofDays(1));
    oversee();
    oversee();
    assertThat(level()).isEqualTo(AutonomyLevel.PROPOSE);
    assertThat(falls()).hasSize(1);
    assertThat(falls().getFirst().fields().items("calls")).hasSize(2);
    assertThat(certify(otto, one, two))
        .isInstanceOf(dev.remit.core.oversight.Certifications.Stored.class);
    world.pass(Duration.ofDays(30));
    oversee();
    assertThat(falls()).hasSize(1);
  }

  @Test
  void whatWasLookedAtInTimeLowersNothing() {
    certify(otto, restarted(OWN));
    world.pass(LATE);
    oversee();
    assertThat(level()).isEqualTo(AutonomyLevel.SUPERVISED);
    assertThat(falls()).isEmpty();
  }

  @Test
  void aKillOfTheAgentPutsItBack() {
    world.open();
    world.drivers().oversight().kill(KillScope.agent(world.desk.id()), "operator", "odd");
    oversee();
    assertThat(level()).isEqualTo(AutonomyLevel.PROPOSE);
    assertThat(falls())
        .extracting(fall -> fall.fields().text("cause").orElse(""))
        .containsOnly("kill");
    int told = falls().size();
    oversee();
    assertThat(falls()).hasSize(told);
  }

  @Test
  void twoReachesForAnotherTenantsTargetLowerItOnce() {
    world.open();
    world.call(RESTART, FOREIGN);
    oversee();
    assertThat(falls()).isEmpty();
    world.call(RESTART, FOREIGN);
    world.call(RESTART, FOREIGN);
    oversee();
    oversee();
    assertThat(level()).isEqualTo(AutonomyLevel.PROPOSE);
    assertThat(falls()).hasSize(1);
  }

  @Test
  void afterAFallItIsRaisedAgainStepByStep() {
    object(otto, restarted(OWN));
    oversee();
    var other = crowd.enrolled(Crowd.msp("orla", "overseers"), crowd.ada);
    grantedBy(asked(crowd.olga), other);
    assertThat(level()).isEqualTo(AutonomyLevel.SUPERVISED);
    oversee();
    assertThat(rung(SERVICE).evidence().loweredAt()).isPresent();
    assertThat(rung(SERVICE).evidence().objected()).isZero();
  }

  // Rows

  private void forge(AutonomyScope scope, AutonomyLevel level, long revision) {
    world.ledgers.forgeLevels(rows -> {
      var forged = new HashMap<>(rows);
      forged.put(scope, new Standing(scope, level, revision, Instant.EPOCH, "none", "forged"));
      return forged;
    });
    world.pass(Duration.ofSeconds(2));
  }

  @Test
  void aForgedLevelAboveTheCeilingIsHeldByIt() {
    forge(TWICE, AutonomyLevel.BOUNDED, 1);
    assertThat(rung(TWICE).inForce()).isEqualTo(AutonomyLevel.SUPERVISED);
  }

  @Test
  void aLevelThatWasSetBackOrTakenAwayCountsAsPropose() {
    object(otto, restarted(OWN));
    grantedBy(asked(crowd.olga), otto);
    assertThat(level()).isEqualTo(AutonomyLevel.SUPERVISED);
    forge(SERVICE, AutonomyLevel.SUPERVISED, 1);
    assertThat(level()).isEqualTo(AutonomyLevel.PROPOSE);
    world.ledgers.forgeLevels(rows -> Map.of());
    world.pass(Duration.ofSeconds(2));
    assertThat(level()).isEqualTo(AutonomyLevel.PROPOSE);
    world.restart();
    assertThat(level()).as("another process reads the log").isEqualTo(AutonomyLevel.PROPOSE);
  }

  @Test
  void whileLevelsCannotBeReadNothingGoesAlone() {
    var levels =
        new dev.remit.core.oversight.AutonomySnapshot(world.ledgers.oversight(), world.nanos::get);
    var desk = java.util.Objects.requireNonNull(FlowRelease.of("v1").agentClasses().get(DESK));
    world.ledgers.takeAway();
    assertThat(levels.inForce(desk, HARBOR, "service")).isEqualTo(AutonomyLevel.PROPOSE);
    world.ledgers.bringBack();
    world.pass(Duration.ofSeconds(2));
    assertThat(levels.inForce(desk, HARBOR, "service")).isEqualTo(AutonomyLevel.SUPERVISED);
  }

  @Test
  void callsReadTheLevelsOnceASecondAtMost() {
    var reads = new java.util.concurrent.atomic.AtomicInteger();
    var ledger = world.ledgers.oversight();
    var counted =
        (dev.remit.core.oversight.OversightLedger)
            java.lang.reflect.Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {dev.remit.core.oversight.OversightLedger.class},
                (proxy, method, args) -> {
                  reads.addAndGet(method.getName().equals("standings") ? 1 : 0);
                  return method.invoke(ledger, args);
                });
    var levels = new dev.remit.core.oversight.AutonomySnapshot(counted, world.nanos::get);
    var desk = FlowRelease.of("v1").agentClasses().get(DESK);
    for (int i = 0; i < 1_000; i++) {
      levels.inForce(java.util.Objects.requireNonNull(desk), HARBOR, "service");
    }
    assertThat(reads).hasValue(1);
    world.pass(Duration.ofMillis(1_001));
    levels.inForce(java.util.Objects.requireNonNull(desk), HARBOR, "service");
    assertThat(reads).hasValue(2);
  }

  @Test
  void aFallIsKnownWithinASecondWhereverItWasMade() {
    var other = world.process("two");
    var call = restarted(OWN);
    assertThat(other.promotions().levels(HARBOR)).isNotEmpty();
    object(otto, call);
    world.pass(Duration.ofMillis(1_001));
    assertThat(
            other.promotions().levels(HARBOR).stream()
                .filter(rung -> rung.scope().equals(SERVICE))
                .map(Promotions.Rung::inForce))
        .containsExactly(AutonomyLevel.PROPOSE);
  }
}
