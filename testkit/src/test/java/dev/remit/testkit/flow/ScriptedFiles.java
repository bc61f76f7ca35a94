package dev.remit.testkit.flow;

import dev.remit.core.identity.AgentClassId;
import dev.remit.core.register.AgentFiles;
import dev.remit.core.release.VersionId;
import java.util.List;
import java.util.Optional;

/** A version's files that say what a test wants. */
final class ScriptedFiles implements AgentFiles {
  Tried tried = new Tried(1, List.of());
  Optional<Unused> asked = Optional.empty();

  @Override
  public Tried scenarios(VersionId version, AgentClassId agentClass) {
    return tried;
  }

  @Override
  public Optional<String> narrowing(VersionId version, AgentClassId agentClass, Unused unused) {
    asked = Optional.of(unused);
    return Optional.of("a diff");
  }
}
