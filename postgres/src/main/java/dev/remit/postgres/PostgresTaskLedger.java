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
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * {@link TaskLedger} in PostgreSQL. A refused opening answers {@code KILLED}, {@code
 * POLICY_UNAVAILABLE} (another version is active, or none) or {@code NO_GROUND} (the ticket is
 * taken by an open task of the class); one below another task {@code NO_TASK} (a task above is
 * over), {@code OUTSIDE_TASK} (it is wider than its parent) or {@code LIMIT_EXCEEDED} (too many
 * live below one root).
 */
public final class PostgresTaskLedger implements TaskLedger {

  /** How many tasks may live below one root at once. */
  private static final int AT_ONCE = 16;

  private static final String MOVE =
      "select remit.move_task(?, ?, ?, ?, ?, ?::json, " + places(10) + ") as answer";
  private static final String OPEN = "select remit.open_task(" + places(21) + ") as refusal";
  private static final String OPEN_CHILD = "select remit.open_child(" + places(23) + ") as refusal";

  private final Database database;

  public PostgresTaskLedger(Database database) {
    this.database = database;
  }

  @Override
  public Optional<ReasonCode> open(
      Task task, VersionId version, List<String> killScopes, Entry entry) {
    boolean isHandedOn = task.lineage().depth() > 0;
    return database.row(
        isHandedOn ? OPEN_CHILD : OPEN,
        params -> {
          if (isHandedOn) {
            params
                .texts(task.lineage().tasks().stream().map(TaskId::value).toList())
                .number(AT_ONCE);
          }
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
              .entry(entry);
        },
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
  public Moved move(
      TenantId tenant,
      TaskId task,
      Set<Task.State> from,
      Task.State to,
      Instant at,
      Entry entry,
      List<Below> below) {
    return database.row(
        MOVE,
        params ->
            params
                .texts(from.stream().map(PostgresTaskLedger::text).sorted().toList())
                .text(text(to))
                .at(at)
                .texts(below.stream().map(one -> one.task().value()).toList())
                .texts(below.stream().map(one -> text(one.state())).toList())
                .text(CanonicalJson.text(entries(below)))
                .text(tenant.value())
                .text(task.value())
                .entry(entry),
        row -> moved(row.text("answer")));
  }

  private static Value entries(List<Below> below) {
    return new Value.Array(below.stream().map(one -> OversightForm.entry(one.entry())).toList());
  }

  private static Moved moved(String answer) {
    return switch (answer) {
      case "moved" -> Moved.MOVED;
      case "elsewhere" -> Moved.ELSEWHERE;
      case "below" -> Moved.OTHERS_BELOW;
      default -> throw new IllegalStateException("the ledger gave an answer without meaning");
    };
  }

  private static String places(int many) {
    return String.join(", ", Collections.nCopies(many, "?"));
  }

  private static String text(Task.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
