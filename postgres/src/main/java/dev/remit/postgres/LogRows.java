package dev.remit.postgres;

import dev.remit.core.tenant.TenantId;
import dev.remit.log.Frontier;
import dev.remit.log.Hash;
import dev.remit.log.InvalidLogDataException;
import dev.remit.log.TreeHead;
import dev.remit.postgres.TenantLog.Grown;
import dev.remit.postgres.TenantLog.Leaf;
import dev.remit.postgres.TenantLog.Position;
import dev.remit.postgres.TenantLog.Root;
import dev.remit.postgres.TenantLog.Stored;
import dev.remit.postgres.TenantLog.StoredHead;
import dev.remit.postgres.TenantLog.Waiting;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The rows of several tenants' logs, read and written in one statement each.
 *
 * <p>Each row that is written names its tenant to row security first: the row is made, which sets
 * the name, and is then checked against it, before the next row is made.
 */
final class LogRows {

  /** Names the tenant of a row and is that tenant. */
  private static final String TENANT = "set_config('remit.tenant', r.tenant, true)";

  private LogRows() {}

  /** A row that belongs to a tenant. */
  private record Of<T>(TenantId tenant, T row) {}

  /** Logs that have entries waiting. */
  static List<Stored> stored(Connection connection) throws SQLException {
    return Database.rows(
        connection, "select * from remit.logs_to_integrate()", Params.Binding.NONE, LogRows::log);
  }

  private static Stored log(Row row) throws SQLException {
    boolean isThere = row.optionalNumber("size").isPresent();
    var head = isThere ? head(row) : Optional.<StoredHead>empty();
    return new Stored(
        new TenantId(row.text("tenant")),
        head,
        isThere == head.isPresent(),
        row.optionalText("note"),
        row.optionalAt("signed_at"));
  }

  private static Optional<StoredHead> head(Row row) throws SQLException {
    try {
      return Optional.of(
          new StoredHead(
              new TreeHead(row.number("size"), Hash.of(row.bytes("root"))),
              Frontier.fromBytes(row.bytes("frontier")),
              new Position(row.text("xid"), row.number("seq"))));
    } catch (InvalidLogDataException e) {
      return Optional.empty();
    }
  }

  /** The next leaves of these logs, each tenant's in order. */
  static List<Waiting> waiting(Connection connection, List<TenantLog> logs, long mostOfEach)
      throws SQLException {
    return Database.rows(
        connection,
        "select * from remit.leaves_to_integrate(?, ?, ?, ?)",
        params ->
            params
                .texts(logs.stream().map(log -> log.tenant().value()).toList())
                .texts(logs.stream().map(log -> log.last().xid()).toList())
                .array("int8", logs.stream().map(log -> log.last().seq()).toArray(Long[]::new))
                .array(
                    "int8",
                    logs.stream()
                        .map(log -> Math.max(mostOfEach, log.owed()))
                        .toArray(Long[]::new)),
        row ->
            new Waiting(
                new TenantId(row.text("tenant")),
                row.text("id"),
                Hash.of(row.bytes("hash")),
                new Position(row.text("xid"), row.number("seq"))));
  }

  /** Leaves, roots of tiles, heads and checkpoints. */
  static void write(Connection connection, List<Grown> logs) throws SQLException {
    leaves(connection, of(logs, TenantLog::leaves));
    var roots = of(logs, TenantLog::roots);
    if (!roots.isEmpty()) {
      roots(connection, roots);
    }
    heads(connection, logs.stream().map(Grown::log).toList());
    checkpoints(connection, logs);
  }

  private static <T> List<Of<T>> of(List<Grown> logs, Function<TenantLog, List<T>> rows) {
    var all = new ArrayList<Of<T>>();
    for (var grown : logs) {
      rows.apply(grown.log()).forEach(row -> all.add(new Of<>(grown.log().tenant(), row)));
    }
    return all;
  }

  private static void leaves(Connection connection, List<Of<Leaf>> leaves) throws SQLException {
    Database.rows(
        connection,
        "insert into remit.leaf (tenant, index, entry, hash) select "
            + TENANT
            + ", r.index, r.entry, r.hash from unnest(?, ?, ?, ?) as r (tenant, index, entry,"
            + " hash)",
        params ->
            params
                .texts(tenants(leaves))
                .array("int8", leaves.stream().map(leaf -> leaf.row().index()).toArray(Long[]::new))
                .texts(leaves.stream().map(leaf -> leaf.row().entry()).toList())
                .array("bytea", bytes(leaves.stream().map(leaf -> leaf.row().hash()).toList())),
        row -> true);
  }

  private static <T> List<String> tenants(List<Of<T>> rows) {
    return rows.stream().map(row -> row.tenant().value()).toList();
  }

  private static byte[][] bytes(List<Hash> hashes) {
    return hashes.stream().map(Hash::toBytes).toArray(byte[][]::new);
  }

  private static void roots(Connection connection, List<Of<Root>> roots) throws SQLException {
    Database.rows(
        connection,
        "insert into remit.subtree (tenant, level, index, hash) select "
            + TENANT
            + ", r.level, r.index, r.hash from unnest(?, ?, ?, ?) as r (tenant, level, index,"
            + " hash)",
        params ->
            params
                .texts(tenants(roots))
                .array(
                    "int2",
                    roots.stream().map(root -> (short) root.row().level()).toArray(Short[]::new))
                .array("int8", roots.stream().map(root -> root.row().index()).toArray(Long[]::new))
                .array("bytea", bytes(roots.stream().map(root -> root.row().hash()).toList())),
        row -> true);
  }

  private static void heads(Connection connection, List<TenantLog> logs) throws SQLException {
    Database.rows(
        connection,
        "insert into remit.log_head (tenant, size, root, frontier, xid, seq) select "
            + TENANT
            + ", r.size, r.root, r.frontier, r.xid::xid8, r.seq from unnest(?, ?, ?, ?, ?, ?)"
            + " as r (tenant, size, root, frontier, xid, seq)"
            + " on conflict (tenant) do update set size = excluded.size, root = excluded.root,"
            + " frontier = excluded.frontier, xid = excluded.xid, seq = excluded.seq",
        params ->
            params
                .texts(logs.stream().map(log -> log.tenant().value()).toList())
                .array("int8", logs.stream().map(log -> log.head().size()).toArray(Long[]::new))
                .array("bytea", bytes(logs.stream().map(log -> log.head().root()).toList()))
                .array("bytea", logs.stream().map(TenantLog::frontier).toArray(byte[][]::new))
                .texts(logs.stream().map(log -> log.last().xid()).toList())
                .array("int8", logs.stream().map(log -> log.last().seq()).toArray(Long[]::new)),
        row -> true);
  }

  private static void checkpoints(Connection connection, List<Grown> logs) throws SQLException {
    Database.rows(
        connection,
        "insert into remit.checkpoint (tenant, size, note, at) select "
            + TENANT
            + ", r.size, r.note, r.at from unnest(?, ?, ?, ?) as r (tenant, size, note, at)",
        params -> {
          params
              .texts(logs.stream().map(grown -> grown.log().tenant().value()).toList())
              .array(
                  "int8",
                  logs.stream().map(grown -> grown.log().head().size()).toArray(Long[]::new));
          new Columns<>(params, logs).texts(grown -> grown.note().toString()).instants(Grown::at);
        },
        row -> true);
  }
}
