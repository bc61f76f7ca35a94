package dev.remit.workspace;

import dev.remit.core.release.Release;
import dev.remit.core.release.VersionId;
import dev.remit.policy.CompiledPolicies;
import dev.remit.workspace.scenario.Scenario;
import java.util.List;

/**
 * A workspace that is understood and in order: what it means, its policy, its scenarios, which were
 * not tried yet, and its files.
 */
public record LoadedWorkspace(
    Release release, CompiledPolicies policies, List<Scenario> scenarios, WorkspaceFiles files) {
  public LoadedWorkspace {
    scenarios = List.copyOf(scenarios);
  }

  /** The digest of its content. */
  public VersionId version() {
    return release.version();
  }
}
