package dev.remit.postgres;

import dev.remit.core.tenant.TenantId;
import dev.remit.log.Checkpoint;
import dev.remit.log.Origin;
import dev.remit.postgres.TenantLog.Grown;
import dev.remit.postgres.TenantLog.OwnNote;
import dev.remit.postgres.TenantLog.Stored;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes entries into the Merkle logs of their tenants: one writer in the installation at a time.
 *
 * <p>The writer is whoever holds a session lock of the database; when it dies the lock goes with
 * its connection, and the next run of another replica takes over. The lock and the work share that
 * connection, so a writer that lost the lock cannot commit. A writer that vanished without a word
 * (its machine or the network is gone) is given up after {@value #SILENT_MILLIS} ms between two
 * runs, so whoever runs several times a second takes over within 2 s.
 *
 * <p>Order: (transaction, sequence) of the entry, read only below the oldest transaction that is
 * still running, so nothing can turn up in front of what was read. Ids are no order: they do not
 * commit in theirs. Each run commits leaves, heads and signed checkpoints of all tenants together;
 * where the database refuses that, tenant by tenant.
 *
 * <p>Does not schedule itself; {@link #runOnce} is called by the server and by tests. Not for two
 * threads at once.
 */
public final class PostgresIntegrator implements AutoCloseable {

  /** At most so many entries of one tenant are taken at once. */
  private static final int BATCH = 1_000;

  /** How many entries of all tenants are read at once, so that memory has a bound. */
  private static final int TOGETHER = 8_000;

  private static final int LEAST_OF_EACH = 64;

  /** How far clocks of replicas may differ. */
  private static final Duration SKEW = Duration.ofSeconds(2);

  /** How long the writer's session may be idle outside of transactions. */
  private static final int SILENT_MILLIS = 1_500;

  private static final String GIVE_UP = "set idle_session_timeout = " + SILENT_MILLIS;

  private static final String LOCK = "select pg_try_advisory_lock(1380273481, 2) as is_mine";

  private static final String UNLOCK = "select pg_advisory_unlock(1380273481, 2)";

  private final Database database;
  private final String installation;
  private final LogSigning signing;
  private final InstantSource clock;
  private final Map<TenantId, OwnNote> own = new HashMap<>();
  private Instant told = Instant.MIN;
  private boolean hasMore;
  private @Nullable Connection held;

  /** An integrator of the logs {@code remit/<installation>/<tenant>}. */
  public PostgresIntegrator(
      Database database, String installation, LogSigning signing, InstantSource clock) {
    this.database = database;
    this.installation = installation;
    this.signing = signing;
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
   * @throws BrokenLogException when a log is not what was signed, with what is wrong with other
   *     tenants' suppressed in it; as with a signer that threw, all other logs were served
   * @throws ClockWentBackException when the clock shows an earlier time than before; all logs were
   *     served
   */
  public int runOnce() {
    hasMore = false;
    try {
      var connection = stillHeld();
      connection = connection == null ? takeOver() : connection;
      return connection == null ? 0 : integrate(connection);
    } catch (SQLException e) {
      drop();
      throw Failures.of(e);
    }
  }

  /** What walks through the same logs and looks whether they still are what was signed. */
  public PostgresLogAudit audit() {
    return new PostgresLogAudit(database, installation, signing.keys(), PostgresLogAudit.LEAVES);
  }

  /** Whether the last run left entries behind that it could have taken. */
  public boolean hasMore() {
    return hasMore;
  }

  /** One that was given up, because nobody ran for long, is taken anew. */
  private @Nullable Connection stillHeld() throws SQLException {
    var connection = held;
    if (connection != null && !connection.isValid(1)) {
      drop();
      return null;
    }
    return connection;
  }

  private @Nullable Connection takeOver() throws SQLException {
    var connection = database.hold();
    boolean isMine = false;
    try {
      isMine =
          Database.rows(connection, LOCK, Params.Binding.NONE, row -> row.claim("is_mine"))
              .getFirst();
      if (isMine) {
        Database.rows(connection, GIVE_UP, Params.Binding.NONE, row -> true);
      }
    } finally {
      if (!isMine) {
        connection.close();
      }
    }
    held = isMine ? connection : null;
    return held;
  }

  private int integrate(Connection connection) throws SQLException {
    var broken = new ArrayList<RuntimeException>();
    int integrated;
    try {
      integrated =
          Database.transaction(connection, work -> batch(work, LogRows.stored(work), broken));
    } catch (SQLException e) {
      if (Failures.of(e) instanceof DatabaseUnavailableException) {
        throw e;
      }
      broken.clear();
      connection.setAutoCommit(true);
      integrated = oneByOne(connection, broken);
    } catch (RuntimeException e) {
      connection.setAutoCommit(true);
      throw e;
    }
    if (!broken.isEmpty()) {
      var first = broken.removeFirst();
      broken.forEach(first::addSuppressed);
      throw first;
    }
    return integrated;
  }

  /** The database refused what all logs together would write: so that one holds up no other. */
  private int oneByOne(Connection connection, List<RuntimeException> broken) throws SQLException {
    int integrated = 0;
    for (var log : LogRows.stored(connection)) {
      try {
        integrated += Database.transaction(connection, work -> batch(work, List.of(log), broken));
      } catch (SQLException e) {
        if (Failures.of(e) instanceof DatabaseUnavailableException) {
          throw e;
        }
        connection.setAutoCommit(true);
        broken.add(new BrokenLogException(log.tenant(), "does not take its next entries", e));
      }
    }
    return integrated;
  }

  /** What is wrong with one log is kept in {@code broken}, and the others go on. */
  private int batch(Connection connection, List<Stored> stored, List<RuntimeException> broken)
      throws SQLException {
    var logs = new LinkedHashMap<TenantId, TenantLog>();
    for (var one : stored) {
      attempt(
          broken,
          () ->
              logs.put(
                  one.tenant(),
                  TenantLog.open(
                      one,
                      origin(installation, one.tenant()),
                      signing,
                      Optional.ofNullable(own.get(one.tenant())))));
    }
    if (logs.isEmpty()) {
      return 0;
    }
    long mostOfEach = Math.clamp(TOGETHER / logs.size(), LEAST_OF_EACH, BATCH);
    var waiting = LogRows.waiting(connection, List.copyOf(logs.values()), mostOfEach);
    for (var entry : waiting) {
      var log = logs.get(entry.tenant());
      if (log != null && !attempt(broken, () -> log.append(entry))) {
        logs.remove(entry.tenant());
      }
    }
    hasMore |= logs.values().stream().anyMatch(log -> log.leaves().size() >= mostOfEach);
    var grown = signed(logs.values(), now(stored, broken), broken);
    if (!grown.isEmpty()) {
      signing
          .heads()
          .signed(
              grown.stream().collect(Collectors.toMap(g -> g.log().tenant(), g -> g.log().head())));
      LogRows.write(connection, grown);
      grown.forEach(g -> own.put(g.log().tenant(), g.own()));
    }
    return grown.stream().mapToInt(g -> g.log().leaves().size()).sum();
  }

  private List<Grown> signed(
      Collection<TenantLog> logs, Instant now, List<RuntimeException> broken) {
    var grown = new ArrayList<Grown>();
    for (var log : logs) {
      attempt(
          broken,
          () -> {
            log.requireNothingLost();
            if (!log.leaves().isEmpty()) {
              var checkpoint = new Checkpoint(origin(installation, log.tenant()), log.head());
              grown.add(new Grown(log, signing.signer().sign(log.tenant(), checkpoint), now));
            }
          });
    }
    return grown;
  }

  private static boolean attempt(List<RuntimeException> broken, Runnable step) {
    try {
      step.run();
      return true;
    } catch (RuntimeException e) {
      broken.add(e);
      return false;
    }
  }

  /** Never before a checkpoint that is signed; a clock that went back is told of once. */
  private Instant now(List<Stored> stored, List<RuntimeException> broken) {
    var now = clock.instant();
    var newest =
        stored.stream().flatMap(log -> log.signedAt().stream()).max(Instant::compareTo).orElse(now);
    if (now.isBefore(newest.minus(SKEW)) && !newest.equals(told)) {
      told = newest;
      broken.add(new ClockWentBackException(Duration.between(now, newest)));
    }
    return now.isBefore(newest) ? newest : now;
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
    } catch (SQLException e) {
      // the lock ends with its session
    } finally {
      // it has a limit of its own, which others would not expect
      database.discard(connection);
    }
  }
}
