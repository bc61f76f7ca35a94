package dev.remit.postgres;

import static dev.remit.postgres.World.HARBOR;
import static dev.remit.postgres.World.NOW;
import static dev.remit.postgres.World.V1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.CallLedger.Admitted;
import dev.remit.core.evidence.CallLedger.Changed;
import dev.remit.core.evidence.CallLedger.Refused;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Intent;
import dev.remit.core.evidence.Settlement;
import dev.remit.core.evidence.TaskLedger.Moved;
import dev.remit.core.execution.Outcome;
import dev.remit.core.kill.KillScope;
import dev.remit.core.task.Task;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tasks that were handed on: what the database alone has to hold. */
class PostgresDelegationTest extends HandedOn {

  private Intent intentWith(Task task, List<Intent.Above> above) {
    return world.intent(
        HARBOR,
        Optional.of(
            new Intent.TaskUse(
                task.id(),
                task.taskClass(),
                task.ground().ticket(),
                task.callLimit(),
                10_000,
                List.of(),
                false,
                above)));
  }

  @Test
  void aTaskComesBackWithItsWholeLineage() {
    var child = opened(below(world.openTask(10)));
    var grandchild = opened(below(child));
    assertThat(world.tasks.find(HARBOR, grandchild.id())).contains(grandchild);
    assertThat(grandchild.lineage().tasks()).hasSize(2).endsWith(child.id());
  }

  @Test
  void whatIsBelowIsShownParentsFirstAndWhenItIsOver() {
    var parent = world.openTask(10);
    var child = opened(below(parent));
    var grandchild = opened(below(child));
    opened(below(world.openTask(10)));
    assertThat(world.tasks.below(HARBOR, parent.id(), 10))
        .extracting(Task::id)
        .containsExactly(child.id(), grandchild.id());
    endWhole(child, Task.State.DONE);
    assertThat(world.tasks.below(HARBOR, parent.id(), 10)).hasSize(2);
    assertThat(world.tasks.below(HARBOR, parent.id(), 1))
        .extracting(Task::id)
        .containsExactly(child.id());
    assertThat(world.tasks.below(HARBOR, grandchild.id(), 10)).isEmpty();
    assertThat(world.tasks.below(World.NORTH, parent.id(), 10)).isEmpty();
  }

  @Test
  void aTaskBelowSharesItsParentsTicketAndARootDoesNot() {
    var parent = world.openTask(10);
    var one = below(parent);
    opened(one);
    opened(below(parent));
    var other = world.task(HARBOR, parent.ground().ticket(), 10);
    assertThat(open(other)).contains(ReasonCode.NO_GROUND);
  }

  @Test
  void theEndOfAParentEndsAllBelowWithAnEntryEach() {
    var parent = world.openTask(10);
    var child = opened(below(parent));
    var grandchild = opened(below(child));
    long entries = world.count("entry where kind = 'task-closed'");
    assertThat(end(parent, Task.State.DONE, List.of(child, grandchild))).isEqualTo(Moved.MOVED);
    assertThat(stateOf(parent)).isEqualTo(Task.State.DONE);
    assertThat(stateOf(child)).isEqualTo(Task.State.FAILED);
    assertThat(stateOf(grandchild)).isEqualTo(Task.State.FAILED);
    assertThat(world.count("entry where kind = 'task-closed'")).isEqualTo(entries + 3);
  }

