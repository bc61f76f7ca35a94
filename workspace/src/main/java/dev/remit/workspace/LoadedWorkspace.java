package dev.remit.workspace;

import dev.remit.core.release.Release;
import dev.remit.core.release.VersionId;
import dev.remit.policy.CompiledPolicies;

/** A workspace that is understood and in order: what it means, its policy, and its files. */
public record LoadedWorkspace(Release release, CompiledPolicies policies, WorkspaceFiles files) {
  /** The digest of its content. */
  public VersionId version() {
    return release.version();
  }
}
