package dev.remit.server;

import dev.remit.core.flow.Drivers;
import dev.remit.core.register.RegisterPorts;
import dev.remit.postgres.Database;
import dev.remit.postgres.PostgresRegisterLedger;
import dev.remit.postgres.PostgresVersions;
import dev.remit.postgres.RowSeal;
import java.time.Duration;

/** The register of agents, put together, and what is done for it all the time. */
final class RegisterDuty {

  private static final Duration ROUND = Duration.ofSeconds(5);
  private static final Duration USES = Duration.ofMinutes(1);

  private RegisterDuty() {}

  static RegisterPorts ports(Database database, RowSeal seal) {
    return RegisterPorts.over(
        new PostgresRegisterLedger(database, seal),
        new StoredAgents(new PostgresVersions(database)),
        System::nanoTime);
  }

  /** Starts it; it ends with the timers. */
  static void start(Timers timers, Drivers drivers, boolean isLab) {
    var round = drivers.registerRound();
    round.begin(isLab);
    timers.every("register", ROUND, round::round);
    timers.every("agent uses", USES, round::noteUses);
  }
}
