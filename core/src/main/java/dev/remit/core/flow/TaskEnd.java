package dev.remit.core.flow;

import dev.remit.core.approval.Proposal;
import dev.remit.core.evidence.Entry;
import dev.remit.core.task.Task;
import dev.remit.core.value.Value;
import java.util.Set;

/**
 * Ends a task and everything it held: first durably, so that nothing new is admitted, then running
 * calls, then leases and proposals. What a crash leaves here the sweeper finds.
 */
final class TaskEnd {

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
            Value.object("state", state.name().toLowerCase(java.util.Locale.ROOT), "by", by),
            body);
    ports.taskLedger().close(task.tenant(), task.id(), state, now, entry);
    letGo(task);
  }

  /** A task was held, or goes on: what was cached of it is forgotten, and what runs is cut. */
  void pause(Task task, boolean isHeld) {
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
