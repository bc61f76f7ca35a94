package dev.remit.testkit;

import dev.remit.core.evidence.Journal;
import dev.remit.core.evidence.PersonKeyLedger;
import dev.remit.core.evidence.ProposalLedger;
import dev.remit.core.kill.Kills;
import dev.remit.core.release.VersionId;
import dev.remit.testkit.ApprovalSamples.Stores;
import java.util.List;
import org.junit.jupiter.api.Nested;

class InMemoryApprovalLedgerTest {

  @Nested
  class Proposals extends ProposalLedgerContract {
    @Override
    protected Stores newStores() {
      return stores();
    }
  }

  @Nested
  class Answers extends AnswerLedgerContract {
    @Override
    protected Stores newStores() {
      return stores();
    }
  }

  private static Stores stores() {
    var ledgers = new InMemoryLedgers(new VersionId("v1"), List.of());
    return new Stores() {
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
