package dev.remit.workspace.scenario;

import dev.remit.policy.CompiledPolicies;
import dev.remit.policy.CompiledPolicy;
import dev.remit.policy.Mutant;
import dev.remit.policy.Mutants;
import dev.remit.workspace.scenario.Scenario.Case;
import dev.remit.workspace.scenario.ScenarioRun.Result;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Breaks one policy after the other and tells which scenarios notice. */
public final class MutationRun {
  private final ScenarioRun scenarios;

  /** Will use these scenarios, which must all hold. */
  public MutationRun(ScenarioRun scenarios) {
    this.scenarios = scenarios;
  }

  /** Every change of every policy, in the order of the policies' ids. */
  public List<Change> on(CompiledPolicies policies) {
    var concerned =
        scenarios.on(policies).stream()
            .filter(Result::isOfPolicy)
            .map(Result::of)
            .collect(Collectors.toSet());
    return Mutants.of(policies).parallelStream().map(mutant -> noticed(mutant, concerned)).toList();
  }

  private Change noticed(Mutant mutant, Set<Case> concerned) {
    var noticing =
        scenarios
            .on(mutant.policies(), one -> concerned.contains(one) && isConcerned(one, mutant))
            .stream()
            .filter(result -> !result.holds())
            .map(Result::of)
            .toList();
    return new Change(mutant.policy(), mutant.change(), noticing);
  }

  private boolean isConcerned(Case one, Mutant mutant) {
    return scenarios.toolOf(one).filter(mutant::mayConcern).isPresent();
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
