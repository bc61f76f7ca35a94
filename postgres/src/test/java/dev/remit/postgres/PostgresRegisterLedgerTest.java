package dev.remit.postgres;

import dev.remit.core.evidence.Journal;
import dev.remit.core.evidence.PersonKeyLedger;
import dev.remit.core.evidence.ProposalLedger;
import dev.remit.core.kill.Kills;
import dev.remit.core.register.RegisterLedger;
import dev.remit.testkit.RegisterLedgerContract;

class PostgresRegisterLedgerTest extends RegisterLedgerContract {
  @Override
  protected Stores newStores() {
    var world = new World();
    return new Registered() {
      @Override
      public RegisterLedger register() {
        return new PostgresRegisterLedger(world.database, new RowSeal(new byte[32]));
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
        world.close();
      }
    };
  }
}
