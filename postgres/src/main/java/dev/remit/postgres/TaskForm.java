package dev.remit.postgres;

import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.target.TargetRef;
import dev.remit.core.task.Ground;
import dev.remit.core.task.Lineage;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.Environment;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** How a task lies in a row: columns for what SQL asks about, the rest as one canonical text. */
final class TaskForm {

  private TaskForm() {}

  static Value.Obj detail(Task task) {
    var ground = task.ground();
    var detail =
        Value.object(
            "environment", task.environment().text(),
            "groundTenant", ground.tenant().value(),
            "requester", ground.requester(),
            "isOpenedByPerson", ground.isOpenedByPerson(),
            "isTicketOpen", ground.isOpen(),
            "subject", ground.subject(),
            "targets", targets(task.targets()),
            "tools", Value.texts(task.tools().stream().sorted().toList()),
            "promptDigest", task.prompt().digest(),
            "promptExcerpt", task.prompt().excerpt());
    return task.lineage().links().isEmpty()
        ? detail
        : detail.with("lineage", lineage(task.lineage()));
  }

  private static Value lineage(Lineage lineage) {
    return new Value.Array(
        lineage.links().stream()
            .map(link ->
                (Value)
                    Value.object(
                        "task", link.task().value(),
                        "agent", link.agent().text(),
                        "instance", link.instance().value(),
                        "taskClass", link.taskClass(),
                        "isBound", link.isBound()))
            .toList());
  }

  /** As it was when the task was opened; the column of names is what the database orders by. */
  private static Lineage lineage(Value.Obj detail) {
    return new Lineage(
        detail.items("lineage").stream()
            .map(item -> {
              if (item instanceof Value.Obj link) {
                return new Lineage.Link(
                    new TaskId(text(link, "task")),
                    AgentId.parse(text(link, "agent")),
                    new InstanceId(text(link, "instance")),
                    text(link, "taskClass"),
                    claim(link, "isBound"));
              }
              throw unreadable();
            })
            .toList());
  }

  private static Value targets(Set<TargetRef> targets) {
    return new Value.Array(
        targets.stream()
            .sorted(Comparator.comparing(TargetRef::text))
            .map(ref -> Value.texts(List.of(ref.connector().value(), ref.kind(), ref.id())))
            .toList());
  }

  static Task read(Row row) throws SQLException {
    var detail = row.json("detail");
    return new Task(
        new TaskId(row.text("id")),
        new TenantId(row.text("tenant")),
        Environment.parse(text(detail, "environment")),
        AgentId.parse(row.text("agent")),
        row.optionalText("instance").map(InstanceId::new),
        row.text("task_class"),
        ground(row, detail),
        detail.items("targets").stream().map(TaskForm::target).collect(Collectors.toSet()),
        detail.items("tools").stream().map(TaskForm::text).collect(Collectors.toSet()),
        (int) row.number("call_limit"),
        row.at("opened_at"),
        row.at("deadline"),
        Task.State.valueOf(row.text("state").toUpperCase(Locale.ROOT)),
        new Task.Prompt(text(detail, "promptDigest"), text(detail, "promptExcerpt")),
        row.claim("read_untrusted"),
        lineage(detail));
  }

  private static Ground ground(Row row, Value.Obj detail) throws SQLException {
    return new Ground(
        new ConnectorId(row.text("connector")),
        row.text("ticket"),
        new TenantId(text(detail, "groundTenant")),
        text(detail, "requester"),
        claim(detail, "isOpenedByPerson"),
        claim(detail, "isTicketOpen"),
        text(detail, "subject"));
  }

  private static TargetRef target(Value value) {
    if (value instanceof Value.Array(var parts) && parts.size() == 3) {
      return new TargetRef(
          new ConnectorId(text(parts.get(0))), text(parts.get(1)), text(parts.get(2)));
    }
    throw unreadable();
  }

  static String text(Value.Obj detail, String name) {
    return detail.text(name).orElseThrow(TaskForm::unreadable);
  }

  static String text(Value value) {
    if (value instanceof Value.Text(String text)) {
      return text;
    }
    throw unreadable();
  }

  private static boolean claim(Value.Obj detail, String name) {
    return detail.get(name).orElseThrow(TaskForm::unreadable) instanceof Value.Bool(boolean b) && b;
  }

  private static IllegalStateException unreadable() {
    return new IllegalStateException("a stored row cannot be read");
  }
}
