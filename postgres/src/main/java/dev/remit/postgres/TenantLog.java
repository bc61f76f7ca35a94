package dev.remit.postgres;

import dev.remit.core.tenant.TenantId;
import dev.remit.log.Checkpoint;
import dev.remit.log.Frontier;
import dev.remit.log.Hash;
import dev.remit.log.InvalidLogDataException;
import dev.remit.log.MerkleTree;
import dev.remit.log.NodeId;
import dev.remit.log.SignedNote;
import dev.remit.log.TreeHead;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * One tenant's log inside a transaction of the integrator: its frontier, and where the next entries
 * begin.
 *
 * <p>What is loaded is compared with the last checkpoint first: the tables can be written by
 * whoever owns the database, the signed checkpoint cannot.
 */
final class TenantLog {

  private final TenantId tenant;
  private final Frontier frontier;
  private final Position last;

  private TenantLog(TenantId tenant, Frontier frontier, Position last) {
    this.tenant = tenant;
    this.frontier = frontier;
    this.last = last;
  }

  /** The place of an entry in commit-safe order. */
  private record Position(String xid, long seq) {}

  /** An entry that is not in the log yet. */
  record Waiting(String id, String leaf, String xid, long seq) {}

  /** The root of a full tile, as the hash of the tile above. */
  private record Root(int level, long index, Hash hash) {}

  private record Stored(Frontier frontier, TreeHead head, Position last) {}

  static TenantLog load(Connection connection, TenantId tenant) throws SQLException {
    Database.rows(
        connection,
        "select set_config('remit.tenant', ?, true)",
        params -> params.text(tenant.value()),
        row -> true);
    var stored =
        Database.first(
            Database.rows(
                connection,
                "select size, root, frontier, xid::text, seq from remit.log_head where tenant = ?",
                params -> params.text(tenant.value()),
                row -> stored(tenant, row)));
    var frontier = stored.map(Stored::frontier).orElseGet(Frontier::new);
    var signed = signedHead(connection, tenant);
    if (!frontier.head().equals(signed.orElse(TreeHead.EMPTY))
        || !frontier.head().equals(stored.map(Stored::head).orElse(TreeHead.EMPTY))) {
      throw mismatch(tenant, null);
    }
    return new TenantLog(tenant, frontier, stored.map(Stored::last).orElse(new Position("0", 0)));
  }

  private static Frontier frontier(TenantId tenant, byte[] stored) {
    try {
      return Frontier.fromBytes(stored);
    } catch (InvalidLogDataException e) {
      throw mismatch(tenant, e);
    }
  }

  private static IllegalStateException mismatch(TenantId tenant, @Nullable Throwable cause) {
    return new BrokenLogException(tenant, cause);
  }

  private static Stored stored(TenantId tenant, Row row) throws SQLException {
    return new Stored(
        frontier(tenant, row.bytes("frontier")),
        new TreeHead(row.number("size"), Hash.of(row.bytes("root"))),
        new Position(row.text("xid"), row.number("seq")));
  }

  private static Optional<TreeHead> signedHead(Connection connection, TenantId tenant)
      throws SQLException {
    var note =
        Database.first(
            Database.rows(
                connection,
                "select note from remit.checkpoint where tenant = ? order by size desc limit 1",
                params -> params.text(tenant.value()),
                row -> row.text("note")));
    try {
      return note.map(text ->
          Checkpoint.parse(SignedNote.parse(text.getBytes(StandardCharsets.UTF_8)).text()).head());
    } catch (InvalidLogDataException e) {
      throw mismatch(tenant, e);
    }
  }

  /** The next entries in order, all of them from transactions that have ended. */
  List<Waiting> waiting(Connection connection, int limit) throws SQLException {
    return Database.rows(
        connection,
        "select id, leaf, xid::text, seq from remit.entry e where tenant = ?"
            + " and (e.xid, e.seq) > (?::xid8, ?)"
            + " and e.xid < pg_snapshot_xmin(pg_current_snapshot())"
            + " order by e.xid, e.seq limit ?",
        params -> params.text(tenant.value()).text(last.xid()).number(last.seq()).number(limit),
        row -> new Waiting(row.text("id"), row.text("leaf"), row.text("xid"), row.number("seq")));
  }

  /** Writes leaves and head. */
  void append(Connection connection, List<Waiting> entries) throws SQLException {
    long first = frontier.size();
    var hashes = entries.stream().map(TenantLog::hash).toList();
    var roots = new ArrayList<Root>();
    for (Hash leaf : hashes) {
      frontier.append(leaf, (node, hash) -> root(node, hash).ifPresent(roots::add));
    }
    Database.rows(
        connection,
        "insert into remit.leaf (tenant, index, entry, hash)"
            + " select ?, l.index, l.entry, l.hash from unnest(?, ?, ?) as l (index, entry, hash)",
        params ->
            params
                .text(tenant.value())
                .array(
                    "int8", LongStream.range(first, frontier.size()).boxed().toArray(Long[]::new))
                .texts(entries.stream().map(Waiting::id).toList())
                .array("bytea", hashes.stream().map(Hash::toBytes).toArray(byte[][]::new)),
        row -> true);
    storeRoots(connection, roots);
    storeHead(connection, entries.getLast());
  }

  /** Only the roots of full tiles are kept; what lies between is hashed again when asked for. */
  private static Optional<Root> root(NodeId node, Hash hash) {
    return node.level() > 0 && node.level() % 8 == 0
        ? Optional.of(new Root(node.level() / 8, node.index(), hash))
        : Optional.empty();
  }

  private void storeRoots(Connection connection, List<Root> roots) throws SQLException {
    if (roots.isEmpty()) {
      return;
    }
    Database.rows(
        connection,
        "insert into remit.subtree (tenant, level, index, hash)"
            + " select ?, r.level, r.index, r.hash from unnest(?, ?, ?) as r (level, index, hash)",
        params ->
            params
                .text(tenant.value())
                .array("int2", roots.stream().map(r -> (short) r.level()).toArray(Short[]::new))
                .array("int8", roots.stream().map(Root::index).toArray(Long[]::new))
                .array("bytea", roots.stream().map(r -> r.hash().toBytes()).toArray(byte[][]::new)),
        row -> true);
  }

  private static Hash hash(Waiting entry) {
    return MerkleTree.hashLeaf(entry.leaf().getBytes(StandardCharsets.UTF_8));
  }

  private void storeHead(Connection connection, Waiting newest) throws SQLException {
    var head = frontier.head();
    Database.rows(
        connection,
        "insert into remit.log_head (tenant, size, root, frontier, xid, seq)"
            + " values (?, ?, ?, ?, ?::xid8, ?)"
            + " on conflict (tenant) do update set size = excluded.size, root = excluded.root,"
            + " frontier = excluded.frontier, xid = excluded.xid, seq = excluded.seq",
        params ->
            params
                .text(tenant.value())
                .number(head.size())
                .bytes(head.root().toBytes())
                .bytes(frontier.toBytes())
                .text(newest.xid())
                .number(newest.seq()),
        row -> true);
  }

  TreeHead head() {
    return frontier.head();
  }

  /** Writes the signed checkpoint of this head. */
  void sign(Connection connection, SignedNote note, Instant at) throws SQLException {
    Database.rows(
        connection,
        "insert into remit.checkpoint (tenant, size, note, at) values (?, ?, ?, ?)",
        params -> params.text(tenant.value()).number(frontier.size()).text(note.toString()).at(at),
        row -> true);
  }
}
