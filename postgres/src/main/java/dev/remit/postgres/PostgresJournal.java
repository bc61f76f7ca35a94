package dev.remit.postgres;

import dev.remit.core.evidence.Bodies;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Journal;
import dev.remit.core.tenant.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** {@link Journal} in PostgreSQL. */
public final class PostgresJournal implements Journal {

  private static final String INTEGRATED =
      "select l.index, e.leaf, e.salt, e.body from remit.leaf l"
          + " join remit.entry e on e.tenant = l.tenant and e.id = l.entry"
          + " where l.tenant = ? and l.index >= ?";

  private static final String WAITING =
      "select null::bigint as index, e.leaf, e.salt, e.body from remit.entry e"
          + " left join remit.log_head h on h.tenant = e.tenant"
          + " where e.tenant = ?"
          + " and (e.xid, e.seq) > (coalesce(h.xid, '0'::xid8), coalesce(h.seq, 0))";

  /** Each row names its tenant to row security, and is checked against it before the next one. */
  private static final String APPEND =
      "insert into remit.entry (tenant, id, kind, call, task, at, leaf, body, salt) select"
          + " set_config('remit.tenant', r.tenant, true), r.id, r.kind, r.call, r.task, r.at,"
          + " r.leaf, r.body, r.salt from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?) as r (tenant, id, kind,"
          + " call, task, at, leaf, body, salt)";

  private static final int STATEMENTS_AT_ONCE = 2;
  private static final int MOST_TOGETHER = 256;

  private final Database database;
  private final Together<Written, Boolean> appending;

  public PostgresJournal(Database database) {
    this.database = database;
    this.appending =
        new Together<>(STATEMENTS_AT_ONCE, MOST_TOGETHER, System::nanoTime, this::write);
  }

  @Override
  public Bodies bodies() {
    return new PostgresBodies(database);
  }

  /** Durable when it returns: with others that came at the same moment, in one commit. */
  @Override
  public void append(Entry entry) {
    appending.ask(Written.of(entry));
  }

  /** Appends unless an entry of this name is there: one that was entered and not known to be. */
  public void appendOnce(Entry entry) {
    write(
        APPEND + " on conflict on constraint entry_id_is_unique_in_tenant do nothing",
        List.of(Written.of(entry)));
  }

  private List<Boolean> write(List<Written> all) {
    return write(APPEND, all);
  }

  private List<Boolean> write(String sql, List<Written> all) {
    database.rows(
        sql,
        params ->
            new Columns<>(params, all)
                .texts(one -> one.entry().tenant().value())
                .texts(Written::id)
                .texts(one -> one.entry().kind().text())
                .texts(one -> one.entry().call().orElse(null))
                .texts(Written::task)
                .instants(one -> one.entry().at())
                .texts(Written::leaf)
                .texts(Written::body)
                .texts(Written::salt),
        row -> true);
    return Collections.nCopies(all.size(), true);
  }

  /** Both parts are read on one snapshot, so that an entry on its way into the log shows once. */
  @Override
  public List<Stored> read(Query query) {
    return database.transaction(connection -> {
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      Database.rows(
          connection,
          "select set_config('remit.tenant', ?, true)",
          params -> params.text(query.tenant().value()),
          row -> true);
      var stored = new ArrayList<>(integrated(connection, query));
      stored.addAll(waiting(connection, query, query.limit() - stored.size()));
      return List.copyOf(stored);
    });
  }

  @Override
  public Found search(Search search) {
    return database.transaction(connection -> TrailSearch.run(connection, search));
  }

  private static List<Stored> integrated(Connection connection, Query query) throws SQLException {
    return Database.rows(
        connection,
        INTEGRATED + filter(query) + " order by l.index limit ?",
        params -> {
          params.text(query.tenant().value()).number(query.fromIndex());
          bindFilter(params, query).number(query.limit());
        },
        PostgresJournal::stored);
  }

  private static List<Stored> waiting(Connection connection, Query query, int limit)
      throws SQLException {
    return Database.rows(
        connection,
        WAITING + filter(query) + " order by e.xid, e.seq limit ?",
        params -> bindFilter(params.text(query.tenant().value()), query).number(limit),
        PostgresJournal::stored);
  }

  /** A text for each set of conditions: with those that are not asked the plan would be worse. */
  private static String filter(Query query) {
    return (query.call().isPresent() ? " and e.call = ?" : "")
        + (query.task().isPresent() ? " and e.task = ?" : "")
        + (query.since().isPresent() ? " and e.at >= ?" : "");
  }

  private static Params bindFilter(Params params, Query query) throws SQLException {
    if (query.call().isPresent()) {
      params.text(query.call());
    }
    if (query.task().isPresent()) {
      params.text(query.task());
    }
    return query.since().isPresent() ? params.at(query.since()) : params;
  }

  static Stored stored(Row row) throws SQLException {
    return new Stored(
        row.optionalNumber("index"), row.text("leaf"), row.text("salt"), row.json("body"));
  }

  @Override
  public Optional<Instant> unwitnessedSince(TenantId tenant) {
    return Database.first(
            database.rowsOf(
                tenant,
                "select max(size) as size from remit.cosignature where tenant = ?"
                    + " having max(size) is not null",
                params -> params.text(tenant.value()),
                row -> row.number("size")))
        .map(witnessed -> firstAfter(tenant, witnessed))
        .orElse(Optional.of(Instant.EPOCH));
  }

  private Optional<Instant> firstAfter(TenantId tenant, long size) {
    return Database.first(
        database.rowsOf(
            tenant,
            "select at from remit.checkpoint where tenant = ? and size > ? order by size limit 1",
            params -> params.text(tenant.value()).number(size),
            row -> row.at("at")));
  }

  @Override
  public Optional<String> checkpoint(TenantId tenant) {
    return Database.first(
        database.rowsOf(
            tenant,
            "select note from remit.checkpoint where tenant = ? order by size desc limit 1",
            params -> params.text(tenant.value()),
            row -> row.text("note")));
  }
}
