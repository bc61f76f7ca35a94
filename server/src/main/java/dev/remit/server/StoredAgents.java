package dev.remit.server;

import dev.remit.core.identity.AgentClassId;
import dev.remit.core.register.AgentFiles;
import dev.remit.core.release.Releases.PolicyUnavailableException;
import dev.remit.core.release.VersionId;
import dev.remit.workspace.LoadedWorkspace;
import dev.remit.workspace.Narrowing;
import dev.remit.workspace.WorkspaceResult;
import dev.remit.workspace.Workspaces;
import dev.remit.workspace.scenario.Scenario;
import dev.remit.workspace.scenario.ScenarioRun;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;

/** What stored policy versions say of agents: their scenarios, and the text of their files. */
final class StoredAgents implements AgentFiles {

  private final Function<VersionId, SortedMap<String, byte[]>> versions;
  private final Workspaces workspaces = new Workspaces();

  /**
   * @param versions the files of a version
   */
  StoredAgents(Function<VersionId, SortedMap<String, byte[]>> versions) {
    this.versions = versions;
  }

  @Override
  public Tried scenarios(VersionId version, AgentClassId agentClass) {
    if (!(workspaces.load(versions.apply(version))
        instanceof WorkspaceResult.Loaded(LoadedWorkspace loaded))) {
      throw new PolicyUnavailableException("version `" + version + "` cannot be read");
    }
    var own =
        loaded.scenarios().stream()
            .map(scenario ->
                new Scenario(
                    scenario.name(),
                    scenario.about(),
                    scenario.cases().stream()
                        .filter(one -> one.given().agent().agentClass().equals(agentClass))
                        .toList()))
            .toList();
    var results = new ScenarioRun(loaded.release(), own).on(loaded.policies());
    List<String> failures =
        results.stream()
            .filter(result -> !result.holds())
            .map(result -> String.join("\n", result.failure()))
            .toList();
    return new Tried(results.size(), failures);
  }

  @Override
  public Optional<String> narrowing(VersionId version, AgentClassId agentClass, Unused unused) {
    return Narrowing.of(
        versions.apply(version), agentClass, unused.taskClasses(), unused.identities());
  }
}
