package dev.remit.testkit;

import dev.remit.core.evidence.CallLedger;
import dev.remit.core.evidence.TaskLedger;
import dev.remit.core.release.VersionId;
import dev.remit.core.task.Tasks;
import java.util.List;

class InMemoryLimitTest extends LimitContract {
  @Override
  protected Stores newStores() {
    var version = new VersionId("v1");
    var ledgers = new InMemoryLedgers(version, List.of());
    ledgers.active(new dev.remit.core.identity.AgentClassId("service-desk"));
    return new Stores() {
      @Override
      public CallLedger calls() {
        return ledgers.calls();
      }

      @Override
      public TaskLedger taskLedger() {
        return ledgers.taskLedger();
      }

      @Override
      public Tasks tasks() {
        return ledgers.tasks();
      }

      @Override
      public VersionId version() {
        return version;
      }

      @Override
      public void close() {
        // Nothing is held.
      }
    };
  }
}
