package dev.remit.postgres;

import dev.remit.core.evidence.Entry;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.InvalidValueException;
import dev.remit.log.Frontier;
import dev.remit.log.Hash;
import dev.remit.log.InvalidLogDataException;
import dev.remit.log.MerkleTree;
import dev.remit.log.TreeHead;
import dev.remit.postgres.TenantLog.Position;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Takes the tail of a log back into a database that was set back: entries which were signed, and
 * perhaps cosigned, and which this database lost.
 *
 * <p>Promises: the same leaves in the same order, so that the log goes on as the one that others
 * saw; all of them or none, after each was hashed and the last one led to the signed root. Entries
 * that wait in the database take their place among them, with their bodies; those that are not
 * among them come after. Doing it again changes nothing.
 *
 * <p>Nothing is executed. What the tail says is applied where that stops or forgets ({@link
 * TailState}); it opens, grants and lifts nothing.
 *
 * <p>Works as the owner, who alone may say where an entry stands, while nobody serves from the
 * database: it needs the integrator's lock.
 */
public final class PostgresTail {

  private static final String LOCK = "select pg_try_advisory_xact_lock(1380273481, 2) as is_mine";

  private static final String WAITING =
      "create temporary table waiting (like remit.entry) on commit drop";

  private static final String SET_ASIDE =
      "with moved as (delete from remit.entry e where e.tenant = ?"
          + " and (e.xid, e.seq) > (?::xid8, ?) returning e.*)"
          + " insert into waiting select * from moved";

  private static final String PUT =
      "insert into remit.entry (tenant, id, kind, call, task, at, leaf, body, salt)"
          + " select ?, r.id, r.kind, r.call, r.task, r.at, r.leaf,"
          + " case when r.salt <> '' then r.body else coalesce(w.body, r.body) end,"
          + " case when r.salt <> '' then r.salt else coalesce(w.salt, r.salt) end"
          + " from unnest(?, ?, ?, ?, ?, ?, ?, ?) with ordinality"
          + " as r (id, kind, call, task, at, leaf, body, salt, n)"
          + " left join waiting w on w.id = r.id and w.leaf = r.leaf order by r.n";

  private static final String PUT_BEHIND =
      "insert into remit.entry (tenant, id, kind, call, task, at, leaf, body, salt)"
          + " select w.tenant, w.id, w.kind, w.call, w.task, w.at, w.leaf, w.body, w.salt"
          + " from waiting w where not exists"
          + " (select from remit.entry e where e.tenant = w.tenant and e.id = w.id)"
          + " order by w.xid, w.seq";

