package dev.remit.server;

import dev.remit.core.call.Sha256;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.LogFiles;
import dev.remit.core.flow.Oversight;
import dev.remit.core.kill.KillOrder;
import dev.remit.core.kill.KillScope;
import dev.remit.core.kill.Kills;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import dev.remit.evidence.CheckpointSigning;
import dev.remit.evidence.CommandSigner;
import dev.remit.evidence.KeyRotation;
import dev.remit.log.SignedNote;
import dev.remit.postgres.BrokenLogException;
import dev.remit.postgres.ClockWentBackException;
import dev.remit.postgres.Database;
import dev.remit.postgres.LogSigning;
import dev.remit.postgres.PostgresIntegrator;
import dev.remit.postgres.PostgresJournal;
import dev.remit.server.log.HeadsFile;
import dev.remit.server.log.SignerConfig;
import dev.remit.server.log.SpooledJournal;
import dev.remit.server.witness.Cosigning;
import dev.remit.server.witness.LogAlarm;
import dev.remit.server.witness.WitnessSite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What is done for the logs all the time: entries are integrated, witnesses are asked, and a tenant
 * whose log is not one history any more is stopped.
 */
final class LogDuty implements LogAlarm {

  private static final System.Logger LOG = System.getLogger("dev.remit.server");
  private static final Duration INTEGRATE = Duration.ofMillis(250);
  private static final Duration AUDIT = Duration.ofSeconds(5);
  private static final Duration COSIGN = Duration.ofSeconds(2);
  private static final Duration SIGN_WITHIN = Duration.ofSeconds(5);

  private final Oversight oversight;

  LogDuty(Oversight oversight) {
    this.oversight = oversight;
  }

  /** What takes entries into the logs, with this installation's key. */
  static PostgresIntegrator integrator(
      Database database,
      CheckpointSigning signing,
      Path dataFolder,
      InstantSource clock,
      Deque<Runnable> closing) {
    var heads = HeadsFile.open(dataFolder);
    closing.push(heads::close);
    enterRotations(dataFolder, database, clock, new SecureIds(new SecureRandom()));
    return new PostgresIntegrator(
        database,
        signing.installation(),
        new LogSigning(
            (tenant, checkpoint) ->
                SignedNote.parse(
                    signing.sign(tenant, checkpoint.head()).getBytes(StandardCharsets.UTF_8)),
            signing.trusted(),
            heads),
        clock);
  }

  /** The key of the logs: in the data folder, or behind the command that configuration names. */
  static CheckpointSigning signing(
      Options options, Path dataFolder, SecureRandom random, Deque<Runnable> closing) {
    var command = SignerConfig.read(options.config());
    if (command.isEmpty()) {
      return CheckpointSigning.open(dataFolder, random);
    }
    var signer = CommandSigner.start(command, SIGN_WITHIN);
    closing.push(signer::close);
    return CheckpointSigning.open(dataFolder, random, signer);
  }

  /** Enters each change of the key into the operator's log, once. */
  private static void enterRotations(
      Path dataFolder, Database database, InstantSource clock, SecureIds ids) {
    var journal = new PostgresJournal(database);
    try {
      for (String statement : KeyRotation.statements(dataFolder)) {
        KeyRotation.keys(statement)
            .map(keys -> rotation(keys, statement, clock.instant(), ids.salt()))
            .ifPresent(journal::appendOnce);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the log's key changes cannot be read", e);
    }
  }

  private static Entry rotation(KeyRotation.Keys keys, String statement, Instant at, String salt) {
    return new Entry(
        "log-key-" + Sha256.of(Value.of(keys.to())).substring("sha256:".length()),
        TenantId.OPERATOR,
        Entry.Kind.LOG_KEY_CHANGED,
        Optional.empty(),
        Optional.empty(),
        at,
        Value.object("from", keys.from(), "to", keys.to(), "statement", statement),
        Value.Obj.EMPTY,
        salt);
  }

  /** The journal that goes on refusing while the database is away. */
  static SpooledJournal journal(Database database, Path dataFolder, Deque<Runnable> closing) {
    var journal = new PostgresJournal(database);
    var spooled = SpooledJournal.open(dataFolder, journal, journal::appendOnce, System::nanoTime);
    closing.push(spooled::close);
    return spooled;
  }

  /** Starts it; it ends with the timers. */
  static void start(
      Timers timers,
      PostgresIntegrator integrator,
      LogFiles logs,
      List<WitnessSite> witnesses,
      Oversight oversight) {
    var duty = new LogDuty(oversight);
    timers.every("integrate", INTEGRATE, () -> duty.integrate(integrator));
    var audit = integrator.audit();
    timers.every("audit of the logs", AUDIT, () -> duty.alarming(audit::runOnce));
    var http =
        HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(3))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    for (var site : witnesses) {
      timers.every(
          "witness " + site.key().name(), COSIGN, new Cosigning(site, logs, duty, http)::runOnce);
    }
  }

  private void integrate(PostgresIntegrator integrator) {
    alarming(() -> {
      do {
        integrator.runOnce();
      } while (integrator.hasMore());
    });
  }

  /** What is wrong with any log stops its tenant, and the work is tried again later. */
  void alarming(Runnable work) {
    try {
      work.run();
    } catch (BrokenLogException | ClockWentBackException e) {
      alarm(e);
      for (var other : e.getSuppressed()) {
        alarm(other);
      }
      throw e;
    }
  }

  private void alarm(Throwable e) {
    switch (e) {
      case BrokenLogException broken -> stop(broken.tenant(), String.valueOf(e.getMessage()));
      case ClockWentBackException _ -> stop(TenantId.OPERATOR, String.valueOf(e.getMessage()));
      default -> LOG.log(System.Logger.Level.ERROR, "a log stands still", e);
    }
  }

  @Override
  public void stop(TenantId tenant, String why) {
    var scope = tenant.equals(TenantId.OPERATOR) ? KillScope.EVERYTHING : KillScope.tenant(tenant);
    boolean isStopped =
        oversight.kills().stream()
            .filter(stop -> stop.mode() == KillOrder.Mode.KILL)
            .map(Kills.Active::scope)
            .anyMatch(scope::equals);
    if (!isStopped) {
      oversight.kill(scope, "remit", "the log cannot be relied on: " + why);
      LOG.log(System.Logger.Level.ERROR, "stopped {0}: {1}", scope.text(), why);
    }
  }
}
