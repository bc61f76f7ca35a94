package dev.remit.core.flow;

import dev.remit.core.approval.PlanStep;
import dev.remit.core.identity.Caller;
import dev.remit.core.task.TaskId;
import dev.remit.core.value.Value;
import java.util.List;
import java.util.Optional;

/**
 * Calls that an agent wants people to answer as one, parsed strictly at the edge and not yet bound.
 *
 * @param steps 1 to {@link PlanStep#MOST}, in the order in which they are to run
 */
public record PlanRequest(Caller.Agent caller, Optional<TaskId> task, List<Step> steps) {

  public PlanRequest {
    steps = List.copyOf(steps);
  }

  /**
   * One of them.
   *
   * @param changes binding attributes that it changes, so that later steps may find them changed
   */
  public record Step(String tool, Value.Obj arguments, List<PlanStep.Change> changes) {
    public Step {
      changes = List.copyOf(changes);
    }
  }
}
