package dev.remit.web.console;

import dev.remit.core.call.Tool;
import dev.remit.core.task.Task;
import java.util.Optional;

/**
 * A call that a person is about to make.
 *
 * @param again where to sign in again first, for what cannot be taken back
 */
public record CallFormView(
    Task task, String tenantName, Tool tool, CallForm form, Optional<String> again) {

  /** Where the task's page is. */
  public String back() {
    return TaskView.path(task.tenant(), task.id());
  }

  /** Where the form goes. */
  public String path() {
    return back() + "/call/" + tool.name();
  }

  /** What the tool does at most. */
  public Badge effect() {
    return Badge.risk(tool.effect().text());
  }
}
