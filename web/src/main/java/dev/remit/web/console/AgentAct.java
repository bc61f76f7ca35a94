package dev.remit.web.console;

import dev.remit.core.register.Agents;
import dev.remit.web.people.Rights.Verb;
import java.util.List;

/** What a person does to a class of agents in the register. */
public enum AgentAct {
  LAUNCH(
      "launch",
      "Ask that it works",
      "play",
      "Its owner and another person who oversees are asked. It works once both have signed what it"
          + " is now, and not before.",
      Verb.LAUNCH_AGENT),
  SUSPEND(
      "suspend",
      "Suspend",
      "pause",
      "It opens no task and does nothing more from now on. It comes back when people launch it"
          + " again. What it has sent already is not cut.",
      Verb.STOP_AGENT),
  RETIRE(
      "retire",
      "Retire for good",
      "stop",
      "It never works again, and nothing else can have its name. What it has sent already is not"
          + " cut.",
      Verb.STOP_AGENT);

  private final String path;
  private final String label;
  private final String icon;
  private final String meaning;
  private final Verb verb;

  AgentAct(String path, String label, String icon, String meaning, Verb verb) {
    this.path = path;
    this.label = label;
    this.icon = icon;
    this.meaning = meaning;
    this.verb = verb;
  }

  /** What can be done to this class as it stands. */
  static List<AgentAct> of(Agents.Shown shown) {
    return switch (shown.state()) {
      case PROPOSED -> shown.row().isPresent() ? List.of(LAUNCH, RETIRE) : List.of(LAUNCH);
      case ACTIVE -> List.of(SUSPEND, RETIRE);
      case SUSPENDED -> List.of(LAUNCH, RETIRE);
      case RETIRED -> List.of();
    };
  }

  /** Its name in addresses. */
  public String path() {
    return path;
  }

  /** What its button says. */
  public String label() {
    return label;
  }

  /** The name of its icon. */
  public String icon() {
    return icon;
  }

  /** What will be. */
  public String meaning() {
    return meaning;
  }

  /** What whoever does it must be allowed. */
  Verb verb() {
    return verb;
  }
}
