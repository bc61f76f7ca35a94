package dev.remit.postgres;

import dev.remit.core.approval.Proposal;
import dev.remit.core.evidence.Entry;
import dev.remit.core.kill.KillOrder;
import dev.remit.core.kill.KillScope;
import dev.remit.core.kill.Kills;
import dev.remit.core.task.Task;
import dev.remit.core.value.CanonicalJson;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

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
  public List<Task> order(KillOrder order) {
    return database.rows(
        "select * from remit.order_stop(" + marks(19) + ")",
        params -> {
          params
              .text(order.mode().text())
              .text(order.scope().text())
              .text(order.by())
              .text(order.reason())
              .at(order.at())
              .text(order.entry().tenant().value())
              .entry(order.entry());
          bindTold(params, order.told());
        },
        TaskForm::read);
  }

  private static String marks(int count) {
    return String.join(", ", Collections.nCopies(count, "?"));
  }

  private static void bindTold(Params params, List<Entry> told) throws SQLException {
    new Columns<>(params, told)
        .texts(entry -> entry.tenant().value())
        .texts(Entry::id)
        .texts(Entry::leaf)
        .texts(entry -> CanonicalJson.text(entry.body()))
        .texts(Entry::salt);
  }

  @Override
  public boolean lift(
      KillScope scope,
      Proposal proposal,
      Instant at,
      Entry resolution,
      Entry entry,
      List<Entry> told) {
    return database.row(
        "select remit.lift_stop(" + marks(26) + ") as is_lifted",
        params -> {
          params
              .text(scope.text())
              .at(at)
              .at(proposal.askedAt())
              .text(proposal.tenant().value())
              .text(proposal.id().value())
              .entry(resolution)
              .entry(entry);
          bindTold(params, told);
        },
        row -> row.claim("is_lifted"));
  }

  @Override
  public List<Active> active() {
    return database.rows(
        "select scope, mode, ordered_by, reason, ordered_at from remit.kill where lifted_at is null"
            + " and scope not like 'token:%'"
            + " order by id",
        Params.Binding.NONE,
        row ->
            new Active(
                new KillScope(row.text("scope")),
                KillOrder.Mode.valueOf(row.text("mode").toUpperCase(Locale.ROOT)),
                row.text("ordered_by"),
                row.text("reason"),
                row.at("ordered_at")));
  }
}
