package dev.remit.core.register;

import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.AgentId;
import dev.remit.core.release.VersionId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The files of a stored policy version, as far as the register asks them. */
public interface AgentFiles {

  /** Runs the version's scenarios of this class; throws when the version cannot be read. */
  Tried scenarios(VersionId version, AgentClassId agentClass);

  /**
   * A change of the files that takes these from a class, as a unified diff; empty when its file
   * does not say it in lines of their own, or nothing would be left.
   */
  Optional<String> narrowing(VersionId version, AgentClassId agentClass, Unused unused);

  /**
   * What running scenarios gave.
   *
   * @param run how many there are of the class
   * @param failures those that do not hold, in words
   */
  record Tried(int run, List<String> failures) {
    public Tried {
      failures = List.copyOf(failures);
    }
  }

  /** Parts of a class's boundaries. */
  record Unused(Set<String> taskClasses, Set<AgentId> identities) {
    public Unused {
      taskClasses = Set.copyOf(taskClasses);
      identities = Set.copyOf(identities);
    }
  }
}
