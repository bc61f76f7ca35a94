package dev.remit.web.console;

import dev.remit.core.task.Task;
import java.util.Optional;

/**
 * What will be done to a task, and the question why.
 *
 * @param problem why it was not done
 */
public record TurnView(Task task, String tenantName, Act act, Optional<String> problem) {

  /** Where the task's page is. */
  public String back() {
    return TaskView.path(task.tenant(), task.id());
  }

  /** Where the form goes. */
  public String path() {
    return back() + "/turn/" + act.path();
  }
}
