package dev.remit.web.console;

import dev.remit.core.call.Tool;
import dev.remit.core.target.TargetRef;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.TenantId;
import java.time.Instant;
import java.util.List;

/**
 * One task, and what its reader may do to it.
 *
 * @param tools what the reader may call in it; none unless it is a task of their own
 */
public record TaskView(
    Task task,
    String tenantName,
    Badge risk,
    List<Act> acts,
    boolean isOwn,
    List<Tool> tools,
    Instant now) {

  public TaskView {
    acts = List.copyOf(acts);
    tools = List.copyOf(tools);
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
