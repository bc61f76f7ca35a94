package dev.remit.core.release;

import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.Autonomy;
import dev.remit.core.identity.AutonomyLevel;
import dev.remit.core.identity.GradeFamily;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What people of a group may work on by themselves, as the workspace says; silence is nothing.
 *
 * @param taskClasses names of the task classes
 * @param family the highest effects that they make
 */
public record OwnWork(Set<String> taskClasses, GradeFamily family) {

  /**
   * How much people do alone: what is below {@code destructive}. A person judges what they do
   * themselves; what cannot be taken back has a second person all the same, and so has all that a
   * rule asks about.
   */
  public static final AutonomyLevel ALONE = AutonomyLevel.BOUNDED;

  public OwnWork {
    taskClasses = Set.copyOf(taskClasses);
  }

  /** What somebody of both groups may work on. */
  OwnWork and(OwnWork other) {
    var all = new HashSet<>(taskClasses);
    all.addAll(other.taskClasses);
    return new OwnWork(all, family.compareTo(other.family) >= 0 ? family : other.family);
  }

  /** The same as policy reads it of an agent's class. */
  AgentClass asClass() {
    return new AgentClass(
        AgentClassId.PERSON, "", "", "", taskClasses, List.of(), Autonomy.of(ALONE));
  }
}
