package dev.remit.postgres;

import dev.remit.core.evidence.Journal;
import dev.remit.core.evidence.PersonKeyLedger;
import dev.remit.core.evidence.ProposalLedger;
import dev.remit.core.kill.Kills;
import dev.remit.testkit.AnswerLedgerContract;
import dev.remit.testkit.ApprovalSamples.Stores;
import dev.remit.testkit.ProposalLedgerContract;
import org.junit.jupiter.api.Nested;

class PostgresApprovalLedgerTest {

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
    var world = new World();
    return new Stores() {
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
