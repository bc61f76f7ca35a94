package dev.remit.server;

import dev.remit.core.evidence.LogFiles;
import dev.remit.core.flow.Oversight;
import dev.remit.core.kill.KillScope;
import dev.remit.core.kill.Kills;
import dev.remit.core.tenant.TenantId;
import dev.remit.evidence.CheckpointSigning;
import dev.remit.log.SignedNote;
import dev.remit.postgres.BrokenLogException;
import dev.remit.postgres.ClockWentBackException;
import dev.remit.postgres.Database;
import dev.remit.postgres.LogSigning;
import dev.remit.postgres.PostgresIntegrator;
import dev.remit.server.witness.Cosigning;
import dev.remit.server.witness.LogAlarm;
import dev.remit.server.witness.WitnessSite;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * What is done for the logs all the time: entries are integrated, witnesses are asked, and a tenant
 * whose log is not one history any more is stopped.
 */
final class LogDuty implements LogAlarm {

  private static final System.Logger LOG = System.getLogger("dev.remit.server");
  private static final Duration INTEGRATE = Duration.ofMillis(250);
  private static final Duration COSIGN = Duration.ofSeconds(2);

  private final Oversight oversight;

  private LogDuty(Oversight oversight) {
    this.oversight = oversight;
  }

  /** What takes entries into the logs, with this installation's key. */
  static PostgresIntegrator integrator(
      Database database, CheckpointSigning signing, InstantSource clock) {
    return new PostgresIntegrator(
        database,
        signing.installation(),
        new LogSigning(
            (tenant, checkpoint) ->
                SignedNote.parse(
                    signing.sign(tenant, checkpoint.head()).getBytes(StandardCharsets.UTF_8)),
            signing.trusted()),
        clock);
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
    try {
      do {
        integrator.runOnce();
      } while (integrator.hasMore());
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
    boolean isStopped = oversight.kills().stream().map(Kills.Active::scope).anyMatch(scope::equals);
    if (!isStopped) {
      oversight.kill(scope, "remit", "the log cannot be relied on: " + why);
      LOG.log(System.Logger.Level.ERROR, "stopped {0}: {1}", scope.text(), why);
    }
  }
}
