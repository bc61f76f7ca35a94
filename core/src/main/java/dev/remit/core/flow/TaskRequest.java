package dev.remit.core.flow;

import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.Caller;
import dev.remit.core.target.TargetRef;
import java.util.Optional;
import java.util.Set;

/**
 * A wish to open a task.
 *
 * @param caller the agent itself, or an orchestrator that opens it for {@code agent}
 * @param tools the tools it shall shrink to; empty takes all tools of the class that the agent may
 *     use
 * @param prompt what was asked in words, if the caller tells; kept as digest and redacted excerpt
 */
public record TaskRequest(
    Caller caller,
    AgentId agent,
    String taskClass,
    String ticket,
    Set<TargetRef> targets,
    Set<String> tools,
    Optional<String> prompt) {

  public TaskRequest {
    targets = Set.copyOf(targets);
    tools = Set.copyOf(tools);
  }
}
