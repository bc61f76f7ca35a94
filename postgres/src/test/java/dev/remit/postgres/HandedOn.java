package dev.remit.postgres;

import static dev.remit.postgres.World.HARBOR;
import static dev.remit.postgres.World.NOW;
import static dev.remit.postgres.World.V1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Intent;
import dev.remit.core.evidence.TaskLedger;
import dev.remit.core.evidence.TaskLedger.Moved;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.task.Lineage;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** A world with tasks that were handed on, and hands that work at once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HandedOn {
  final World world = new World();
  private final ExecutorService threads = Executors.newFixedThreadPool(10);

  HandedOn() {
    for (int depth = 1; depth <= 10; depth++) {
      world.register("helper-" + depth, "active");
    }
  }

  Task below(Task parent) {
    return below(parent, parent.callLimit(), parent.deadline());
  }

  /** A task of the next agent of a row, below this one; not yet opened. */
  Task below(Task parent, int calls, Instant deadline) {
    int depth = parent.lineage().depth() + 1;
    return new Task(
        new TaskId(world.id()),
        parent.tenant(),
        parent.environment(),
        AgentId.parse("helper-" + depth + "/" + parent.tenant() + "/production/change"),
        Optional.of(new InstanceId("helper:" + world.id())),
        "helper-class-" + depth,
        parent.ground(),
        parent.targets(),
        parent.tools(),
        calls,
        NOW,
        deadline,
        Task.State.OPEN,
        parent.prompt(),
        false,
        parent
            .lineage()
            .and(
                new Lineage.Link(
                    parent.id(),
                    parent.agent(),
                    parent.instance().orElseThrow(),
                    parent.taskClass(),
                    true)));
  }

  Optional<ReasonCode> open(Task task) {
    return world.taskLedger.open(
        task, V1, List.of("everything"), world.entry(HARBOR, Entry.Kind.TASK_OPENED));
  }

  Task opened(Task task) {
    assertThat(open(task)).isEmpty();
    return task;
  }

  Intent intent(Task task) {
    return world.intent(
        HARBOR,
        Optional.of(
            new Intent.TaskUse(
                task.id(),
                task.taskClass(),
                task.ground().ticket(),
                task.callLimit(),
                10_000_000,
                List.of(),
                task.hasReadUntrusted(),
                task.lineage().links().stream()
                    .map(link -> new Intent.Above(link.task(), link.taskClass(), 10_000_000))
                    .toList())));
  }

  Moved end(Task task, Task.State state, List<Task> below) {
    return world.taskLedger.move(
        HARBOR,
        task.id(),
        Task.State.LIVE,
        state,
        NOW,
        world.entry(HARBOR, Entry.Kind.TASK_CLOSED),
        below.stream()
            .map(one ->
                new TaskLedger.Below(
                    one.id(), Task.State.FAILED, world.entry(HARBOR, Entry.Kind.TASK_CLOSED)))
            .toList());
  }

  /** As the drivers do it: until nothing was opened meanwhile. */
  void endWhole(Task task, Task.State state) {
    while (end(task, state, world.tasks.liveBelow(HARBOR, task.id())) == Moved.OTHERS_BELOW) {
      Thread.onSpinWait();
    }
  }

  Task.State stateOf(Task task) {
    return world.tasks.find(HARBOR, task.id()).orElseThrow().state();
  }

  <T> List<T> together(List<Callable<T>> work) throws InterruptedException, ExecutionException {
    var answers = new ArrayList<T>();
    for (var answer : threads.invokeAll(work)) {
      answers.add(answer.get());
    }
    return answers;
  }

  long intentsOf(Task task) {
    return world
        .database
        .rowsOf(
            HARBOR,
            "select count(*) as n from remit.intent where tenant = ? and task = ?",
            params -> params.text(HARBOR.value()).text(task.id().value()),
            row -> row.number("n"))
        .getFirst();
  }

  @AfterAll
  void close() {
    threads.close();
    world.close();
  }
}
