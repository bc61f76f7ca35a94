package dev.remit.postgres;

import dev.remit.core.evidence.SinkCursors;
import dev.remit.core.tenant.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@link SinkCursors} in PostgreSQL; the turn is a session lock, which ends with its connection.
 * For any number of threads.
 */
public final class PostgresSinkCursors implements SinkCursors, AutoCloseable {

  private static final String LOCK = "select pg_try_advisory_lock(1380273481, 3) as is_mine";
  private static final String UNLOCK = "select pg_advisory_unlock(1380273481, 3)";

  /** One statement for both cases, so that two who are there for the first time meet on the key. */
  private static final String ADVANCE =
      "insert into remit.sink_cursor as c (tenant, sink, next, moved_at)"
          + " select ?, ?, ?, ? where ? = 0 or exists ("
          + "select from remit.sink_cursor o where o.tenant = ? and o.sink = ?)"
          + " on conflict (tenant, sink) do update"
          + " set next = excluded.next, moved_at = excluded.moved_at where c.next = ?"
          + " returning next";

  private final Database database;
  private @Nullable Connection held; // guarded by this
  private boolean isClosed; // guarded by this

  public PostgresSinkCursors(Database database) {
    this.database = database;
  }

  @Override
  public List<Work> work(String sink, Set<TenantId> tenants) {
    return database.rows(
        "select * from remit.sink_work(?, ?)",
        params -> params.text(sink).texts(tenants.stream().map(TenantId::value).sorted().toList()),
        row ->
            new Work(
                new TenantId(row.text("tenant")),
                row.number("next"),
                row.number("size"),
                row.at("since")));
  }

  @Override
  public boolean advance(String sink, TenantId tenant, long from, long to, Instant at) {
    return !database
        .rowsOf(
            tenant,
            ADVANCE,
            params ->
                params
                    .text(tenant.value())
                    .text(sink)
                    .number(to)
                    .at(at)
                    .number(from)
                    .text(tenant.value())
                    .text(sink)
                    .number(from),
            row -> row.number("next"))
        .isEmpty();
  }

  @Override
  public synchronized boolean isOurTurn() {
    if (isClosed) {
      return false;
    }
    try {
      if (held != null && !held.isValid(2)) {
        drop();
      }
      if (held == null) {
        held = taken();
      }
      return held != null;
    } catch (SQLException e) {
      drop();
      throw Failures.of(e);
    }
  }

  private @Nullable Connection taken() throws SQLException {
    var connection = database.hold();
    boolean isMine = false;
    try {
      isMine =
          Database.rows(connection, LOCK, Params.Binding.NONE, row -> row.claim("is_mine"))
              .getFirst();
    } finally {
      if (!isMine) {
        connection.close();
      }
    }
    return isMine ? connection : null;
  }

  private void drop() {
    var connection = held;
    held = null;
    if (connection != null) {
      database.discard(connection);
    }
  }

  /** Gives the turn up, at once where the database is there. */
  @Override
  public synchronized void close() {
    isClosed = true;
    var connection = held;
    held = null;
    if (connection == null) {
      return;
    }
    try {
      Database.rows(connection, UNLOCK, Params.Binding.NONE, row -> true);
      connection.close();
    } catch (SQLException e) {
      // the lock ends with its session
      database.discard(connection);
    }
  }
}
