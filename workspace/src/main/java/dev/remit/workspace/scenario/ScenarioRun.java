package dev.remit.workspace.scenario;

import dev.remit.core.call.Tool;
import dev.remit.core.decision.DecisionPoint;
import dev.remit.core.decision.ReasonCode;
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
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Tries scenarios on the evaluator that decides, and on the checks that a call meets before it.
 * Immutable and thread safe; the same version always gives the same results.
 */
public final class ScenarioRun {
  /** The name under which the opening of the task itself is asked. */
  public static final String OPENING = "remit_open_task";

  private final Release release;
  private final List<Staged> cases;
  private final Rehearsal rehearsal = new Rehearsal(new SchemaCheck());

  /** Will try these scenarios on this version. */
  public ScenarioRun(Release release, List<Scenario> scenarios) {
    this.release = release;
    var staging = new Staging(release);
    this.cases =
        scenarios.stream()
            .flatMap(scenario -> scenario.cases().stream())
            .map(one -> new Staged(one, staging.scene(one)))
            .toList();
  }

  private record Staged(Case of, Function<DecisionPoint, Scene> scene) {}

  /** What came of each case, in their order. */
  public List<Result> on(CompiledPolicies policies) {
    return on(policies, one -> true);
  }

  /** What came of those cases that are meant, in their order. */
  List<Result> on(CompiledPolicies policies, Predicate<Case> isMeant) {
    var point = new CedarDecisionPoint(release, policies);
    return cases.stream()
        .filter(staged -> isMeant.test(staged.of()))
        .map(staged -> new Result(staged.of(), rehearsed(staged.of(), staged.scene().apply(point))))
        .toList();
  }

  /** The tool that a case calls, if there is such a tool. */
  Optional<Tool> toolOf(Case one) {
    return Optional.ofNullable(release.tools().get(one.when().tool()));
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

    /** What is said when it does not hold: the place, what was expected and what came. */
    public List<String> failure() {
      var by = determining().isEmpty() ? "" : " (decided by " + String.join(", ", determining());
      return List.of(
          of.origin() + ": scenario `" + of.scenario() + "`: " + of.name(),
          "  expected: " + of.then().words(),
          "  got:      " + words() + by + (by.isEmpty() ? "" : ")"));
    }

    /** Whether policy was asked: only then can it depend on policy what came of the case. */
    boolean isOfPolicy() {
      return switch (got) {
        case Rehearsed.Decided ignored -> true;
        case Rehearsed.Refused(ReasonCode reason) -> reason == ReasonCode.APPROVAL_STALE;
        case Rehearsed.Opened ignored -> false;
        case Rehearsed.UnknownTool ignored -> false;
        case Rehearsed.InvalidArguments ignored -> false;
      };
    }

    /** The policies that decided. */
    public List<String> determining() {
      return Expected.determining(got);
    }
  }
}
