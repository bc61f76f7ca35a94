package dev.remit.postgres;

import static dev.remit.postgres.World.HARBOR;
import static dev.remit.postgres.World.NORTH;
import static dev.remit.postgres.World.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.approval.Proposal;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.CallLedger.Admitted;
import dev.remit.core.evidence.CallLedger.Refused;
import dev.remit.core.evidence.CallLedger.Settled;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Intent;
import dev.remit.core.evidence.ProposalLedger.Use;
import dev.remit.core.execution.Outcome;
import dev.remit.core.task.Task;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a held task admits, what an approval was used for, and what nobody knows. */
class PostgresHandOverTest {
  private final World world = new World();
  private final Task task = world.openTask(5);

  @AfterEach
  void close() {
    world.close();
  }

  private boolean turn(Task.State from, Task.State to) {
    return world.taskLedger.turn(
        HARBOR, task.id(), from, to, world.entry(HARBOR, Entry.Kind.TASK_HELD));
  }

  @Test
  void aHeldTaskAdmitsNothingUntilItGoesOn() {
    assertThat(turn(Task.State.OPEN, Task.State.HELD)).isTrue();
    assertThat(turn(Task.State.OPEN, Task.State.HELD)).isFalse();
    assertThat(world.ledger.admit(world.intent(task))).isEqualTo(new Refused(ReasonCode.NO_TASK));
    assertThat(turn(Task.State.HELD, Task.State.OPEN)).isTrue();
    assertThat(world.ledger.admit(world.intent(task))).isEqualTo(new Admitted());
    assertThat(world.count("entry where kind = 'task-held'")).isEqualTo(2);
  }

  @Test
  void anEndedTaskIsNotTurned() {
    assertThat(
            world.taskLedger.close(
                HARBOR,
                task.id(),
                Task.State.TAKEN_OVER,
                NOW,
                world.entry(HARBOR, Entry.Kind.TASK_CLOSED)))
        .isTrue();
    assertThat(turn(Task.State.HELD, Task.State.OPEN)).isFalse();
    assertThat(turn(Task.State.OPEN, Task.State.HELD)).isFalse();
    assertThatThrownBy(() -> turn(Task.State.TAKEN_OVER, Task.State.OPEN))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> turn(Task.State.OPEN, Task.State.TAKEN_OVER))
        .isInstanceOf(IllegalStateException.class);
    assertThat(world.tasks.find(HARBOR, task.id()).orElseThrow().state())
        .isEqualTo(Task.State.TAKEN_OVER);
  }

  @Test
  void anotherTenantTurnsNothing() {
    assertThat(
            world.taskLedger.turn(
                NORTH,
                task.id(),
                Task.State.OPEN,
                Task.State.HELD,
                world.entry(NORTH, Entry.Kind.TASK_HELD)))
        .isFalse();
    assertThat(world.count("entry where kind = 'task-held'")).isZero();
  }

  @Test
  void whatAnApprovalWasUsedForIsKnownAfterARestart() {
    var proposal = world.propose(world.proposal(task)).orElseThrow();
    assertThat(world.proposals.use(HARBOR, proposal.id())).isEmpty();
    world.grant(proposal, NOW.plusSeconds(60));
    var intent = Intents.of(world.intent(task)).approval(proposal.id()).build();
    assertThat(world.ledger.admit(intent)).isEqualTo(new Admitted());
    assertThat(world.proposals.use(HARBOR, proposal.id()))
        .contains(new Use(intent.call(), NOW, Optional.empty()));
    world.ledger.settle(world.settlement(intent, Outcome.SUCCEEDED, true));
    assertThat(world.proposals.use(HARBOR, proposal.id()))
        .contains(new Use(intent.call(), NOW, Optional.of(Outcome.SUCCEEDED)));
    assertThat(world.proposals.use(NORTH, proposal.id())).isEmpty();
    assertThat(world.proposals.find(HARBOR, proposal.id()).orElseThrow().state())
        .isEqualTo(Proposal.State.CONSUMED);
  }

  @Test
  void whatNobodyKnowsIsListedUntilSomebodyFoundOut() {
    var unknown = settled(Outcome.UNKNOWN);
    settled(Outcome.SUCCEEDED);
    assertThat(world.ledger.unknown(Set.of(HARBOR), 10))
        .singleElement()
        .satisfies(one -> {
          assertThat(one.call()).isEqualTo(unknown.call());
          assertThat(one.tenant()).isEqualTo(HARBOR);
        });
    assertThat(world.ledger.unknown(Set.of(NORTH), 10)).isEmpty();
    assertThat(world.ledger.unknown(Set.of(), 10)).isEmpty();
    assertThat(world.ledger.settle(world.settlement(unknown, Outcome.FAILED, false)))
        .isEqualTo(Settled.LATE);
    assertThat(world.ledger.unknown(Set.of(HARBOR), 10)).isEmpty();
    assertThat(world.count("intent where outcome = 'unknown'")).isEqualTo(1);
    assertThat(world.count("entry where kind = 'resolution'")).isEqualTo(1);
  }

  private Intent settled(Outcome outcome) {
    var intent = world.intent(task);
    assertThat(world.ledger.admit(intent)).isEqualTo(new Admitted());
    world.ledger.settle(world.settlement(intent, outcome, true));
    return intent;
  }
}
