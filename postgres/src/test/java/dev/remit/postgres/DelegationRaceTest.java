package dev.remit.postgres;

import static dev.remit.postgres.World.HARBOR;
import static dev.remit.postgres.World.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.CallLedger.Admission;
import dev.remit.core.evidence.CallLedger.Admitted;
import dev.remit.core.evidence.CallLedger.Refused;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Settlement;
import dev.remit.core.execution.Outcome;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.task.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Tasks that were handed on, on connections that race. */
class DelegationRaceTest extends HandedOn {

  private void assertNothingAfterTheEnd(Task parent, Task leaf, Task.State end) throws Exception {
    var begun = new CountDownLatch(2);
    var thenAdmitted = new AtomicLong();
    Callable<Long> caller =
        () -> {
          while (world.ledger.admit(intent(leaf)) instanceof Admitted) {
            begun.countDown();
          }
          return 0L;
        };
    Callable<Long> ender =
        () -> {
          begun.await();
          endWhole(parent, end);
          thenAdmitted.set(intentsOf(leaf));
          return 0L;
        };
    together(List.of(caller, caller, ender));
    assertThat(intentsOf(leaf)).isEqualTo(thenAdmitted.get()).isPositive();
    assertThat(stateOf(leaf).isLive()).isFalse();
  }

  @Test
  void callsBelowAreCallsOfTheParent() throws Exception {
    var parent = world.openTask(6);
    var one = opened(below(parent));
    var two = opened(below(parent));
    assertThat(world.ledger.admit(world.intent(parent))).isEqualTo(new Admitted());
    var answers = new ArrayList<Callable<Admission>>();
    for (int i = 0; i < 8; i++) {
      var task = i % 2 == 0 ? one : two;
      answers.add(() -> world.ledger.admit(intent(task)));
    }
    assertThat(together(answers).stream().filter(Admitted.class::isInstance)).hasSize(5);
    assertThat(world.ledger.admit(world.intent(parent)))
        .isEqualTo(new Refused(ReasonCode.LIMIT_EXCEEDED));
    assertThat(world.tasks.usage(HARBOR, parent.id()).integer("calls")).contains(6L);
  }

  @Test
  void onlySoManyLiveBelowOneRoot() throws Exception {
    var parent = world.openTask(100);
    var answers =
        together(
            Collections.nCopies(24, (Callable<Optional<ReasonCode>>) () -> open(below(parent))));
    assertThat(answers.stream().filter(Optional::isEmpty)).hasSize(16);
    assertThat(answers).contains(Optional.of(ReasonCode.LIMIT_EXCEEDED));
  }

  @Test
  void noIntentBelowCommitsAfterItsParentEnded() throws Exception {
    var ends = List.of(Task.State.DONE, Task.State.HELD, Task.State.TAKEN_OVER, Task.State.EXPIRED);
    for (int race = 0; race < 120; race++) {
      var parent = world.openTask(1_000);
      var child = opened(below(parent));
      var leaf = race % 2 == 0 ? child : opened(below(child));
      assertNothingAfterTheEnd(parent, leaf, ends.get(race % ends.size()));
    }
  }

  @Test
  void nothingOpensBelowATaskThatEnded() throws Exception {
    for (int race = 0; race < 60; race++) {
      var parent = world.openTask(1_000);
      Callable<Boolean> opener =
          () -> {
            while (open(below(parent)).isEmpty()) {
              Thread.onSpinWait();
            }
            return true;
          };
      Callable<Boolean> ender =
          () -> {
            endWhole(parent, Task.State.DONE);
            return true;
          };
      together(List.of(opener, opener, ender));
      assertThat(world.tasks.liveBelow(HARBOR, parent.id())).as("race " + race).isEmpty();
    }
  }

  @Test
  void chainsThatEndReadAndCallAtOnceDoNotLockEachOtherOut() throws Exception {
    var parent = world.openTask(1_000);
    var child = opened(below(parent));
    var leaf = opened(below(child));
    Callable<Long> caller =
        () -> {
          long answers = 0;
          while (answers < 40) {
            var intent = intent(leaf);
            if (world.ledger.admit(intent) instanceof Admitted) {
              world.ledger.settle(
                  new Settlement(
                      intent.call(),
                      HARBOR,
                      Outcome.SUCCEEDED,
                      intent.lease().map(lease -> lease.id()),
                      Optional.of(leaf.id()),
                      NOW,
                      world.entry(HARBOR, Entry.Kind.OUTCOME, Optional.of(intent.call().value()))));
            }
            answers++;
          }
          return answers;
        };
    Callable<Long> opener =
        () -> {
          for (int i = 0; i < 20; i++) {
            var extra = below(child);
            if (open(extra).isEmpty()) {
              end(extra, Task.State.DONE, List.of());
            }
          }
          return 20L;
        };
    var begun = System.nanoTime();
    together(List.of(caller, caller, opener, opener));
    endWhole(parent, Task.State.DONE);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
    assertThat(stateOf(leaf)).isEqualTo(Task.State.FAILED);
  }

  @Test
  void onlyOneCopyAcceptsATaskThatIsForNoneInParticular() throws Exception {
    var parent = world.openTask(10);
    var wanted = below(parent);
    var child =
        opened(
            new Task(
                wanted.id(),
                wanted.tenant(),
                wanted.environment(),
                wanted.agent(),
                Optional.empty(),
                wanted.taskClass(),
                wanted.ground(),
                wanted.targets(),
                wanted.tools(),
                wanted.callLimit(),
                wanted.openedAt(),
                wanted.deadline(),
                Task.State.OPEN,
                wanted.prompt(),
                false,
                wanted.lineage()));
    var rivals = new ArrayList<Callable<Boolean>>();
    for (int i = 0; i < 8; i++) {
      var copy = new InstanceId("copy:" + i);
      rivals.add(() -> world.taskLedger.accept(HARBOR, child.id(), copy));
    }
    assertThat(together(rivals).stream().filter(Boolean::booleanValue)).hasSize(1);
  }
}
