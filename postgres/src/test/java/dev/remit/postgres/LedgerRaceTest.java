package dev.remit.postgres;

import static dev.remit.postgres.World.HARBOR;
import static dev.remit.postgres.World.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.CallLedger.Admission;
import dev.remit.core.evidence.CallLedger.Admitted;
import dev.remit.core.evidence.CallLedger.Joined;
import dev.remit.core.evidence.CallLedger.Refused;
import dev.remit.core.evidence.CallLedger.Settled;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Intent;
import dev.remit.core.execution.Outcome;
import dev.remit.core.kill.KillScope;
import dev.remit.core.task.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What many connections at once must not break. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LedgerRaceTest {

  private static final int RIVALS = 12;

  private final World world = new World();
  private final ExecutorService threads = Executors.newFixedThreadPool(RIVALS + 1);

  @BeforeAll
  void theWorldIsThere() {
    assertThat(world.database.isReachable()).isTrue();
  }

  @AfterAll
  void close() {
    threads.close();
    world.close();
  }

  private <T> List<T> together(int times, Callable<T> work)
      throws InterruptedException, ExecutionException {
    return together(Collections.nCopies(times, work));
  }

  private <T> List<T> together(List<Callable<T>> work)
      throws InterruptedException, ExecutionException {
    var answers = new ArrayList<T>();
    for (Future<T> answer : threads.invokeAll(work)) {
      answers.add(answer.get());
    }
    return answers;
  }

  private static long admitted(List<Admission> answers) {
    return answers.stream().filter(Admitted.class::isInstance).count();
  }

  @Test
  void aLimitOfTenAdmitsTenOfFifty() throws Exception {
    var task = world.openTask(10);
    var answers = together(50, () -> world.ledger.admit(world.intent(task)));
    assertThat(admitted(answers)).isEqualTo(10);
    assertThat(answers).contains(new Refused(ReasonCode.LIMIT_EXCEEDED));
    assertThat(world.count("intent where task = '" + task.id() + "'")).isEqualTo(10);
    assertThat(world.tasks.usage(HARBOR, task.id()).integer("calls")).contains(10L);
  }

  @Test
  void aLimitHoldsWhereCallsBeginToGoOneAfterTheOther() throws Exception {
    var task = world.openTask(300);
    var use = Optional.of(World.use(task, 300, 100_000));
    var answers = together(420, () -> world.ledger.admit(world.intent(HARBOR, use)));
    assertThat(admitted(answers)).isEqualTo(300);
  }

  @Test
  void noIntentCommitsAfterAKillHasCommitted() throws Exception {
    for (int race = 0; race < 300; race++) {
      var task = world.openTask(HARBOR, "T-kill-" + race, 1_000_000);
      var scope = new KillScope("instance:race-" + race);
      assertNothingAfter(task, scope, race);
    }
  }

  private void assertNothingAfter(Task task, KillScope scope, int race) throws Exception {
    var begun = new CountDownLatch(3);
    var admittedAfter = new AtomicLong();
    var rivals = new ArrayList<Callable<Long>>();
    for (int rival = 0; rival < 3; rival++) {
      rivals.add(() -> admitUntilKilled(task, scope, begun));
    }
    Callable<Long> killer =
        () -> {
          begun.await();
          world.kill(scope);
          admittedAfter.set(intentsOf(task));
          return 0L;
        };
    rivals.add(killer);
    together(rivals);
    assertThat(intentsOf(task)).as("race " + race).isEqualTo(admittedAfter.get());
  }

  private long admitUntilKilled(Task task, KillScope scope, CountDownLatch begun) {
    long admitted = 0;
    while (true) {
      var intent =
          Intents.of(world.intent(HARBOR, Optional.of(World.use(task, 1_000_000, 10_000_000))))
              .killScopes(List.of("everything", scope.text()))
              .build();
      var answer = world.ledger.admit(intent);
      begun.countDown();
      if (answer.equals(new Refused(ReasonCode.KILLED))) {
        return admitted;
      }
      assertThat(answer).isEqualTo(new Admitted());
      admitted++;
    }
  }

  /** Through the pool: making a connection would give a late commit the time to slip in. */
  private long intentsOf(Task task) {
    return world
        .database
        .rowsOf(
            HARBOR,
            "select count(*) as calls from remit.intent where tenant = 'harbor-dental' and task = ?",
            params -> params.text(task.id().value()),
            row -> row.number("calls"))
        .getFirst();
  }

  @Test
  void noIntentCommitsAfterItsTaskIsClosed() throws Exception {
    for (int race = 0; race < 100; race++) {
      var task = world.openTask(HARBOR, "T-close-" + race, 1_000_000);
      var begun = new CountDownLatch(3);
      var counted = new AtomicLong();
      var work = new ArrayList<Callable<Boolean>>();
      for (int rival = 0; rival < 3; rival++) {
        work.add(() -> admitUntilClosed(task, begun));
      }
      work.add(() -> {
        begun.await();
        var entry = world.entry(HARBOR, Entry.Kind.TASK_CLOSED);
        world.taskLedger.close(HARBOR, task.id(), Task.State.DONE, NOW, entry);
        counted.set(intentsOf(task));
        return true;
      });
      assertThat(together(work)).containsOnly(true);
      assertThat(intentsOf(task)).as("race " + race).isEqualTo(counted.get());
    }
  }

  private boolean admitUntilClosed(Task task, CountDownLatch begun) {
    var use = Optional.of(World.use(task, 1_000_000, 10_000_000));
    var answer = world.ledger.admit(world.intent(HARBOR, use));
    while (answer instanceof Admitted) {
      begun.countDown();
      answer = world.ledger.admit(world.intent(HARBOR, use));
    }
    return answer.equals(new Refused(ReasonCode.NO_TASK));
  }

  @Test
  void equalCallsAtOnceAreOne() throws Exception {
    var task = world.openTask(100);
    var answers =
        together(
            RIVALS,
            () -> world.ledger.admit(Intents.of(world.intent(task)).joinKey("same").build()));
    assertThat(admitted(answers)).isEqualTo(1);
    assertThat(answers.stream().filter(Joined.class::isInstance).distinct().count()).isEqualTo(1);
  }

  @Test
  void anApprovalUsedAtOnceIsUsedOnce() throws Exception {
    var task = world.openTask(100);
    var proposal = world.propose(world.proposal(task)).orElseThrow();
    world.grant(proposal, NOW.plusSeconds(60));
    var answers =
        together(
            RIVALS,
            () ->
                world.ledger.admit(Intents.of(world.intent(task)).approval(proposal.id()).build()));
    assertThat(admitted(answers)).isEqualTo(1);
  }

  @Test
  void outcomesAtOnceHaveOneFirst() throws Exception {
    var task = world.openTask(100);
    List<Intent> intents = IntStream.range(0, 5).mapToObj(i -> world.intent(task)).toList();
    for (var intent : intents) {
      world.ledger.admit(intent);
      var answers =
          together(
              RIVALS, () -> world.ledger.settle(world.settlement(intent, Outcome.UNKNOWN, true)));
      assertThat(answers.stream().filter(Settled.FIRST::equals).count()).isEqualTo(1);
      assertThat(world.count("entry where kind = 'resolution' and call = '" + intent.call() + "'"))
          .isEqualTo(RIVALS - 1);
    }
  }

  @Test
  void oneTicketIsTheGroundOfOneOpenTaskOfAClass() throws Exception {
    var answers =
        together(
            RIVALS,
            () ->
                world.taskLedger.open(
                    world.task(HARBOR, "T-one", 3),
                    World.V1,
                    World.scopes(HARBOR),
                    world.entry(HARBOR, Entry.Kind.TASK_OPENED)));
    assertThat(answers.stream().filter(Optional::isEmpty).count()).isEqualTo(1);
    assertThat(answers).contains(Optional.of(ReasonCode.NO_GROUND));
  }
}
