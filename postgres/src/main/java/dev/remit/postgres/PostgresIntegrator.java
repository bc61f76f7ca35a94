package dev.remit.postgres;

import dev.remit.core.tenant.TenantId;
import dev.remit.log.Checkpoint;
import dev.remit.log.Origin;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes entries into the Merkle logs of their tenants: one writer in the installation at a time.
 *
 * <p>The writer is whoever holds a session lock of the database; when it dies the lock goes with
 * its connection, and the next run of another replica takes over. The lock and the work share that
 * connection, so a writer that lost the lock cannot commit.
 *
 * <p>Order: (transaction, sequence) of the entry, read only below the oldest transaction that is
 * still running, so nothing can turn up in front of what was read. Ids are no order: they do not
 * commit in theirs. Each batch commits leaves, head and a signed checkpoint together.
 *
 * <p>Does not schedule itself; {@link #runOnce} is called by the server and by tests. Not for two
 * threads at once.
 */
public final class PostgresIntegrator implements AutoCloseable {

  /** How many entries of one tenant are taken at once; fewer in a run mean that none is left. */
  public static final int BATCH = 1_000;

  private static final String LOCK = "select pg_try_advisory_lock(1380273481, 2) as is_mine";

  private static final String UNLOCK = "select pg_advisory_unlock(1380273481, 2)";

  private final Database database;
  private final String installation;
  private final CheckpointSigner signer;
  private final InstantSource clock;
  private @Nullable Connection held;

  /** An integrator of the logs {@code remit/<installation>/<tenant>}. */
  public PostgresIntegrator(
      Database database, String installation, CheckpointSigner signer, InstantSource clock) {
    this.database = database;
    this.installation = installation;
    this.signer = signer;
    this.clock = clock;
  }

  /** The origin of a tenant's log (C2SP tlog-checkpoint). */
  public static Origin origin(String installation, TenantId tenant) {
    return new Origin("remit/" + installation + "/" + tenant);
  }

  /**
   * Integrates at most one batch of each tenant; says how many entries, zero also when another
   * replica is the writer.
   *
   * @throws BrokenLogException when a log no longer matches its last checkpoint, with those of
   *     other tenants suppressed in it; as with a signer that threw, all other logs were served
   */
  public int runOnce() {
    try {
      var connection = held == null ? takeOver() : held;
      return connection == null ? 0 : integrate(connection);
    } catch (SQLException e) {
      drop();
      throw Failures.of(e);
    }
  }

  private @Nullable Connection takeOver() throws SQLException {
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
    held = isMine ? connection : null;
    return held;
  }

  private int integrate(Connection connection) throws SQLException {
    int integrated = 0;
    var broken = new ArrayList<RuntimeException>();
    for (var tenant : waiting(connection)) {
      try {
        integrated += Database.transaction(connection, work -> batch(work, tenant));
      } catch (RuntimeException e) {
        connection.setAutoCommit(true);
        broken.add(e);
      }
    }
    if (!broken.isEmpty()) {
      var first = broken.removeFirst();
      broken.forEach(first::addSuppressed);
      throw first;
    }
    return integrated;
  }

  private static List<TenantId> waiting(Connection connection) throws SQLException {
    return Database.rows(
        connection,
        "select remit.tenants_to_integrate() as tenant",
        Params.Binding.NONE,
        row -> new TenantId(row.text("tenant")));
  }

  private int batch(Connection connection, TenantId tenant) throws SQLException {
    var log = TenantLog.load(connection, tenant);
    var entries = log.waiting(connection, BATCH);
    if (entries.isEmpty()) {
      return 0;
    }
    log.append(connection, entries);
    var checkpoint = new Checkpoint(origin(installation, tenant), log.head());
    log.sign(connection, signer.sign(tenant, checkpoint), clock.instant());
    return entries.size();
  }

  private void drop() {
    var connection = held;
    held = null;
    if (connection != null) {
      database.discard(connection);
    }
  }

  /** Gives the lock up, at once where the database is there. */
  @Override
  public void close() {
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
