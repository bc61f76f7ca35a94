package dev.remit.bench.log;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import dev.remit.bench.BenchException;
import dev.remit.core.tenant.TenantId;
import dev.remit.log.Ed25519Signer;
import dev.remit.log.Ed25519Verifier;
import dev.remit.log.KeyName;
import dev.remit.log.TrustedKeys;
import dev.remit.postgres.Database;
import dev.remit.postgres.LogSigning;
import dev.remit.postgres.PostgresIntegrator;
import dev.remit.postgres.PostgresJournal;
import dev.remit.postgres.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** A durable PostgreSQL of its own with the product's journal and integrator over it. */
final class LogEstate implements AutoCloseable {

  static final String INSTALLATION = "0123456789abcdef";
  static final List<TenantId> TENANTS =
      IntStream.range(0, 100).mapToObj(i -> new TenantId("tenant-" + i)).toList();

  private static final int CONNECTIONS = 8;

  private final EmbeddedDatabase server;
  private final Database database;
  private final Ed25519Signer key;
  private final PostgresJournal journal;
  private final PostgresIntegrator integrator;
  private final Map<TenantId, Long> signedSizes = new ConcurrentHashMap<>();

  /** A new one, in the place of what was there. */
  LogEstate(Path folder) {
    this(folder, Optional.empty());
  }

  /** The one that an earlier run left in this folder, or a new one that is left for the next. */
  static LogEstate onKept(Path folder) {
    var file = folder.resolve("log.key");
    try {
      if (Files.exists(file)) {
        var lines = Files.readAllLines(file);
        var verifier = Ed25519Verifier.parse(lines.getFirst());
        byte[] secret = Base64.getDecoder().decode(lines.getLast());
        return new LogEstate(folder, Optional.of(Ed25519Signer.fromPkcs8(verifier, secret)));
      }
      var estate = new LogEstate(folder, Optional.empty());
      String secret = Base64.getEncoder().encodeToString(estate.key.toPkcs8());
      Files.writeString(file, estate.key.verifier() + "\n" + secret + "\n");
      return estate;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private LogEstate(Path folder, Optional<Ed25519Signer> kept) {
    AmazonCorrettoCryptoProvider.install(); // as the server does
    if (kept.isEmpty()) {
      delete(folder.resolve("postgres").resolve("cluster"));
    }
    var random = new SecureRandom();
    server = EmbeddedDatabase.start(folder, folder.resolve("binaries"), random, Map.of());
    database = new Database(server.serving(), CONNECTIONS);
    key =
        kept.orElseGet(() -> Ed25519Signer.generate(new KeyName("remit/" + INSTALLATION), random));
    journal = new PostgresJournal(database);
    integrator =
        new PostgresIntegrator(
            database,
            INSTALLATION,
            new LogSigning(
                (tenant, checkpoint) -> {
                  signedSizes.put(tenant, checkpoint.head().size());
                  return checkpoint.sign(key);
                },
                TrustedKeys.of(key.verifier())),
            InstantSource.system());
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

  Database database() {
    return database;
  }

  Ed25519Verifier verifier() {
    return key.verifier();
  }

  PostgresJournal journal() {
    return journal;
  }

  PostgresIntegrator integrator() {
    return integrator;
  }

  /** How many entries of a tenant the last run signed. */
  long signedSize(TenantId tenant) {
    return signedSizes.getOrDefault(tenant, 0L);
  }

  /** Takes everything into the logs that waits. */
  void drain() {
    drain(() -> {});
  }

  /** The same, with something to do after each run. */
  void drain(Runnable afterRun) {
    while (integrator.runOnce() > 0) {
      afterRun.run();
    }
  }

  /** A connection as the owner of everything, which no server has. */
  Connection administration() throws SQLException {
    var config = server.administration().database("remit");
    return DriverManager.getConnection(config.url(), config.user(), config.password());
  }

  /** What a statement with one number answers. */
  long number(String sql) {
    try (var connection = administration();
        var statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    } catch (SQLException e) {
      throw BenchException.broken("the database refused the benchmark: " + e.getMessage());
    }
  }

  void run(String... statements) {
    try (var connection = administration();
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw BenchException.broken("the database refused the benchmark: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    integrator.close();
    database.close();
    server.close();
  }
}
