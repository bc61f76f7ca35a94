package dev.remit.workspace;

import dev.remit.core.identity.Autonomy;
import dev.remit.core.identity.Autonomy.Range;
import dev.remit.core.identity.AutonomyLevel;
import dev.remit.policy.Origin;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * An agent's {@code autonomy}, {@code autonomy-up-to} and {@code autonomy-in}: where it starts and
 * how far people may let it rise, for all its task classes and for single ones.
 */
final class AutonomyKeys {
  private static final Form LEVEL = Form.oneOf("propose", "supervised", "bounded");

  private AutonomyKeys() {}

  static Autonomy read(Section agent, Set<String> taskClasses) {
    var start = level(agent.text("autonomy", LEVEL));
    var general = range(agent, start, "autonomy-up-to");
    var single = new HashMap<String, Range>();
    if (agent.has("autonomy-in")) {
      agent
          .named("autonomy-in", Form.SLUG)
          .forEach((name, one) -> {
            requireListed(agent, name, taskClasses, one.origin());
            var from = level(one.text("start", LEVEL));
            single.put(name, range(one, from, "up-to"));
            one.close();
          });
    }
    return new Autonomy(general, Map.copyOf(single));
  }

  private static void requireListed(
      Section agent, String name, Set<String> taskClasses, Origin at) {
    if (!taskClasses.contains(name)) {
      agent.problem(
          at, "`" + name + "` is none of this agent's `task-classes`; add it there or remove it");
    }
  }

  private static Range range(Section section, AutonomyLevel start, String name) {
    var highest = section.optionalText(name, LEVEL).map(AutonomyKeys::level).orElse(start);
    if (highest.compareTo(start) < 0) {
      section.problem(
          name,
          "autonomy starts at `"
              + start.text()
              + "`, above the `"
              + highest.text()
              + "` it may rise to; lower the start or raise the other");
      return new Range(start, start);
    }
    return new Range(start, highest);
  }

  private static AutonomyLevel level(String text) {
    return AutonomyLevel.of(text).orElse(AutonomyLevel.PROPOSE);
  }
}
