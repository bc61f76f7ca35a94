package dev.remit.policy.reach;

import dev.remit.core.identity.AgentId;
import java.util.List;

/** Everything one agent could do, and what it inherits. */
public record Authority(AgentId agent, List<Held> tools, List<Inherited> inherited) {
  public Authority {
    tools = List.copyOf(tools);
    inherited = List.copyOf(inherited);
  }
}
