package dev.remit.server;

import dev.remit.policy.Oracle;
import dev.remit.workspace.LoadedWorkspace;
import dev.remit.workspace.scenario.ScenarioRun;
import java.util.Optional;

/**
 * What a version has to stand before it decides anything.
 *
 * <p>Promises: a version whose own scenarios do not hold, or on which the engine that decides and
 * the official library answer differently, is never put in force. A version that is in force
 * already is not held to its scenarios again: they say what people meant when it was activated.
 */
final class Trial {
  private final Referee referee;

  /** Compares the two engines. */
  @FunctionalInterface
  interface Referee {
    /** Where they differ on so many requests. */
    Optional<String> disagreement(LoadedWorkspace version, int requests);
  }

  /** With the official library as referee. */
  Trial() {
    this((version, requests) ->
        Oracle.compare(version.release(), version.policies(), requests).disagreement());
  }

  Trial(Referee referee) {
    this.referee = referee;
  }

  /** Why this version cannot be put in force. */
  Optional<String> beforeActivation(LoadedWorkspace version) {
    return failure(version)
        .or(() -> referee.disagreement(version, Oracle.AT_ACTIVATION))
        .map(problem -> refusal(version, problem));
  }

  /** Why this version, in force or of a lab estate, cannot decide. */
  Optional<String> beforeUse(LoadedWorkspace version) {
    return referee.disagreement(version, Oracle.AT_LOAD).map(problem -> refusal(version, problem));
  }

  /** The first scenario that does not hold, as {@code remit check} says it. */
  private static Optional<String> failure(LoadedWorkspace version) {
    var failed =
        new ScenarioRun(version.release(), version.scenarios())
            .on(version.policies()).stream().filter(result -> !result.holds()).toList();
    return failed.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.join("\n", failed.getFirst().failure())
                + (failed.size() == 1 ? "" : "\nand " + (failed.size() - 1) + " more"));
  }

  private static String refusal(LoadedWorkspace version, String problem) {
    return "version `" + version.version() + "` cannot be in force: " + problem;
  }
}
