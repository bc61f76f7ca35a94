package dev.remit.workspace.scenario;

import dev.remit.policy.CompiledPolicies;
import dev.remit.policy.CompiledPolicy;
import dev.remit.policy.Mutant;
import dev.remit.policy.Mutants;
import dev.remit.workspace.scenario.Scenario.Case;
import dev.remit.workspace.scenario.ScenarioRun.Result;
import java.util.List;

/** Breaks one policy after the other and tells which scenarios notice. */
public final class MutationRun {
  private final ScenarioRun scenarios;

  /** Will use these scenarios, which must all hold. */
  public MutationRun(ScenarioRun scenarios) {
    this.scenarios = scenarios;
  }

  /** Every change of every policy, in the order of the policies' ids. */
  public List<Change> on(CompiledPolicies policies) {
    return Mutants.of(policies).parallelStream().map(this::noticed).toList();
  }

  private Change noticed(Mutant mutant) {
    var noticing =
        scenarios.on(mutant.policies()).stream()
            .filter(result -> !result.holds())
            .map(Result::of)
            .toList();
    return new Change(mutant.policy(), mutant.change(), noticing);
  }

  /** What was done to a policy, and the cases that failed then. */
  public record Change(CompiledPolicy policy, String what, List<Case> noticedBy) {
    public Change {
      noticedBy = List.copyOf(noticedBy);
    }

    /** Whether some scenario would tell. */
    public boolean isGuarded() {
      return !noticedBy.isEmpty();
    }
  }
}
