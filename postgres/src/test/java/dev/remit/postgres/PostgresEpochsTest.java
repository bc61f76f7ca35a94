package dev.remit.postgres;

import static dev.remit.postgres.World.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.evidence.Entry;
import dev.remit.core.restore.Epoch;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An epoch begins once, and the database knows where it lives. */
class PostgresEpochsTest {

  private final World world = new World();
  private final PostgresEpochs epochs = new PostgresEpochs(world.database);

  @AfterEach
  void close() {
    world.close();
  }

  private Entry entry() {
    return new Entry(
        world.id(),
        TenantId.OPERATOR,
        Entry.Kind.RESTORED,
        Optional.empty(),
        Optional.empty(),
        NOW,
        Value.object("epoch", 1L, "cause", "first"),
        Value.Obj.EMPTY,
        "00".repeat(16));
  }

  private Epoch epoch(long number) {
    return new Epoch(number, "tried", epochs.cluster(), NOW);
  }

  @Test
  void ofSeveralAtOnceOneBeginsAnEpoch() throws Exception {
    long next = epochs.latest().map(Epoch::number).orElse(0L) + 1;
    try (var pool = Executors.newFixedThreadPool(4)) {
      var begun =
          pool
              .invokeAll(
                  IntStream.range(0, 4)
                      .mapToObj(i -> (Callable<Boolean>) () -> epochs.begin(epoch(next), entry()))
                      .toList())
              .stream()
              .filter(future -> future.resultNow())
              .count();
      assertThat(begun).isEqualTo(1);
    }
    assertThat(epochs.latest()).contains(epoch(next));
    assertThat(epochs.begin(epoch(next + 2), entry())).as("none is left out").isFalse();
  }

  @Test
  void theDatabaseSaysWhereItLives() {
    assertThat(epochs.cluster()).matches("[0-9]+/[0-9A-F]{8}").isEqualTo(epochs.cluster());
  }
}
