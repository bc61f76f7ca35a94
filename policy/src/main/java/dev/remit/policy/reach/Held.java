package dev.remit.policy.reach;

import dev.remit.core.call.Tool;
import dev.remit.core.identity.AutonomyLevel;

/**
 * A tool that an agent has in a task class.
 *
 * @param isDeclared whether nothing speaks to its system yet
 * @param start how it goes at the level at which the agent starts
 * @param ceiling how it goes at the highest level that people may let it rise to
 */
public record Held(
    String taskClass,
    Tool tool,
    boolean isDeclared,
    AutonomyLevel startsAt,
    Way start,
    AutonomyLevel risesTo,
    Way ceiling) {

  /** Whether any call of it can ever be made. */
  public boolean isUsable() {
    return ceiling.how() != Way.How.NEVER;
  }
}
