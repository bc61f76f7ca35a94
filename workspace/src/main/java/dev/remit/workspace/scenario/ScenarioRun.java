package dev.remit.workspace.scenario;

import dev.remit.core.flow.Rehearsal;
import dev.remit.core.flow.Rehearsed;
import dev.remit.core.flow.Scene;
import dev.remit.core.release.Release;
import dev.remit.json.SchemaCheck;
import dev.remit.policy.CedarDecisionPoint;
import dev.remit.policy.CompiledPolicies;
import dev.remit.workspace.scenario.Scenario.Asked;
import dev.remit.workspace.scenario.Scenario.Case;
import java.util.List;

/**
 * Tries scenarios on the evaluator that decides, and on the checks that a call meets before it.
 * Immutable and thread safe; the same version always gives the same results.
 */
public final class ScenarioRun {
  /** The name under which the opening of the task itself is asked. */
  public static final String OPENING = "remit_open_task";

  private final Release release;
  private final List<Case> cases;
  private final Rehearsal rehearsal = new Rehearsal(new SchemaCheck());

  /** Will try these scenarios on this version. */
  public ScenarioRun(Release release, List<Scenario> scenarios) {
    this.release = release;
    this.cases = scenarios.stream().flatMap(scenario -> scenario.cases().stream()).toList();
  }

  /** What came of each case, in their order. */
  public List<Result> on(CompiledPolicies policies) {
    var point = new CedarDecisionPoint(release, policies);
    var staging = new Staging(release);
    return cases.stream()
        .map(one -> new Result(one, rehearsed(one, staging.scene(one, point))))
        .toList();
  }

  private Rehearsed rehearsed(Case one, Scene scene) {
    if (one.when().asked() == Asked.POLICY) {
      return rehearsal.policyAlone(scene);
    }
    return one.when().tool().equals(OPENING) ? rehearsal.open(scene) : rehearsal.call(scene);
  }

  /** What came of a case. */
  public record Result(Case of, Rehearsed got) {
    /** Whether it is what the case expects. */
    public boolean holds() {
      return of.then().isMetBy(got);
    }

    /** What came of it, in the words of the file. */
    public String words() {
      return Expected.words(got);
    }

    /** The policies that decided. */
    public List<String> determining() {
      return Expected.determining(got);
    }
  }
}
