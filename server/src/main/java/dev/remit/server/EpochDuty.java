package dev.remit.server;

import dev.remit.core.flow.Drivers;
import dev.remit.postgres.Database;
import dev.remit.postgres.PostgresEpochs;
import dev.remit.postgres.PostgresProposalLedger;
import dev.remit.postgres.PostgresSessions;
import dev.remit.postgres.RowSeal;
import dev.remit.server.restore.Memory;
import dev.remit.server.restore.Restoration;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * What is asked of the data before anything is served from it: whether it is of an earlier life.
 */
final class EpochDuty {

  private EpochDuty() {}

  /** Looks once; whoever holds the answer looks again now and then. */
  static Restoration begin(
      DataFolder data,
      Database database,
      Drivers drivers,
      SecureRandom random,
      InstantSource clock) {
    var restoration =
        new Restoration(
            new PostgresEpochs(database),
            new Memory(data.root()),
            drivers.oversight(),
            new PostgresProposalLedger(database, new RowSeal(data.rowsKey())),
            new PostgresSessions(database),
            new SecureIds(random),
            clock);
    restoration.look();
    return restoration;
  }
}
