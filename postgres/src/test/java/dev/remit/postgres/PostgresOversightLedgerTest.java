package dev.remit.postgres;

import dev.remit.core.evidence.Journal;
import dev.remit.core.evidence.PersonKeyLedger;
import dev.remit.core.evidence.ProposalLedger;
import dev.remit.core.kill.Kills;
import dev.remit.core.oversight.OversightLedger;
import dev.remit.testkit.OversightLedgerContract;

class PostgresOversightLedgerTest extends OversightLedgerContract {
  @Override
  protected Stores newStores() {
    var world = new World();
    var oversight = new PostgresOversightLedger(world.database, new RowSeal(new byte[32]));
    var log = new OversightLog(world);
    return new Overseen() {
      @Override
      public OversightLedger oversight() {
        return oversight;
      }

      @Override
      public void integrate() {
        log.integrate();
      }

      @Override
      public ProposalLedger proposals() {
        return world.proposals;
      }

      @Override
      public PersonKeyLedger keys() {
        return world.keys;
      }

      @Override
      public Kills kills() {
        return world.kills;
      }

      @Override
      public Journal journal() {
        return world.journal;
      }

      @Override
      public void close() {
        log.close();
        world.close();
      }
    };
  }
}
