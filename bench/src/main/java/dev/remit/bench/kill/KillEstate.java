package dev.remit.bench.kill;

import dev.remit.core.call.CallId;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Intent;
import dev.remit.core.evidence.Settlement;
import dev.remit.core.execution.Outcome;
import dev.remit.core.kill.KillOrder;
import dev.remit.core.kill.KillScope;
import dev.remit.core.lease.Lease;
import dev.remit.core.lease.LeaseId;
import dev.remit.core.release.VersionId;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import dev.remit.postgres.Database;
import dev.remit.postgres.PostgresCallLedger;
import dev.remit.postgres.PostgresKills;
import dev.remit.postgres.PostgresVersions;
import dev.remit.postgres.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** One durable PostgreSQL, and two replicas' ledgers on it, each with connections of its own. */
final class KillEstate implements AutoCloseable {

  private static final VersionId VERSION = new VersionId("sha256:bench");
  private static final ConnectorId CONNECTOR = new ConnectorId("bench");
  private static final int CONNECTIONS = 20;

  private final EmbeddedDatabase server;
  private final SecureRandom random = new SecureRandom();
  private final AtomicLong ids = new AtomicLong();

  /** One replica. */
  record Replica(Database database, PostgresCallLedger ledger, PostgresKills kills) {}

  final Replica one;
  final Replica two;

  KillEstate(Path folder) {
    delete(folder.resolve("postgres").resolve("cluster"));
    server = EmbeddedDatabase.start(folder, folder.resolve("binaries"), random, Map.of());
    one = replica();
    two = replica();
    var versions = new PostgresVersions(one.database());
    versions.store(
        VERSION, Map.of("remit.yaml", "bench".getBytes(StandardCharsets.UTF_8)), Instant.now());
    versions.activate(VERSION, Instant.now(), entry(Entry.Kind.POLICY_ACTIVATED, Optional.empty()));
  }

  private Replica replica() {
    var database = new Database(server.serving(), CONNECTIONS);
    return new Replica(
        database, new PostgresCallLedger(database, ref -> {}), new PostgresKills(database));
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (var all = Files.walk(folder)) {
      for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String id() {
    return "bench-" + ids.incrementAndGet();
  }

  private Entry entry(Entry.Kind kind, Optional<String> call) {
    var salt = new byte[16];
    random.nextBytes(salt);
    return new Entry(
        id(),
        TenantId.OPERATOR,
        kind,
        call,
        Optional.empty(),
        Instant.now(),
        Value.object("tool", "bench_read", "decision", "permit", "agent", "bench"),
        Value.object("arguments", Value.object("device", "1001")),
        HexFormat.of().formatHex(salt));
  }

  /** A read with a lease of its own, under this scope. */
  Intent intent(String scope) {
    var call = new CallId(id());
    var now = Instant.now();
    var lease =
        new Lease(
            new LeaseId(id()),
            TenantId.OPERATOR,
            CONNECTOR,
            "remit_" + call.value(),
            Optional.empty(),
            Value.object("purpose", "bench"),
            now.plusSeconds(120),
            "bench",
            Lease.State.INTENDED);
    return new Intent(
        call,
        TenantId.OPERATOR,
        Optional.empty(),
        List.of("everything", "tenant:_operator", "class:bench", "connector:bench", scope),
        VERSION,
        List.of(),
        Optional.empty(),
        Optional.of(lease),
        now,
        now.plusSeconds(5),
        now.plusSeconds(60),
        "bench",
        Optional.empty(),
        now,
        entry(Entry.Kind.INTENT, Optional.of(call.value())));
  }

  Settlement settlement(Intent intent) {
    return new Settlement(
        intent.call(),
        intent.tenant(),
        Outcome.SUCCEEDED,
        intent.lease().map(Lease::id),
        Optional.empty(),
        Instant.now(),
        entry(Entry.Kind.OUTCOME, Optional.of(intent.call().value())));
  }

  KillOrder kill(String scope) {
    return KillOrder.kill(
        new KillScope(scope),
        "bench",
        "bench",
        Instant.now(),
        entry(Entry.Kind.KILL, Optional.empty()));
  }

  /** Admitted intents whose lease bears this mark, by the owner's own count. */
  long intents(List<String> calls) {
    var config = server.administration().database("remit");
    try (var connection =
            DriverManager.getConnection(config.url(), config.user(), config.password());
        var statement =
            connection.prepareStatement("select count(*) from remit.intent where call = any (?)")) {
      statement.setArray(1, connection.createArrayOf("text", calls.toArray()));
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    one.database().close();
    two.database().close();
    server.close();
  }
}
