package dev.remit.postgres;

import dev.remit.core.evidence.Journal.Field;
import dev.remit.core.evidence.Journal.Found;
import dev.remit.core.evidence.Journal.Search;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Finds entries by what their leaves say, a bounded stretch of the log at a time: no index stands
 * in the way of an effect, and no request takes longer for a longer log.
 */
final class TrailSearch {

  /** How many entries one request looks at. */
  static final int STRETCH = 20_000;

  private TrailSearch() {}

  static Found run(Connection connection, Search search) throws SQLException {
    Database.rows(
        connection,
        "select set_config('remit.tenant', ?, true)",
        params -> params.text(search.tenant().value()),
        row -> true);
    var conditions = new StringBuilder();
    var fields = List.copyOf(search.wanted().keySet());
    fields.forEach(field -> conditions.append(" and ").append(condition(field)));
    search.since().ifPresent(ignored -> conditions.append(" and e.at >= ?"));
    search.until().ifPresent(ignored -> conditions.append(" and e.at < ?"));
    long past = search.fromIndex() + STRETCH;
    var entries =
        Database.rows(
            connection,
            "select l.index, e.leaf, e.salt, e.body from remit.leaf l"
                + " join remit.entry e on e.tenant = l.tenant and e.id = l.entry"
                + " where l.tenant = ? and l.index >= ? and l.index < ?"
                + conditions
                + " order by l.index limit ?",
            params -> {
              params.text(search.tenant().value()).number(search.fromIndex()).number(past);
              for (var field : fields) {
                bind(params, field, search.wanted().getOrDefault(field, ""));
              }
              if (search.since().isPresent()) {
                params.at(search.since());
              }
              if (search.until().isPresent()) {
                params.at(search.until());
              }
              params.number(search.limit());
            },
            PostgresJournal::stored);
    long from =
        entries.size() == search.limit() ? entries.getLast().index().orElse(past - 1) + 1 : past;
    return new Found(entries, next(connection, search, from));
  }

  private static Optional<Long> next(Connection connection, Search search, long from)
      throws SQLException {
    long size =
        Database.first(
                Database.rows(
                    connection,
                    "select size from remit.log_head where tenant = ?",
                    params -> params.text(search.tenant().value()),
                    row -> row.number("size")))
            .orElse(0L);
    return from < size ? Optional.of(from) : Optional.empty();
  }

  private static String condition(Field field) {
    return switch (field) {
      case KIND -> "e.kind = ?";
      case CALL -> "e.call = ?";
      case TASK -> "e.task = ?";
      case PERSON ->
          "(e.leaf::jsonb -> 'fields' ->> 'person' = ? or e.leaf::jsonb -> 'fields' ->> 'by' = ?)";
      case TARGET ->
          "exists (select from jsonb_array_elements(case jsonb_typeof(e.leaf::jsonb -> 'fields' ->"
              + " 'targets') when 'array' then e.leaf::jsonb -> 'fields' -> 'targets' else"
              + " '[]'::jsonb end) as t (one) where t.one = to_jsonb(?::text) or t.one ->> 'ref' ="
              + " ?)";
      case AGENT, INSTANCE, TOOL, DECISION ->
          "e.leaf::jsonb -> 'fields' ->> '" + field.text() + "' = ?";
    };
  }

  private static void bind(Params params, Field field, String text) throws SQLException {
    params.text(text);
    if (field == Field.PERSON || field == Field.TARGET) {
      params.text(text);
    }
  }
}
