package dev.remit.core.evidence;

import dev.remit.core.decision.ReasonCode;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.release.VersionId;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Changes of tasks, each committed together with its entry. */
public interface TaskLedger {

  /**
   * Opens a task unless its ticket is the ground of another open task of the class, a kill covers
   * it, or the policy version is no longer active; the answer is why not.
   *
   * <p>A delegated task opens only while every task above it is open, never outlives its parent,
   * and stands on the ground of that: its ticket may be the ground of others. It takes over whether
   * words of outsiders were read.
   */
  Optional<ReasonCode> open(Task task, VersionId version, List<String> killScopes, Entry entry);

  /**
   * Binds a task that an orchestrator opened to the first instance that uses it; false if taken.
   */
  boolean accept(TenantId tenant, TaskId task, InstanceId instance);

  /**
   * Moves a task to another state, and in the same transaction ends what was delegated from it, so
   * that no intent of a task below commits afterwards on any replica.
   *
   * @param from the states it may be in
   * @param below every live task below it, with how it ends; those that have ended by themselves
   *     meanwhile stay as they are
   */
  Moved move(
      TenantId tenant,
      TaskId task,
      Set<Task.State> from,
      Task.State to,
      Instant at,
      Entry entry,
      List<Below> below);

  /** What became of a move. */
  enum Moved {
    MOVED,
    /** It was in no state that it could be moved from. */
    ELSEWHERE,
    /** There are live tasks below it that were not named; nothing was done. */
    OTHERS_BELOW
  }

  /** A task below one that moves. */
  record Below(TaskId task, Task.State state, Entry entry) {}

  /** Turns a task with nothing below it; false when it was not in that state. */
  default boolean turn(TenantId tenant, TaskId task, Task.State from, Task.State to, Entry entry) {
    if (!from.isLive() || !to.isLive()) {
      throw new IllegalStateException("a task is turned between open and held");
    }
    return isMoved(move(tenant, task, Set.of(from), to, entry.at(), entry, List.of()));
  }

  /** Ends an open or held task with nothing below it; false when it was ended already. */
  default boolean close(TenantId tenant, TaskId task, Task.State state, Instant at, Entry entry) {
    if (state.isLive()) {
      throw new IllegalStateException("a task does not end as open or held");
    }
    return isMoved(move(tenant, task, Task.State.LIVE, state, at, entry, List.of()));
  }

  private static boolean isMoved(Moved moved) {
    if (moved == Moved.OTHERS_BELOW) {
      throw new IllegalStateException("what was delegated from a task ends with it");
    }
    return moved == Moved.MOVED;
  }
}
