package dev.remit.web.console;

import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.AutonomyLevel;
import dev.remit.core.identity.PersonId;
import dev.remit.core.register.Agents;
import dev.remit.core.register.Registration;
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
   * @param registered how it stands in the register; only for whoever sees the whole installation
   */
  public record Row(
      AgentClass agent,
      List<String> taskClasses,
      List<Reach> reach,
      Optional<Instant> lastUsed,
      Optional<Registered> registered) {
    public Row {
      taskClasses = List.copyOf(taskClasses);
      reach = List.copyOf(reach);
    }
  }

  /** Where an agent may work, and what it may do there at most. */
  public record Reach(String tenant, String environment, List<String> families) {}

  /**
   * A class in the register.
   *
   * @param acts what the reader may do to it
   * @param isTheirs whether the reader owns it and may certify it
   */
  public record Registered(Agents.Shown shown, List<AgentAct> acts, boolean isTheirs) {
    public Registered {
      acts = List.copyOf(acts);
    }

    /** Where it stands. */
    public Badge state() {
      return switch (shown.state()) {
        case PROPOSED -> new Badge("proposed", "clock", "wait");
        case ACTIVE -> new Badge("active", "check", "ok");
        case SUSPENDED -> new Badge("suspended", "pause", "stop");
        case RETIRED -> new Badge("retired", "cross", "quiet");
      };
    }

    /** How it came to stand there. */
    public String cause() {
      return switch (shown.row().map(Registration::cause).orElse("new")) {
        case "new" -> "new, and not launched by people yet";
        case "widened" -> "a version lets it reach further than people launched";
        case "launch" -> "people launched it";
        case "first-version" -> "launched with the installation's first version";
        case "lab" -> "launched with the lab's folder";
        case "owner-gone" -> "its owner is gone";
        case "not-certified" -> "its owner did not certify it in time";
        case "suspended" -> "a person suspended it";
        case "retired" -> "a person retired it";
        default -> "the register has it so";
      };
    }

    /** The one person who answers for it. */
    public String answersForIt() {
      return shown.owner().map(PersonId::text).orElse("nobody is named")
          + (shown.isOwnerGone() ? ", who is gone" : "");
    }

    /** Where the owner's signature is sent. */
    public String sendTo() {
      return "/v1/agents/" + shown.agentClass().id().value();
    }

    /** Where the page of an act is. */
    public String path(AgentAct act) {
      return "/console/agents/" + shown.agentClass().id().value() + "/turn/" + act.path();
    }
  }

  /** Where a class stands in the list. */
  static String path(String agentClass) {
    return "/console/agents#agent-" + agentClass;
  }

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
