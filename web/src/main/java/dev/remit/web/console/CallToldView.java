package dev.remit.web.console;

import dev.remit.core.task.Task;

/** What became of a person's call, beside its task. */
public record CallToldView(Task task, String title, CallTold told) {

  /** Where the task's page is. */
  public String back() {
    return TaskView.path(task.tenant(), task.id());
  }
}
