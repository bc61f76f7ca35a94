package dev.remit.policy;

import dev.remit.core.call.Tool;
import java.util.HashSet;

/**
 * A set of policies in which one says something else.
 *
 * @param policy the one that was changed, as it was
 * @param change what was done to it, in words
 * @param policies the whole set after the change; only the changed policy was compiled again
 */
public record Mutant(CompiledPolicy policy, String change, CompiledPolicies policies) {

  /**
   * Whether the change can make a difference to calls of this tool: its head does not rule it out.
   */
  public boolean mayConcern(Tool tool) {
    var names = new HashSet<>(CedarSchema.groupsOf(tool));
    names.add(tool.name());
    return policy.scope().canMatchAction(names);
  }
}