  private static final String NOTE =
      "insert into remit.entry (tenant, id, kind, call, task, at, leaf, body, salt)"
          + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)"
          + " on conflict on constraint entry_id_is_unique_in_tenant do nothing";

  private static final String WITHOUT_BODY =
      "select count(*) as entries from remit.entry e"
          + " where e.tenant = ? and e.xid = pg_current_xact_id() and e.salt = ''";

  private final DatabaseConfig administration;

  /** In the database of this configuration, whose user may become its owner. */
  public PostgresTail(DatabaseConfig administration) {
    this.administration = administration;
  }

  /** Who kept the log. */
  public interface Source {

    /** The entries of these indexes in order, page by page. */
    void read(long from, long until, Consumer<List<LostEntry>> pages);
  }

  /**
   * What was taken back.
   *
   * @param from how many entries the log had kept
   * @param until how many it has with those that were taken back
   * @param withoutBody of how many nobody had the body
   */
  public record TakenBack(TenantId tenant, long from, long until, long withoutBody) {}

  /**
   * Takes back what lies between the log's own head and this one.
   *
   * @param signed a head that this installation signed, and whoever calls has checked that
   * @param seen further heads that others saw; each that lies in the tail must be met
   * @param note the entry that says so, of a name that depends on the tail alone
   * @throws InvalidValueException when the source has another history; nothing was changed
   */
  public TakenBack takeBack(
      TenantId tenant,
      TreeHead signed,
      Set<TreeHead> seen,
      Source source,
      Function<TakenBack, Entry> note) {
    try (var connection = Connect.to(administration)) {
      Database.rows(
          connection, "set role " + DatabaseSetup.OWNER, Params.Binding.NONE, row -> true);
      return Database.transaction(
          connection, work -> takeBack(work, new Walk(tenant, signed, seen), source, note));
    } catch (SQLException e) {
      throw refused(tenant, e);
    }
  }

  /** What a table refuses (SQLSTATE 22, 23) is no entry that this installation ever stored. */
  private static RuntimeException refused(TenantId tenant, SQLException failure) {
    var state = failure.getSQLState();
    return state != null && state.matches("2[23].*")
        ? new InvalidValueException(
            "what was kept of the log of `" + tenant + "` cannot be stored beside what is here")
        : Failures.of(failure);
  }

  private static TakenBack takeBack(
      Connection work, Walk walk, Source source, Function<TakenBack, Entry> note)
      throws SQLException {
    var tenant = walk.tenant;
    if (!Database.rows(work, LOCK, Params.Binding.NONE, row -> row.claim("is_mine")).getFirst()) {
      throw new InvalidValueException("a server runs on this database: stop it first");
    }
    var head = head(work, tenant);
    walk.frontier = head.map(Head::frontier).orElseGet(Frontier::new);
    long from = walk.frontier.size();
    setAside(work, tenant, head.map(Head::last).orElse(Position.START));
    source.read(from, walk.signed.size(), page -> put(work, walk, page));
    walk.requireSigned();
    long missing =
        Database.rows(
                work,
                WITHOUT_BODY,
                params -> params.text(tenant.value()),
                row -> row.number("entries"))
            .getFirst();
    TailState.apply(work, tenant);
    Database.rows(work, PUT_BEHIND, Params.Binding.NONE, row -> true);
    var taken = new TakenBack(tenant, from, walk.signed.size(), missing);
    if (from < taken.until()) {
      note(work, note.apply(taken));
    }
    return taken;
  }

  private record Head(Frontier frontier, Position last) {}

  private static Optional<Head> head(Connection work, TenantId tenant) throws SQLException {
    return Database.first(
        Database.rows(
            work,
            "select frontier, xid::text, seq from remit.log_head where tenant = ?",
            params -> params.text(tenant.value()),
            row ->
                new Head(
                    frontier(tenant, row.bytes("frontier")),
                    new Position(row.text("xid"), row.number("seq")))));
  }

  private static Frontier frontier(TenantId tenant, byte[] stored) {
    try {
      return Frontier.fromBytes(stored);
    } catch (InvalidLogDataException e) {
      throw new BrokenLogException(tenant, null);
    }
  }

  /** What is not in the log yet makes room, because some of the tail may stand before it. */
  private static void setAside(Connection work, TenantId tenant, Position last)
      throws SQLException {
    Database.rows(work, WAITING, Params.Binding.NONE, row -> true);
    Database.rows(
        work,
        SET_ASIDE,
        params -> params.text(tenant.value()).text(last.xid()).number(last.seq()),
        row -> true);
  }

  private static void put(Connection work, Walk walk, List<LostEntry> page) {
    page.forEach(walk::append);
    var rows = page.stream().map(lost -> lost.columns(walk.tenant)).toList();
    try {
      Database.rows(
          work,
          PUT,
          params ->
              new Columns<>(params.text(walk.tenant.value()), rows)
                  .texts(LostEntry.Columns::id)
                  .texts(LostEntry.Columns::kind)
                  .texts(row -> row.call().orElse(null))
                  .texts(row -> row.task().orElse(null))
                  .instants(LostEntry.Columns::at)
                  .texts(LostEntry.Columns::leaf)
                  .texts(LostEntry.Columns::body)
                  .texts(LostEntry.Columns::salt),
          row -> true);
    } catch (SQLException e) {
      throw refused(walk.tenant, e);
    }
  }

  private static void note(Connection work, Entry entry) throws SQLException {
    Database.rows(
        work,
        NOTE,
        params ->
            params
                .text(entry.tenant().value())
                .text(entry.id())
                .text(entry.kind().text())
                .text(entry.call())
                .text(entry.task())
                .at(entry.at())
                .text(entry.leaf())
                .text(CanonicalJson.text(entry.body()))
                .text(entry.salt()),
        row -> true);
  }

  /** On the way from the database's own head to the signed one. */
  private static final class Walk {
    private final TenantId tenant;
    private final TreeHead signed;
    private final TreeMap<Long, Hash> roots = new TreeMap<>();
    private Frontier frontier = new Frontier();

    private Walk(TenantId tenant, TreeHead signed, Set<TreeHead> seen) {
      this.tenant = tenant;
      this.signed = signed;
      for (var head : seen) {
        if (!roots.getOrDefault(head.size(), head.root()).equals(head.root())) {
          throw another(tenant);
        }
        roots.put(head.size(), head.root());
      }
    }

    private void append(LostEntry lost) {
      if (frontier.size() >= signed.size()) {
        throw new InvalidValueException("the mirror of `" + tenant + "` has more than is signed");
      }
      frontier.append(MerkleTree.hashLeaf(lost.leaf().getBytes(StandardCharsets.UTF_8)));
      var root = roots.get(frontier.size());
      if (root != null && !root.equals(frontier.head().root())) {
        throw another(tenant);
      }
    }

    private void requireSigned() {
      if (!frontier.head().equals(signed)) {
        throw another(tenant);
      }
    }

    private static InvalidValueException another(TenantId tenant) {
      return new InvalidValueException(
          "what was kept of the log of `"
              + tenant
              + "` does not lead from what is here to what was signed: it is another history");
    }
  }
}
