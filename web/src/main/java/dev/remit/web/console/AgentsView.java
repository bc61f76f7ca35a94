package dev.remit.web.console;

import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.AutonomyLevel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The agents a reader may see, by their class. */
public record AgentsView(List<Row> rows, Instant now) {

  public AgentsView {
    rows = List.copyOf(rows);
  }

  /**
   * One class of agents.
   *
   * @param reach its identities at the tenants the reader may see
   * @param lastUsed when one of those last opened a task, if one did
   */
  public record Row(
      AgentClass agent, List<String> taskClasses, List<Reach> reach, Optional<Instant> lastUsed) {
    public Row {
      taskClasses = List.copyOf(taskClasses);
      reach = List.copyOf(reach);
    }
  }

  /** Where an agent may work, and what it may do there at most. */
  public record Reach(String tenant, String environment, List<String> families) {}

  /** What an autonomy level lets an agent do alone. */
  public static String meaning(AutonomyLevel level) {
    return switch (level) {
      case PROPOSE -> "a person approves every effect";
      case SUPERVISED -> "low-risk effects go alone, higher ones ask";
      case BOUNDED -> "high-risk effects go alone where the class allows it";
    };
  }

  /** Where an agent starts, and how far it may rise where that is further. */
  public static String range(AgentClass agent) {
    var range = agent.autonomy().general();
    return range.start() == range.upTo()
        ? range.start().text()
        : range.start().text() + ", up to " + range.upTo().text();
  }
}
