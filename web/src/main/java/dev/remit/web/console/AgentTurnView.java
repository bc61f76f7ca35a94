package dev.remit.web.console;

import java.util.List;
import java.util.Optional;

/**
 * What will be done to a class of agents, and the question why.
 *
 * @param objections what keeps it from being done at all
 * @param problem why it was not done
 */
public record AgentTurnView(
    String agentClass, AgentAct act, List<String> objections, Optional<String> problem) {

  public AgentTurnView {
    objections = List.copyOf(objections);
  }

  /** Where the agent stands in the list. */
  public String back() {
    return AgentsView.path(agentClass);
  }

  /** Where the form goes. */
  public String path() {
    return "/console/agents/" + agentClass + "/turn/" + act.path();
  }
}