  @Test
  void aParentDoesNotEndOverATaskThatWasNotNamed() {
    var parent = world.openTask(10);
    var child = opened(below(parent));
    var grandchild = opened(below(child));
    assertThat(end(parent, Task.State.DONE, List.of(child))).isEqualTo(Moved.OTHERS_BELOW);
    assertThat(stateOf(parent)).isEqualTo(Task.State.OPEN);
    assertThat(stateOf(child)).isEqualTo(Task.State.OPEN);
    assertThatThrownBy(() ->
            world.taskLedger.close(
                HARBOR,
                child.id(),
                Task.State.DONE,
                NOW,
                world.entry(HARBOR, Entry.Kind.TASK_CLOSED)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(stateOf(grandchild)).isEqualTo(Task.State.OPEN);
  }

  @Test
  void aTaskOfAnotherTreeIsNotEndedAlong() {
    var parent = world.openTask(10);
    var foreign = opened(below(world.openTask(10)));
    assertThat(end(parent, Task.State.DONE, List.of(foreign))).isEqualTo(Moved.MOVED);
    assertThat(stateOf(foreign)).isEqualTo(Task.State.OPEN);
  }

  @Test
  void aHeldParentAdmitsNothingBelowAndOpensNothing() {
    var parent = world.openTask(10);
    var child = opened(below(parent));
    // Held behind the ledger's back: the check at admission stands alone.
    TestDatabase.run(
        world.at.admin(), "update remit.task set state = 'held' where id = '" + parent.id() + "'");
    assertThat(world.ledger.admit(intent(child))).isEqualTo(new Refused(ReasonCode.NO_TASK));
    assertThat(open(below(parent))).contains(ReasonCode.NO_TASK);
    assertThat(open(below(child))).contains(ReasonCode.NO_TASK);
  }

  @Test
  void aKilledParentSaysThatItWasKilled() {
    var parent = world.openTask(10);
    var child = opened(below(parent));
    TestDatabase.run(
        world.at.admin(),
        "update remit.task set state = 'killed', closed_at = opened_at where id = '"
            + parent.id()
            + "'");
    assertThat(world.ledger.admit(intent(child))).isEqualTo(new Refused(ReasonCode.KILLED));
  }

  @Test
  void aParentPastItsDeadlineAdmitsNothingBelow() {
    var parent = world.openTask(10);
    var child = opened(below(parent));
    TestDatabase.run(
        world.at.admin(),
        "update remit.task set deadline = '" + NOW + "' where id = '" + parent.id() + "'");
    assertThat(world.ledger.admit(intent(child))).isEqualTo(new Refused(ReasonCode.NO_TASK));
  }

  @Test
  void whoeverKillsAnAgentKillsWhatItHandedOn() {
    var parent = world.openTask(10);
    var child = below(parent);
    assertThat(
            world.taskLedger.open(
                child,
                V1,
                List.of("everything", "instance:above-" + child.id()),
                world.entry(HARBOR, Entry.Kind.TASK_OPENED)))
        .isEmpty();
    world.kill(new KillScope("instance:above-" + child.id()));
    assertThat(stateOf(child)).isEqualTo(Task.State.KILLED);
    assertThat(stateOf(parent)).isEqualTo(Task.State.OPEN);
  }

  @Test
  void theDatabaseItselfOpensNothingWiderThanTheParent() {
    var parent = world.openTask(10);
    assertThat(open(below(parent, 11, parent.deadline()))).contains(ReasonCode.OUTSIDE_TASK);
    assertThat(open(below(parent, 10, parent.deadline().plus(Duration.ofSeconds(1)))))
        .contains(ReasonCode.OUTSIDE_TASK);
    assertThat(open(below(parent, 10, parent.deadline()))).isEmpty();
  }

  @Test
  void aChainThatIsNotTheParentsOwnOpensNothing() {
    var parent = world.openTask(10);
    var other = world.openTask(10);
    var child = opened(below(parent));
    var forged = below(below(other), 10, other.deadline());
    assertThat(open(forged)).as("its parent was never opened").contains(ReasonCode.NO_TASK);
    var lying = intentWith(child, List.of(new Intent.Above(other.id(), "restart-service", 1_000)));
    assertThat(world.ledger.admit(lying)).isEqualTo(new Refused(ReasonCode.NO_TASK));
  }

  @Test
  void openingAgainBelowTheSameTicketResetsNothing() {
    var parent = world.openTask(3);
    for (int i = 0; i < 3; i++) {
      var child = opened(below(parent));
      assertThat(world.ledger.admit(intent(child))).isEqualTo(new Admitted());
      assertThat(end(child, Task.State.DONE, List.of())).isEqualTo(Moved.MOVED);
    }
    endWhole(parent, Task.State.DONE);
    var again = world.openTask(HARBOR, parent.ground().ticket(), 3);
    assertThat(world.ledger.admit(world.intent(again)))
        .isEqualTo(new Refused(ReasonCode.LIMIT_EXCEEDED));
  }

  @Test
  void wordsOfOutsidersAreToldToTheWholeTree() {
    var parent = world.openTask(10);
    var child = opened(below(parent));
    var sibling = opened(below(parent));
    var read = intent(child);
    assertThat(world.ledger.admit(read)).isEqualTo(new Admitted());
    world.ledger.settle(
        new Settlement(
            read.call(),
            HARBOR,
            Outcome.SUCCEEDED,
            read.lease().map(lease -> lease.id()),
            Optional.of(child.id()),
            NOW,
            world.entry(HARBOR, Entry.Kind.OUTCOME, Optional.of(read.call().value()))));
    for (Task task : List.of(parent, child, sibling)) {
      assertThat(world.tasks.find(HARBOR, task.id()).orElseThrow().hasReadUntrusted()).isTrue();
    }
    assertThat(world.ledger.admit(intent(sibling))).isEqualTo(new Changed("content"));
    assertThat(world.ledger.admit(world.intent(parent))).isEqualTo(new Changed("content"));
    var late = opened(below(parent));
    assertThat(world.tasks.find(HARBOR, late.id()).orElseThrow().hasReadUntrusted()).isTrue();
  }
}
