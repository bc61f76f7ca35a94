package dev.remit.web.console;

import dev.remit.core.flow.Oversight;
import dev.remit.core.task.Task;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.tenant.TenantId;
import dev.remit.web.people.Rights;
import dev.remit.web.people.Rights.Verb;
import java.time.Instant;

/** Reads tasks. */
final class TaskReading {

  /** So many that a page stays below 150 kB. */
  private static final int ON_PAGE = 40;

  private final Oversight oversight;

  TaskReading(Oversight oversight) {
    this.oversight = oversight;
  }

  TasksView tasks(Sight sight, Tenant tenant, Instant now) {
    oversight.read(tenant.id(), sight.person().id().text(), Oversight.What.TASKS, "");
    var rows =
        oversight.tasks(tenant.id(), ON_PAGE).stream().map(task -> row(sight, task)).toList();
    var rights = new Rights(sight.release().people());
    boolean mayOperate = rights.may(sight.person(), Verb.OPERATE, TenantId.OPERATOR);
    boolean mayWork = rights.may(sight.person(), Verb.WORK, tenant.id());
    return new TasksView(
        sight.tenancy(tenant, Verb.READ_TASKS, "/console/tasks"), rows, mayOperate, mayWork, now);
  }

  private static TasksView.Row row(Sight sight, Task task) {
    var taskClass = sight.release().taskClasses().get(task.taskClass());
    var risk = taskClass == null ? "unknown class" : taskClass.risk().text();
    return new TasksView.Row(task, Badge.risk(risk), TaskView.path(task.tenant(), task.id()));
  }
}
