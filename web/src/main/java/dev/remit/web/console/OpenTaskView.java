package dev.remit.web.console;

import dev.remit.core.task.TaskClass;
import dev.remit.core.tenant.TenantId;
import java.util.List;
import java.util.Optional;

/**
 * A task that a person is about to open at one tenant.
 *
 * @param classes task classes that the reader may work on
 * @param ticket what was written, like the following
 * @param targets one a line
 * @param problem why it was not opened
 */
public record OpenTaskView(
    TenantId tenant,
    String tenantName,
    List<TaskClass> classes,
    String taskClass,
    String ticket,
    String targets,
    Optional<String> problem) {

  public OpenTaskView {
    classes = List.copyOf(classes);
  }

  /** Where the tenant's tasks are. */
  public String back() {
    return Place.TASKS.path() + "/" + tenant.value();
  }

  /** Where the form is, and where it goes. */
  public String path() {
    return path(tenant);
  }

  static String path(TenantId tenant) {
    return "/console/open/" + tenant.value();
  }
}
