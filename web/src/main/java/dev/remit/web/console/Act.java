package dev.remit.web.console;

import dev.remit.core.task.Task;
import java.time.Instant;
import java.util.List;

/** What a person does to a task. */
public enum Act {
  HOLD(
      "hold",
      "Hold",
      "pause",
      "It admits nothing more until somebody lets it go on, and what of it runs is cut."),
  RESUME(
      "resume", "Let it go on", "play", "It may do what it might do before, until its deadline."),
  TAKE_OVER(
      "take-over",
      "Take over",
      "person",
      "It ends for good, with all credentials it holds. Where the workspace lets you work on its"
          + " class, a task of your own goes on with the same ticket and targets."),
  DONE("done", "Close as done", "check", "It ends, with all credentials it holds."),
  FAILED("failed", "Close as failed", "cross", "It ends, with all credentials it holds.");

  private final String path;
  private final String label;
  private final String icon;
  private final String meaning;

  Act(String path, String label, String icon, String meaning) {
    this.path = path;
    this.label = label;
    this.icon = icon;
    this.meaning = meaning;
  }

  /** What can be done to this task as it stands. */
  static List<Act> of(Task task, Instant now) {
    return switch (task.state()) {
      case OPEN ->
          task.isOpenAt(now) ? List.of(HOLD, TAKE_OVER, DONE, FAILED) : List.of(DONE, FAILED);
      case HELD -> List.of(RESUME, TAKE_OVER, DONE, FAILED);
      case DONE, FAILED, EXPIRED, KILLED, TAKEN_OVER -> List.of();
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
}
