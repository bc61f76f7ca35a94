package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static dev.remit.testkit.flow.FlowRelease.NORTHWIND;
import static dev.remit.testkit.flow.FlowRelease.RESTART;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Verdict;
import dev.remit.core.evidence.Entry.Kind;
import dev.remit.core.flow.Approvals.Counted;
import dev.remit.core.flow.Approvals.NoSuchProposal;
import dev.remit.core.flow.Approvals.NotCounted;
import dev.remit.core.flow.CallResult.Answered;
import dev.remit.core.flow.KillSwitch;
import dev.remit.core.flow.TaskResult;
import dev.remit.core.kill.KillScope;
import dev.remit.core.tenant.TenantId;
import dev.remit.testkit.flow.Crowd.Human;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What people stopped goes on by other people only. */
class LiftTest {
  private static final KillScope TENANT = KillScope.tenant(HARBOR);
  private final FlowWorld world = new FlowWorld();
  private final Crowd crowd = new Crowd(world);

  private KillSwitch killSwitch() {
    return world.drivers().killSwitch();
  }

  private void kill(Human by) {
    assertThat(killSwitch().kill(by.person(), TENANT, "odd")).isInstanceOf(KillSwitch.Done.class);
    assertThat(isStopped()).isTrue();
    world.pass(Duration.ofSeconds(1));
  }

  private boolean isStopped() {
    return world.ledgers.kills().active().stream().anyMatch(k -> k.scope().equals(TENANT));
  }

  private ProposalId asked(Human by) {
    var result = killSwitch().askToLift(by.person(), TENANT, "it was a drill");
    assertThat(result).isInstanceOf(KillSwitch.Asked.class);
    return ((KillSwitch.Asked) result).proposal();
  }

  @Test
  void somebodyElseOfTheMspLiftsWhatTheMspStopped() {
    kill(crowd.olga);
    var proposal = asked(crowd.olga);
    assertThat(isStopped()).isTrue();
    assertThat(crowd.answer(crowd.sam, TenantId.OPERATOR, proposal, Verdict.GRANT))
        .isEqualTo(new Counted(Proposal.State.CONSUMED));
    assertThat(isStopped()).isFalse();
    assertThat(world.ledgers.entries(TenantId.OPERATOR))
        .anyMatch(e -> e.kind() == Kind.KILL_LIFTED);
    world.open();
    assertThat(world.call(RESTART, OWN)).isInstanceOf(Answered.class);
  }

  @Test
  void whoAsksDoesNotAnswer() {
    kill(crowd.olga);
    assertThat(crowd.answer(crowd.olga, TenantId.OPERATOR, asked(crowd.olga), Verdict.GRANT))
        .isInstanceOf(NotCounted.class);
    assertThat(isStopped()).isTrue();
  }

  @Test
  void aTaskThatWasKilledStaysClosed() {
    var task = world.open();
    kill(crowd.olga);
    crowd.answer(crowd.sam, TenantId.OPERATOR, asked(crowd.olga), Verdict.GRANT);
    assertThat(world.drivers().task(world.desk, task.id()))
        .isInstanceOfSatisfying(
            TaskResult.Told.class,
            t -> assertThat(t.task().state()).isEqualTo(dev.remit.core.task.Task.State.KILLED));
  }

  @Test
  void onlyTheClientLiftsWhatTheClientStopped() {
    kill(crowd.hanna);
    var proposal = asked(crowd.olga);
    assertThat(crowd.answer(crowd.sam, TenantId.OPERATOR, proposal, Verdict.GRANT))
        .isEqualTo(new NoSuchProposal());
    for (var human : new Human[] {crowd.sam, crowd.ada, crowd.sue}) {
      assertThat(crowd.answer(human, HARBOR, proposal, Verdict.GRANT))
          .isInstanceOf(NotCounted.class);
    }
    assertThat(isStopped()).isTrue();
    assertThat(crowd.answer(crowd.hugo, HARBOR, proposal, Verdict.GRANT))
        .isInstanceOf(Counted.class);
    assertThat(isStopped()).isFalse();
  }

  @Test
  void theMspDoesNotHideAClientsKillUnderOneOfItsOwn() {
    kill(crowd.hanna);
    kill(crowd.olga);
    var proposal = asked(crowd.olga);
    assertThat(crowd.answer(crowd.sam, HARBOR, proposal, Verdict.GRANT))
        .isInstanceOf(NotCounted.class);
    assertThat(isStopped()).isTrue();
  }

  @Test
  void aKillOrderedAfterPeopleWereAskedStays() {
    kill(crowd.olga);
    var proposal = asked(crowd.olga);
    world.pass(Duration.ofSeconds(1));
    kill(crowd.hanna);
    crowd.answer(crowd.sam, TenantId.OPERATOR, proposal, Verdict.GRANT);
    assertThat(isStopped()).isTrue();
    assertThat(world.ledgers.kills().active()).hasSize(1);
  }

  @Test
  void aClientStopsItsOwnTenantAndNothingElse() {
    assertThat(killSwitch().kill(crowd.hanna.person(), KillScope.EVERYTHING, "x"))
        .isInstanceOf(KillSwitch.NotStopped.class);
    assertThat(killSwitch().kill(crowd.hanna.person(), KillScope.tenant(NORTHWIND), "x"))
        .isInstanceOf(KillSwitch.NotStopped.class);
    assertThat(world.ledgers.kills().active()).isEmpty();
  }

  @Test
  void whoDoesNotOperateStopsNothing() {
    for (var human : new Human[] {crowd.sam, crowd.ada}) {
      assertThat(killSwitch().kill(human.person(), TENANT, "x"))
          .isInstanceOf(KillSwitch.NotStopped.class);
    }
  }

  @Test
  void nothingIsLiftedThatIsNotStopped() {
    assertThat(killSwitch().askToLift(crowd.olga.person(), TENANT, "x"))
        .isInstanceOf(KillSwitch.NotAsked.class);
  }

  @Test
  void hostileCase31WhatARestoreStoppedIsNotLiftedBeforeEachTargetWasLookedAt() {
    world
        .drivers()
        .oversight()
        .kill(KillScope.EVERYTHING, KillSwitch.RESTORE, "restored from a backup");
    world.pass(Duration.ofSeconds(1));
    var told =
        killSwitch().askToLift(crowd.olga.person(), KillScope.EVERYTHING, "it was looked at");
    assertThat(told).isInstanceOf(KillSwitch.NotAsked.class);
    assertThat(((KillSwitch.NotAsked) told).why()).contains("was not looked for since the restore");

    world.drivers().sweeper().reconcile();
    assertThat(
            killSwitch().askToLift(crowd.olga.person(), KillScope.EVERYTHING, "it was looked at"))
        .isInstanceOf(KillSwitch.Asked.class);
  }
}
