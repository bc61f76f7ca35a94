package dev.remit.postgres;

import static dev.remit.postgres.World.HARBOR;
import static dev.remit.postgres.World.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.remit.core.evidence.Entry;
import dev.remit.log.Ed25519Signer;
import dev.remit.log.KeyName;
import dev.remit.log.TrustedKeys;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two replicas with a pool each; the writer's session ends while it holds the lock.
 *
 * <p>The other one runs four times a second, as in the server: eight runs are its 2 seconds.
 */
class TakeoverTest {

  private static final int ROUNDS = 8;

  private final World world = new World();
  private final Wire wire = new Wire(world.at.serving());
  private final Database first = new Database(wire.over(world.at.serving()), 3);
  private final Ed25519Signer key =
      Ed25519Signer.generate(new KeyName("remit/lab"), new SecureRandom());
  private final PostgresIntegrator writer = integrator(first);
  private final PostgresIntegrator other = integrator(world.database);

  private PostgresIntegrator integrator(Database database) {
    return new PostgresIntegrator(
        database,
        "lab",
        new LogSigning(
            (tenant, checkpoint) -> checkpoint.sign(key), TrustedKeys.of(key.verifier())),
        InstantSource.fixed(NOW));
  }

  @BeforeEach
  void theFirstOneWrites() {
    world.journal.append(world.entry(HARBOR, Entry.Kind.REFUSAL));
    assertThat(writer.runOnce()).isPositive();
    world.journal.append(world.entry(HARBOR, Entry.Kind.REFUSAL));
    assertThat(other.runOnce()).as("the other one waits").isZero();
  }

  @AfterEach
  void close() {
    wire.close();
    writer.close();
    other.close();
    first.close();
    world.close();
  }

  private void assertTheOtherOneTakesOver() {
    int integrated = 0;
    for (int round = 1; integrated == 0 && round <= ROUNDS; round++) {
      TestDatabase.run(world.at.admin(), "select pg_sleep(0.25)");
      integrated = other.runOnce();
    }
    assertThat(integrated).isEqualTo(1);
  }

  @Test
  void aWriterWhoseSessionIsEndedIsFollowedByTheOther() {
    TestDatabase.run(
        world.at.admin(),
        "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'"
            + " and classid = 1380273481 and objid = 2 and granted");
    assertTheOtherOneTakesOver();
    assertThat(writer.runOnce()).as("it is the writer no more").isZero();
  }

  @Test
  void aWriterWhoseConnectionIsCutIsFollowedByTheOther() {
    wire.close();
    assertTheOtherOneTakesOver();
    assertThat(catchThrowable(writer::runOnce)).isInstanceOf(DatabaseUnavailableException.class);
  }

  @Test
  void aWriterThatVanishesWithoutAGoodbyeIsFollowedByTheOther() {
    wire.silent(true);
    assertTheOtherOneTakesOver();
    wire.silent(false);
    world.journal.append(world.entry(HARBOR, Entry.Kind.REFUSAL));
    assertThat(catchThrowable(writer::runOnce)).as("it comes back, and waits").isNull();
    assertThat(other.runOnce()).isEqualTo(1);
  }
}
