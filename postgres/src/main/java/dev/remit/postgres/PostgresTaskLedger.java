package dev.remit.postgres;

import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.TaskLedger;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.release.VersionId;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.CanonicalJson;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@link TaskLedger} in PostgreSQL. A refused opening answers {@code KILLED}, {@code
 * POLICY_UNAVAILABLE} (another version is active, or none) or {@code NO_GROUND} (the ticket is
 * taken by an open task of the class).
 */
public final class PostgresTaskLedger implements TaskLedger {

  private final Database database;

  public PostgresTaskLedger(Database database) {
    this.database = database;
  }

  @Override
  public Optional<ReasonCode> open(
      Task task, VersionId version, List<String> killScopes, Entry entry) {
    return database.row(
        "select remit.open_task(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            + " as refusal",
        params ->
            params
                .text(task.tenant().value())
                .text(task.id().value())
                .text(task.agent().text())
                .text(task.instance().map(InstanceId::value))
                .text(task.taskClass())
                .text(task.ground().connector().value())
                .text(task.ground().ticket())
                .number(task.callLimit())
                .at(task.openedAt())
                .at(task.deadline())
                .texts(killScopes)
                .text(CanonicalJson.text(TaskForm.detail(task)))
                .text(version.value())
                .entry(entry),
        row -> row.optionalText("refusal").map(ReasonCode::valueOf));
  }

  @Override
  public boolean accept(TenantId tenant, TaskId task, InstanceId instance) {
    return database.row(
        "select remit.accept_task(?, ?, ?) as is_accepted",
        params -> params.text(tenant.value()).text(task.value()).text(instance.value()),
        row -> row.claim("is_accepted"));
  }

  @Override
  public boolean turn(TenantId tenant, TaskId task, Task.State from, Task.State to, Entry entry) {
    if (!from.isLive() || !to.isLive()) {
      throw new IllegalStateException("a task is turned between open and held");
    }
    return database.row(
        "select remit.turn_task(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as is_turned",
        params ->
            params
                .text(tenant.value())
                .text(task.value())
                .text(from.name().toLowerCase(Locale.ROOT))
                .text(to.name().toLowerCase(Locale.ROOT))
                .entry(entry),
        row -> row.claim("is_turned"));
  }

  @Override
  public boolean close(TenantId tenant, TaskId task, Task.State state, Instant at, Entry entry) {
    if (state == Task.State.OPEN || state == Task.State.HELD) {
      throw new IllegalStateException("a task does not end as open or held");
    }
    return database.row(
        "select remit.close_task(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as is_closed",
        params ->
            params
                .text(tenant.value())
                .text(task.value())
                .text(state.name().toLowerCase(Locale.ROOT))
                .at(at)
                .entry(entry),
        row -> row.claim("is_closed"));
  }
}
