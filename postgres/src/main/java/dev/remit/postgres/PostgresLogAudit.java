package dev.remit.postgres;

import dev.remit.core.tenant.TenantId;
import dev.remit.log.TrustedKeys;
import dev.remit.postgres.TenantLog.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walks through all logs again and again and hashes them anew, because whoever owns the database
 * can change what lies below a head, and no head tells of it.
 *
 * <p>Each walk takes the newest checkpoint of a log, believes it for its signature alone, and reads
 * the entries from the first one on: each has its leaf at its place, the leaf is the hash of the
 * entry's text, the stored hash of each full tile is the one of its leaves, and at the end the root
 * is the signed one (RFC 6962 §2.1). Bodies and salts are not part of it: they are erased by rule.
 *
 * <p>Bounded: a run reads at most {@code leaves} entries, a page at a time, and the next one goes
 * on from there. The place is kept in memory, so a restart begins again at the first log. Every
 * replica walks for itself. Does not schedule itself; not for two threads at once.
 */
public final class PostgresLogAudit {

  /** How many entries one run reads, unless it is told otherwise. */
  public static final int LEAVES = 5_000;

  private static final int PAGE = 500;

  /** A log costs at least as much as so many entries, however short it is. */
  private static final int LEAST = 50;

  private final Database database;
  private final String installation;
  private final TrustedKeys keys;
  private final int leaves;
  private @Nullable LogWalk walk;
  private String last = "";

  /** An audit of the logs {@code remit/<installation>/<tenant>}, at most so many entries a run. */
  public PostgresLogAudit(Database database, String installation, TrustedKeys keys, int leaves) {
    this.database = database;
    this.installation = installation;
    this.keys = keys;
    this.leaves = leaves;
  }

  /**
   * Goes on with the walk; a run ends when its entries are read, or after the last log.
   *
   * @throws BrokenLogException when a log is not what was signed, with what is wrong with other
   *     tenants' suppressed in it; their walks go on
   */
  public void runOnce() {
    var broken = new ArrayList<BrokenLogException>();
    boolean isLast = false;
    for (int left = leaves; left > 0 && !isLast; ) {
      var next = walk == null ? begin(broken) : Optional.of(walk);
      isLast = isAtTheStart();
      left -= next.isEmpty() ? LEAST : Math.max(LEAST, step(next.get(), left, broken));
    }
    if (!broken.isEmpty()) {
      var first = broken.removeFirst();
      broken.forEach(first::addSuppressed);
      throw first;
    }
  }

  /** Whether the next run begins with the first log. */
  public boolean isAtTheStart() {
    return walk == null && last.isEmpty();
  }

  /** The walk through the next log; none when that one is broken, or when it was the last. */
  private Optional<LogWalk> begin(List<BrokenLogException> broken) {
    var next = tenants().stream().filter(tenant -> tenant.compareTo(last) > 0).findFirst();
    last = next.orElse("");
    try {
      return next.map(TenantId::new).flatMap(this::walk);
    } catch (BrokenLogException e) {
      broken.add(e);
      return Optional.empty();
    }
  }

  private List<String> tenants() {
    return database
        .rows(
            "select t as tenant from remit.logs_to_audit() as t",
            Params.Binding.NONE,
            row -> row.text("tenant"))
        .stream()
        .sorted()
        .toList();
  }

  private Optional<LogWalk> walk(TenantId tenant) {
    var note =
        database.rowsOf(
            tenant,
            "select note from remit.checkpoint where tenant = ? order by size desc limit 1",
            params -> params.text(tenant.value()),
            row -> row.text("note"));
    if (note.isEmpty()) {
      throw new BrokenLogException(tenant, "has no checkpoint any more", null);
    }
    var origin = PostgresIntegrator.origin(installation, tenant);
    var signed = TenantLog.signed(tenant, note.getFirst(), origin, keys);
    walk = new LogWalk(tenant, signed);
    return Optional.of(walk);
  }

  private int step(LogWalk at, int left, List<BrokenLogException> broken) {
    int wanted = at.wanted(Math.min(PAGE, left));
    var page = page(at, wanted);
    try {
      page.forEach(at::take);
      compareRoots(at);
      if (page.size() < wanted) {
        at.requireAll();
      }
      if (at.isDone()) {
        at.requireRoot();
        at.requireNoMoreRoots(planted(at.tenant()));
        walk = null;
      }
    } catch (BrokenLogException e) {
      broken.add(e);
      walk = null;
    }
    return page.size();
  }

  private void compareRoots(LogWalk at) {
    for (var root : at.takeRoots()) {
      var stored =
          database.rowsOf(
              at.tenant(),
              "select hash from remit.subtree where tenant = ? and level = ?::smallint"
                  + " and index = ?",
              params -> params.text(at.tenant().value()).number(root.level()).number(root.index()),
              row -> row.bytes("hash"));
      at.requireStored(root, Database.first(stored));
    }
  }

  /** How many stored hashes stand for leaves that the log does not have, at this moment. */
  private long planted(TenantId tenant) {
    return database
        .rowsOf(
            tenant,
            "select count(*) as planted from remit.subtree s where s.tenant = ? and"
                + " (s.index < 0 or (s.index + 1.0) * 256.0 ^ s.level"
                + " > (select h.size from remit.log_head h where h.tenant = s.tenant))",
            params -> params.text(tenant.value()),
            row -> row.number("planted"))
        .getFirst();
  }

  private List<LogWalk.Logged> page(LogWalk at, int wanted) {
    return database.rows(
        "select * from remit.logged_entries(?, ?, ?, ?)",
        params ->
            params
                .text(at.tenant().value())
                .text(at.last().xid())
                .number(at.last().seq())
                .number((long) wanted),
        row ->
            new LogWalk.Logged(
                row.text("id"),
                row.text("leaf"),
                new Position(row.text("xid"), row.number("seq")),
                row.optionalNumber("index"),
                row.optionalBytes("hash")));
  }
}
