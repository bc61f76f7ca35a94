package dev.remit.core.flow;

import dev.remit.core.approval.Proposal;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.TaskLedger;
import dev.remit.core.task.Task;
import dev.remit.core.value.Value;
import java.util.List;
import java.util.Set;

/**
 * Ends a task and everything it held, with all that was delegated from it: first durably, so that
 * nothing new is admitted, then running calls, then leases and proposals. What a crash leaves here
 * the sweeper finds.
 */
final class TaskEnd {

  /** How often what lives below a task is looked at before its end gives up. */
  private static final int TRIES = 10;

  private final Ports ports;
  private final Entries entries;
  private final RunningCalls running;
  private final TaskLeases taskLeases;
  private final TaskBook taskBook;

  TaskEnd(
      Ports ports,
      Entries entries,
      RunningCalls running,
      TaskLeases taskLeases,
      TaskBook taskBook) {
    this.ports = ports;
    this.entries = entries;
    this.running = running;
    this.taskLeases = taskLeases;
    this.taskBook = taskBook;
  }

  /** Ends it; nothing happens when it was ended before. */
  void end(Task task, Task.State state, String by) {
    end(task, state, by, Value.Obj.EMPTY);
  }

  /** With what is kept beside the entry, where it can be erased. */
  void end(Task task, Task.State state, String by, Value.Obj body) {
    var now = ports.clock().instant();
    var entry =
        entries.ofTask(
            Entry.Kind.TASK_CLOSED,
            task.tenant(),
            task.id(),
            now,
            Value.object("state", text(state), "by", by),
            body);
    move(task, Task.State.LIVE, state, entry);
    letGo(task);
  }

  /** Turns a task; false when it was not in that state. Holding it ends what was delegated. */
  boolean turn(Task task, Task.State from, Task.State to, Entry entry) {
    boolean isTurned = move(task, Set.of(from), to, entry);
    if (isTurned) {
      pause(task, to == Task.State.HELD);
    }
    return isTurned;
  }

  /** Holds a task of which what runs goes on to its end; what was delegated from it ends now. */
  boolean handOver(Task task, Entry entry) {
    boolean isHeld = move(task, Set.of(Task.State.OPEN), Task.State.HELD, entry);
    taskBook.forget(task.id());
    return isHeld;
  }

  /** The task and all that lives below it, in one transaction; what it held goes afterwards. */
  private boolean move(Task task, Set<Task.State> from, Task.State to, Entry entry) {
    for (int tries = 0; tries < TRIES; tries++) {
      var below =
          to == Task.State.OPEN
              ? List.<Task>of()
              : ports.tasks().liveBelow(task.tenant(), task.id());
      var moved =
          ports
              .taskLedger()
              .move(
                  task.tenant(),
                  task.id(),
                  from,
                  to,
                  entry.at(),
                  entry,
                  below.stream().map(one -> ended(one, task, to, entry)).toList());
      if (moved != TaskLedger.Moved.OTHERS_BELOW) {
        below.forEach(this::letGo);
        return moved == TaskLedger.Moved.MOVED;
      }
    }
    throw new IllegalStateException("work is handed on faster than it can be ended");
  }

  private TaskLedger.Below ended(Task below, Task task, Task.State to, Entry entry) {
    var state =
        switch (to) {
          case OPEN, HELD, DONE, FAILED -> Task.State.FAILED;
          case EXPIRED, KILLED, TAKEN_OVER -> to;
        };
    return new TaskLedger.Below(
        below.id(),
        state,
        entries.ofTask(
            Entry.Kind.TASK_CLOSED,
            below.tenant(),
            below.id(),
            entry.at(),
            Value.object(
                "state",
                text(state),
                "by",
                "remit",
                "because",
                "parent-" + text(to),
                "parent",
                task.id().value()),
            Value.Obj.EMPTY));
  }

  private static String text(Task.State state) {
    return state.name().toLowerCase(java.util.Locale.ROOT);
  }

  /** A task was held, or goes on: what was cached of it is forgotten, and what runs is cut. */
  private void pause(Task task, boolean isHeld) {
    taskBook.forget(task.id());
    if (isHeld) {
      running.cutTasks(Set.of(task.id()), "the task is held");
      taskLeases.retireTask(task.id());
    }
  }

  /** Lets go of all that an ended task held. */
  void letGo(Task task) {
    taskBook.forget(task.id());
    running.cutTasks(Set.of(task.id()), "the task ended");
    taskLeases.retireTask(task.id());
    withdrawProposals(task);
  }

  private void withdrawProposals(Task task) {
    var now = ports.clock().instant();
    for (Proposal proposal : ports.proposals().liveOf(task.tenant(), task.id())) {
      ports
          .proposals()
          .end(
              proposal,
              Proposal.State.WITHDRAWN,
              entries.ofProposal(
                  Entry.Kind.PROPOSAL_ENDED, proposal, now, Value.object("state", "withdrawn")));
    }
  }
}
