package dev.remit.postgres;

import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Gives a statement one array for each column of several rows. */
final class Columns<T> {

  private final Params params;
  private final List<T> rows;

  Columns(Params params, List<T> rows) {
    this.params = params;
    this.rows = rows;
  }

  Columns<T> texts(Function<T, @Nullable String> column) throws SQLException {
    return array("text", new String[rows.size()], column);
  }

  /** Cut to the microsecond as {@link Params#at} does. */
  Columns<T> instants(Function<T, @Nullable Instant> column) throws SQLException {
    return array(
        "timestamptz",
        new Object[rows.size()],
        row -> {
          var instant = column.apply(row);
          return instant == null
              ? null
              : instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC).toString();
        });
  }

  Columns<T> numbers(Function<T, Integer> column) throws SQLException {
    return array("int4", new Integer[rows.size()], column);
  }

  Columns<T> claims(Function<T, Boolean> column) throws SQLException {
    return array("bool", new Boolean[rows.size()], column);
  }

  /** Each row's list as the text form of an array, since arrays of arrays must be square. */
  Columns<T> lists(Function<T, List<String>> column) throws SQLException {
    return texts(row -> literal(column.apply(row)));
  }

  private Columns<T> array(
      String type, @Nullable Object[] items, Function<T, ? extends @Nullable Object> column)
      throws SQLException {
    for (int i = 0; i < items.length; i++) {
      items[i] = column.apply(rows.get(i));
    }
    params.array(type, items);
    return this;
  }

  /** PostgreSQL manual, "Array Input and Output Syntax": quoted, with backslashes before both. */
  static String literal(List<String> texts) {
    var out = new StringBuilder("{");
    for (String text : texts) {
      out.append(out.length() > 1 ? ",\"" : "\"");
      out.append(text.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
    }
    return out.append('}').toString();
  }
}
