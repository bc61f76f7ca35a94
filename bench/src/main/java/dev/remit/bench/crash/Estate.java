package dev.remit.bench.crash;

import dev.remit.bench.BenchException;
import dev.remit.bench.process.Patience;
import dev.remit.core.evidence.CallLedger;
import dev.remit.core.evidence.Journal;
import dev.remit.log.Checkpoint;
import dev.remit.log.MerkleTree;
import dev.remit.log.Verified;
import dev.remit.postgres.Database;
import dev.remit.postgres.DatabaseConfig;
import dev.remit.postgres.DatabaseUnavailableException;
import dev.remit.postgres.PostgresCallLedger;
import dev.remit.postgres.PostgresIntegrator;
import dev.remit.postgres.PostgresJournal;
import dev.remit.postgres.PostgresVersions;
import dev.remit.postgres.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A durable PostgreSQL of its own, and what must be true of it after every crash. */
final class Estate implements AutoCloseable {

  private static final Duration RECOVERY = Duration.ofMinutes(2);

  private final Path folder;
  private final EmbeddedDatabase server;

  /** The folder must be new. */
  Estate(Path folder, Path binaries) throws IOException {
    this.folder = folder;
    server = EmbeddedDatabase.start(folder, binaries, new SecureRandom(), Map.of());
    LogKeys.create(folder);
    try (var database = new Database(server.serving(), 2)) {
      var versions = new PostgresVersions(database);
      versions.store(Work.VERSION, Map.of("remit.yaml", new byte[] {'x'}), Instant.EPOCH);
      versions.activate(Work.VERSION, Instant.EPOCH, Work.activation());
    }
  }

  DatabaseConfig serving() {
    return server.serving();
  }

  /** The processes of PostgreSQL that serve the worker. */
  List<Long> backends() {
    return numbers(
        "select pid from pg_stat_activity where usename = 'remit_serve' and backend_type ="
            + " 'client backend'");
  }

  private List<Long> numbers(String query) {
    var config = server.administration().database("remit");
    try (var connection =
            DriverManager.getConnection(config.url(), config.user(), config.password());
        var statement = connection.createStatement();
        var result = statement.executeQuery(query)) {
      var numbers = new ArrayList<Long>();
      while (result.next()) {
        numbers.add(result.getLong(1));
      }
      return numbers;
    } catch (SQLException e) {
      throw BenchException.broken("the database refused a question: " + e.getMessage());
    }
  }

  /** What is wrong after a run that was told these entries to be durable; empty if nothing is. */
  Optional<String> fault(Work work, Set<String> acknowledged) throws IOException {
    try (var database = new Database(server.serving(), 2);
        var keys = LogKeys.open(folder)) {
      Patience.until(
          "the database did not come back",
          RECOVERY,
          Duration.ofMillis(50),
          () -> database.isReachable() ? Optional.of(true) : Optional.empty());
      var journal = new PostgresJournal(database);
      settle(work, database, journal);
      drain(database, keys);
      var stored =
          journal.read(
              new Journal.Query(
                  Work.TENANT, 0, 1_000_000, Optional.empty(), Optional.empty(), Optional.empty()));
      return judged(work, acknowledged, stored)
          .or(() -> verified(stored, journal.checkpoint(Work.TENANT), keys));
    }
  }

  /** As recovery does: an intent without an outcome gets one. */
  private static void settle(Work work, Database database, PostgresJournal journal) {
    boolean isIntended =
        journal
            .read(
                new Journal.Query(
                    Work.TENANT,
                    0,
                    100,
                    Optional.of(work.name()),
                    Optional.empty(),
                    Optional.empty()))
            .stream()
            .anyMatch(entry -> entry.leaf().equals(work.intent().entry().leaf()));
    if (isIntended) {
      CallLedger ledger = new PostgresCallLedger(database, target -> {});
      ledger.settle(work.recovered());
    }
  }

  /** What the killed writer left behind may be held by its session for a moment. */
  private void drain(Database database, LogKeys keys) {
    var waiting =
        "select count(*) from remit.entry e where not exists (select from remit.leaf l where"
            + " l.tenant = e.tenant and l.entry = e.id)";
    try (var integrator =
        new PostgresIntegrator(
            database, Work.INSTALLATION, keys.signing(), InstantSource.system())) {
      Patience.until(
          "the entries are not integrated",
          RECOVERY,
          Duration.ofMillis(50),
          () -> {
            try {
              integrator.runOnce();
            } catch (DatabaseUnavailableException e) {
              return Optional.empty();
            }
            return numbers(waiting).getFirst() == 0 ? Optional.of(true) : Optional.empty();
          });
    }
  }

  private Optional<String> judged(
      Work work, Set<String> acknowledged, List<Journal.Stored> stored) {
    var leaves = stored.stream().map(Journal.Stored::leaf).toList();
    for (var entry : work.entries()) {
      long times = leaves.stream().filter(entry.leaf()::equals).count();
      if (times > 1 || (times == 0 && acknowledged.contains(entry.id()))) {
        return Optional.of("entry `" + entry.id() + "` is there " + times + " times");
      }
    }
    long wrong =
        numbers(
                "select count(*) from remit.entry i where i.kind = 'intent' and 1 <> (select"
                    + " count(*) from remit.entry o where o.tenant = i.tenant and o.call = i.call"
                    + " and o.kind = 'outcome')")
            .getFirst();
    return wrong == 0
        ? Optional.empty()
        : Optional.of(wrong + " intents have not exactly one first outcome");
  }

  private static Optional<String> verified(
      List<Journal.Stored> stored, Optional<String> note, LogKeys keys) {
    var head =
        MerkleTree.head(
            stored.stream()
                .map(e -> MerkleTree.hashLeaf(e.leaf().getBytes(StandardCharsets.UTF_8)))
                .iterator());
    var opened =
        Checkpoint.open(
            note.orElse("").getBytes(StandardCharsets.UTF_8),
            PostgresIntegrator.origin(Work.INSTALLATION, Work.TENANT),
            keys.trusted());
    return switch (opened) {
      case Verified.Proven<Checkpoint>(Checkpoint checkpoint) ->
          checkpoint.head().equals(head)
              ? Optional.empty()
              : Optional.of("the log is not the signed one");
      case Verified.Refuted<Checkpoint> refuted -> Optional.of(refuted.detail());
    };
  }

  @Override
  public void close() {
    server.close();
  }
}
