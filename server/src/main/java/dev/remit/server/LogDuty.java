package dev.remit.server;

import dev.remit.core.evidence.LogFiles;
import dev.remit.core.flow.Oversight;
import dev.remit.core.kill.KillScope;
import dev.remit.core.kill.Kills;
import dev.remit.core.tenant.TenantId;
import dev.remit.postgres.BrokenLogException;
import dev.remit.postgres.PostgresIntegrator;
import dev.remit.server.witness.Cosigning;
import dev.remit.server.witness.LogAlarm;
import dev.remit.server.witness.WitnessSite;
import java.net.http.HttpClient;
import java.time.Duration;
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
      while (integrator.runOnce() >= PostgresIntegrator.BATCH) {
        Thread.onSpinWait();
      }
    } catch (BrokenLogException e) {
      broken(e);
      for (var other : e.getSuppressed()) {
        if (other instanceof BrokenLogException another) {
          broken(another);
        }
      }
      throw e;
    }
  }

  private void broken(BrokenLogException e) {
    stop(e.tenant(), String.valueOf(e.getMessage()));
  }

  @Override
  public void stop(TenantId tenant, String why) {
    var scope = tenant.equals(TenantId.OPERATOR) ? KillScope.EVERYTHING : KillScope.tenant(tenant);
    boolean isStopped = oversight.kills().stream().map(Kills.Active::scope).anyMatch(scope::equals);
    if (!isStopped) {
      oversight.kill(scope, "remit", "the log is not one history any more: " + why);
      LOG.log(System.Logger.Level.ERROR, "stopped {0}: {1}", scope.text(), why);
    }
  }
}
