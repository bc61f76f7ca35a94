package dev.remit.bench.log;

import dev.remit.bench.BenchException;
import dev.remit.core.evidence.Entry;
import dev.remit.core.value.CanonicalJson;
import dev.remit.postgres.Together;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The floor: the same columns of the same entries into a table with a primary key and nothing else,
 * gathered into statements as the journal gathers them. No row security, no log.
 */
final class PlainInsert implements AutoCloseable {

  private static final String INSERT =
      "insert into public.plain (tenant, id, kind, call, task, at, leaf, body, salt)"
          + " select * from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[],"
          + " ?::timestamptz[], ?::text[], ?::text[], ?::text[])";

  private static final int STATEMENTS_AT_ONCE = 2;
  private static final int MOST_TOGETHER = 256;

  private final BlockingQueue<Connection> connections =
      new ArrayBlockingQueue<>(STATEMENTS_AT_ONCE);
  private final Together<Row, Boolean> together =
      new Together<>(STATEMENTS_AT_ONCE, MOST_TOGETHER, System::nanoTime, this::write);

  private record Row(Entry entry, String leaf, String body) {}

  PlainInsert(LogEstate estate) throws SQLException {
    estate.run(
        "drop table if exists public.plain",
        "create table public.plain (tenant text not null, id text not null, kind text not null,"
            + " call text, task text, at timestamptz not null, leaf text not null,"
            + " body text not null, salt text not null, primary key (tenant, id))");
    for (int i = 0; i < STATEMENTS_AT_ONCE; i++) {
      connections.add(estate.administration());
    }
  }

  void append(Entry entry) {
    together.ask(new Row(entry, entry.leaf(), CanonicalJson.text(entry.body())));
  }

  private List<Boolean> write(List<Row> rows) {
    try {
      var connection = connections.take();
      try (var statement = connection.prepareStatement(INSERT)) {
        bind(connection, statement, rows);
        statement.executeUpdate();
      } finally {
        connections.add(connection);
      }
    } catch (SQLException e) {
      throw BenchException.broken("the plain insert failed: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw BenchException.broken("interrupted");
    }
    return Collections.nCopies(rows.size(), true);
  }

  private static void bind(Connection connection, PreparedStatement statement, List<Row> rows)
      throws SQLException {
    var columns = new ArrayList<Function<Row, @Nullable String>>();
    columns.add(row -> row.entry().tenant().value());
    columns.add(row -> row.entry().id());
    columns.add(row -> row.entry().kind().text());
    columns.add(row -> row.entry().call().orElse(null));
    columns.add(row -> row.entry().task().orElse(null));
    columns.add(row -> row.entry().at().toString());
    columns.add(Row::leaf);
    columns.add(Row::body);
    columns.add(row -> row.entry().salt());
    for (int i = 0; i < columns.size(); i++) {
      @Nullable String[] items = new @Nullable String[rows.size()];
      for (int at = 0; at < items.length; at++) {
        items[at] = columns.get(i).apply(rows.get(at));
      }
      statement.setArray(i + 1, connection.createArrayOf("text", items));
    }
  }

  @Override
  public void close() {
    for (var connection : connections) {
      try {
        connection.close();
      } catch (SQLException e) {
        // it goes with its process
      }
    }
  }
}
