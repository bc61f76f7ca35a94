package dev.remit.core.flow;

import dev.remit.core.decision.ReasonCode;
import dev.remit.core.task.Task;

/** What became of a wish about a task. */
public sealed interface TaskResult {

  /** The task is open (or, after closing, ended) as shown. */
  record Told(Task task) implements TaskResult {}

  /** Refused; the caller hears {@code reason.agentCode()} and the hint. */
  record Refused(ReasonCode reason, String hint) implements TaskResult {}

  /** No such task for this caller, whether it exists for others or not. */
  record NotFound() implements TaskResult {}
}
