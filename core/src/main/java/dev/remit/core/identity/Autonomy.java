package dev.remit.core.identity;

import dev.remit.core.value.InvalidValueException;
import java.util.Map;

/**
 * Where a class of agents starts and how far it may rise, as its file says.
 *
 * @param general for every task class that has no entry of its own
 * @param taskClasses by name of the task class
 */
public record Autonomy(Range general, Map<String, Range> taskClasses) {

  public Autonomy {
    taskClasses = Map.copyOf(taskClasses);
  }

  /** One level for everything, which is start and ceiling. */
  public static Autonomy of(AutonomyLevel level) {
    return new Autonomy(new Range(level, level), Map.of());
  }

  /** What holds for this task class. */
  public Range in(String taskClass) {
    return taskClasses.getOrDefault(taskClass, general);
  }

  /** Where it starts, and the highest level it may ever be at. */
  public record Range(AutonomyLevel start, AutonomyLevel upTo) {
    public Range {
      if (start.compareTo(upTo) > 0) {
        throw new InvalidValueException("autonomy starts above the level it may rise to");
      }
    }
  }
}
