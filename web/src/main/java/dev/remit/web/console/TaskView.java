package dev.remit.web.console;

import dev.remit.core.call.Tool;
import dev.remit.core.target.TargetRef;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One task, and what its reader may do to it.
 *
 * @param tools what the reader may call in it; none unless it is a task of their own
 * @param below what was handed on from it, at whatever depth, parents first
 */
public record TaskView(
    Task task,
    String tenantName,
    Badge risk,
    List<Act> acts,
    boolean isOwn,
    List<Tool> tools,
    List<Below> below,
    Instant now) {

  public TaskView {
    acts = List.copyOf(acts);
    tools = List.copyOf(tools);
    below = List.copyOf(below);
  }

  /**
   * A task that was handed on.
   *
   * @param steps how far below the page's own task it is, from 1
   */
  public record Below(Task task, int steps, Badge risk, Instant now) {

    /** Where its page is. */
    public String path() {
      return TaskView.path(task.tenant(), task.id());
    }

    /** Where it stands. */
    public Badge state() {
      return TaskView.state(task, now);
    }
  }

  /** Where the page of the task is that this one was handed on from. */
  public Optional<String> parent() {
    return task.lineage().parent().map(parent -> path(task.tenant(), parent));
  }

  /** Who handed it on. */
  public String handedOnBy() {
    return task.lineage().links().getLast().agent().text();
  }

  /** Where a task's page is. */
  static String path(TenantId tenant, TaskId task) {
    return "/console/task/" + tenant.value() + "/" + task.value();
  }

  /** Where this page is. */
  public String path() {
    return path(task.tenant(), task.id());
  }

  /** Where its trail is. */
  public String trail() {
    return "/console/trail/" + task.tenant().value() + "/task/" + task.id().value();
  }

  /** Where it stands. */
  public Badge state() {
    return state(task, now);
  }

  private static Badge state(Task task, Instant now) {
    boolean isOver = task.state() == Task.State.OPEN && !task.isOpenAt(now);
    return Badge.of(isOver ? Task.State.EXPIRED : task.state());
  }

  /** Who works on it. */
  public String worker() {
    return task.instance()
        .filter(instance -> task.isOfPerson())
        .flatMap(instance -> instance.person())
        .map("person "::concat)
        .orElseGet(task.agent()::text);
  }

  /** Names of its targets. */
  public List<String> targets() {
    return task.targets().stream().map(TargetRef::text).sorted().toList();
  }
}
