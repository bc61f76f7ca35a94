package dev.remit.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.evidence.CallLedger;
import dev.remit.core.evidence.TaskLedger;
import dev.remit.core.release.VersionId;
import dev.remit.core.task.Tasks;
import dev.remit.testkit.LimitContract;
import org.junit.jupiter.api.Test;

class PostgresLimitTest extends LimitContract {
  private final World world = new World();

  @Override
  protected Stores newStores() {
    return new Stores() {
      @Override
      public CallLedger calls() {
        return world.ledger;
      }

      @Override
      public TaskLedger taskLedger() {
        return world.taskLedger;
      }

      @Override
      public Tasks tasks() {
        return world.tasks;
      }

      @Override
      public VersionId version() {
        return World.V1;
      }

      @Override
      public void close() {
        world.close();
      }
    };
  }

  @Test
  void whoServesSeesNothingOfTheInstallationsCounters() {
    for (var table : new String[] {"fleet_use", "fleet_share", "fleet_member"}) {
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () -> TestDatabase.count(world.at.serving(), "select count(*) from remit." + table))
          .hasMessageContaining("permission denied");
    }
    assertThat(TestDatabase.count(world.at.serving(), "select count(*) from remit.limit_use"))
        .isZero();
  }
}
