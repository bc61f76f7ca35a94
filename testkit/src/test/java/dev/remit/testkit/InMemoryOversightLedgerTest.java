package dev.remit.testkit;

import dev.remit.core.evidence.Journal;
import dev.remit.core.evidence.PersonKeyLedger;
import dev.remit.core.evidence.ProposalLedger;
import dev.remit.core.kill.Kills;
import dev.remit.core.oversight.OversightLedger;
import dev.remit.core.release.VersionId;
import java.util.List;

class InMemoryOversightLedgerTest extends OversightLedgerContract {
  @Override
  protected Stores newStores() {
    var ledgers = new InMemoryLedgers(new VersionId("v1"), List.of());
    return new Overseen() {
      @Override
      public OversightLedger oversight() {
        return ledgers.oversight();
      }

      @Override
      public void integrate() {
        // Entries are in the log at once.
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
