package dev.remit.postgres;

import dev.remit.core.approval.Proposal;
import dev.remit.core.evidence.Entry;
import dev.remit.core.kill.KillScope;
import dev.remit.core.kill.Kills;
import dev.remit.core.task.Task;
import java.time.Instant;
import java.util.List;

/**
 * {@link Kills} in PostgreSQL, under the exclusive side of the epoch lock: the order waits for the
 * admissions that are committing, and every later one sees it.
 */
public final class PostgresKills implements Kills {

  private final Database database;

  public PostgresKills(Database database) {
    this.database = database;
  }

  @Override
  public List<Task> order(KillScope scope, String by, String reason, Instant at, Entry entry) {
    return database.rows(
        "select * from remit.order_kill(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        params ->
            params
                .text(scope.text())
                .text(by)
                .text(reason)
                .at(at)
                .text(entry.tenant().value())
                .entry(entry),
        TaskForm::read);
  }

  @Override
  public boolean lift(
      KillScope scope, Proposal proposal, Instant at, Entry resolution, Entry entry) {
    return database.row(
        "select remit.lift_kill("
            + "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as is_lifted",
        params ->
            params
                .text(scope.text())
                .at(at)
                .at(proposal.askedAt())
                .text(proposal.tenant().value())
                .text(proposal.id().value())
                .entry(resolution)
                .entry(entry),
        row -> row.claim("is_lifted"));
  }

  @Override
  public List<Active> active() {
    return database.rows(
        "select scope, ordered_by, reason, ordered_at from remit.kill where lifted_at is null"
            + " order by id",
        Params.Binding.NONE,
        row ->
            new Active(
                new KillScope(row.text("scope")),
                row.text("ordered_by"),
                row.text("reason"),
                row.at("ordered_at")));
  }
}
