package dev.remit.server;

import dev.remit.core.flow.Drivers;
import dev.remit.core.identity.PersonFunction;
import dev.remit.core.register.Agents;
import dev.remit.core.register.RegisterPorts;
import dev.remit.core.release.People;
import dev.remit.postgres.Database;
import dev.remit.postgres.PostgresRegisterLedger;
import dev.remit.postgres.PostgresVersions;
import dev.remit.postgres.RowSeal;
import dev.remit.server.notice.AgentNotices;
import dev.remit.server.notice.Channel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The register of agents, put together, and what is done for it all the time. */
final class RegisterDuty {

  private static final Duration ROUND = Duration.ofSeconds(5);
  private static final Duration USES = Duration.ofMinutes(1);
  private static final Duration NOTICES = Duration.ofSeconds(30);

  private RegisterDuty() {}

  static RegisterPorts ports(Database database, RowSeal seal) {
    return RegisterPorts.over(
        new PostgresRegisterLedger(database, seal),
        new StoredAgents(new PostgresVersions(database)::files),
        System::nanoTime);
  }

  /** Tells people of the MSP what becomes of agents. */
  static void tell(
      Timers timers,
      Drivers drivers,
      List<Channel> channels,
      ActiveReleases releases,
      Outward outward,
      String origin,
      InstantSource clock) {
    var sources =
        new AgentNotices.Sources(
            drivers.agents()::all,
            shown -> hearing(shown, releases.active().release().people()),
            outward::isOurTurn,
            shown -> origin + "/console/agents#agent-" + shown.agentClass().id().value());
    timers.every("agent notices", NOTICES, new AgentNotices(sources, channels, clock)::round);
  }

  /** Its owners, and every group that oversees. */
  private static Set<String> hearing(Agents.Shown shown, People people) {
    var names = new HashSet<String>();
    names.add(shown.agentClass().owner());
    shown.agentClass().accountability().person().ifPresent(names::add);
    people
        .groups()
        .forEach((name, group) -> {
          if (group.functions().contains(PersonFunction.OVERSEE)) {
            names.add(name);
          }
        });
    return names;
  }

  /** Starts it; it ends with the timers. */
  static void start(Timers timers, Drivers drivers, boolean isLab) {
    var round = drivers.registerRound();
    round.begin(isLab);
    timers.every("register", ROUND, round::round);
    timers.every("agent uses", USES, round::noteUses);
  }
}
