package dev.remit.web.console;

import dev.remit.core.target.TargetRef;
import dev.remit.core.task.Task;
import java.time.Instant;
import java.util.List;

/**
 * Tasks of one tenant, newest first.
 *
 * @param mayOperate whether the reader finds out about calls of which nobody knows
 * @param mayWork whether the reader opens tasks of their own here
 */
public record TasksView(
    Tenancy tenancy, List<Row> rows, boolean mayOperate, boolean mayWork, Instant now) {

  public TasksView {
    rows = List.copyOf(rows);
  }

  /** Where the reader opens a task. */
  public String openPath() {
    return OpenTaskView.path(tenancy.chosen().id());
  }

  /** How many are open. */
  public long open() {
    return rows.stream().filter(row -> row.task().isOpenAt(now)).count();
  }

  /** One task. */
  public record Row(Task task, Badge risk, String path) {

    /** Its state as of a moment: one past its deadline is over. */
    public Badge state(Instant now) {
      boolean isOver = task.state() == Task.State.OPEN && !task.isOpenAt(now);
      return Badge.of(isOver ? Task.State.EXPIRED : task.state());
    }

    /** What it may touch. */
    public String targets() {
      return task.targets().isEmpty()
          ? "none named"
          : String.join(", ", task.targets().stream().map(TargetRef::text).sorted().toList());
    }
  }
}
