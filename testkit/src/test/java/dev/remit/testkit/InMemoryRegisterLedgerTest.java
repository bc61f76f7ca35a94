package dev.remit.testkit;

import dev.remit.core.evidence.Journal;
import dev.remit.core.evidence.PersonKeyLedger;
import dev.remit.core.evidence.ProposalLedger;
import dev.remit.core.kill.Kills;
import dev.remit.core.register.RegisterLedger;
import dev.remit.core.release.VersionId;
import java.util.List;

class InMemoryRegisterLedgerTest extends RegisterLedgerContract {
  @Override
  protected Stores newStores() {
    var ledgers = new InMemoryLedgers(new VersionId("v1"), List.of());
    return new Registered() {
      @Override
      public RegisterLedger register() {
        return ledgers.register();
      }

      @Override
      public ProposalLedger proposals() {
        return ledgers.proposals();
      }

      @Override
      public PersonKeyLedger keys() {
        return ledgers.personKeys();
      }

      @Override
      public Kills kills() {
        return ledgers.kills();
      }

      @Override
      public Journal journal() {
        return ledgers.journal();
      }

      @Override
      public void close() {
        // Nothing is held.
      }
    };
  }
}
