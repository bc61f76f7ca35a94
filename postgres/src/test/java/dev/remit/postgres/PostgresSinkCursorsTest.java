package dev.remit.postgres;

import static dev.remit.postgres.World.HARBOR;
import static dev.remit.postgres.World.NORTH;
import static dev.remit.postgres.World.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.SinkCursors.Work;
import dev.remit.core.tenant.TenantId;
import dev.remit.log.Ed25519Signer;
import dev.remit.log.KeyName;
import dev.remit.log.TrustedKeys;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostgresSinkCursorsTest {

  private final World world = new World();
  private final Ed25519Signer key =
      Ed25519Signer.generate(new KeyName("remit/lab"), new SecureRandom());
  private final PostgresSinkCursors cursors = new PostgresSinkCursors(world.database);

  @AfterEach
  void close() {
    cursors.close();
    world.close();
  }

  private void log(TenantId tenant, int entries) {
    for (int i = 0; i < entries; i++) {
      world.journal.append(world.entry(tenant, Entry.Kind.REFUSAL));
    }
    try (var integrator =
        new PostgresIntegrator(
            world.database,
            "lab",
            new LogSigning(
                (of, checkpoint) -> checkpoint.sign(key), TrustedKeys.of(key.verifier())),
            InstantSource.fixed(NOW))) {
      assertThat(integrator.runOnce()).isPositive();
    }
  }

  @Test
  void aSinkIsBehindWhatIsInTheLogAndNotBehindWhatWaits() {
    world.journal.append(world.entry(HARBOR, Entry.Kind.REFUSAL));
    assertThat(cursors.work("soc", Set.of(HARBOR))).isEmpty();
    log(HARBOR, 2);
    assertThat(cursors.work("soc", Set.of(HARBOR))).containsExactly(new Work(HARBOR, 0, 3, NOW));
    assertThat(cursors.advance("soc", HARBOR, 0, 2, NOW)).isTrue();
    assertThat(cursors.work("soc", Set.of(HARBOR))).containsExactly(new Work(HARBOR, 2, 3, NOW));
    assertThat(cursors.advance("soc", HARBOR, 2, 3, NOW)).isTrue();
    assertThat(cursors.work("soc", Set.of(HARBOR))).isEmpty();
  }

  @Test
  void aClientsSinkIsToldOfItsOwnTenantAlone() {
    log(HARBOR, 1);
    log(NORTH, 1);
    assertThat(cursors.work("soc", Set.of(NORTH))).extracting(Work::tenant).containsOnly(NORTH);
    assertThat(cursors.work("soc", Set.of()))
        .extracting(Work::tenant)
        .contains(HARBOR, NORTH, TenantId.OPERATOR);
  }

  @Test
  void twoSinksHaveTwoCursors() {
    log(HARBOR, 2);
    assertThat(cursors.advance("soc", HARBOR, 0, 2, NOW)).isTrue();
    assertThat(cursors.work("other", Set.of(HARBOR))).extracting(Work::next).containsOnly(0L);
  }

  @Test
  void aCursorMovesOnlyFromWhereItIs() {
    log(HARBOR, 5);
    assertThat(cursors.advance("soc", HARBOR, 3, 5, NOW)).isFalse();
    assertThat(cursors.advance("soc", HARBOR, 0, 2, NOW)).isTrue();
    assertThat(cursors.advance("soc", HARBOR, 0, 3, NOW)).isFalse();
    assertThat(cursors.advance("soc", HARBOR, 1, 3, NOW)).isFalse();
    assertThat(cursors.work("soc", Set.of(HARBOR))).extracting(Work::next).containsOnly(2L);
  }

  @Test
  void ofTwoWhoMoveOneAtATimeMoves() throws Exception {
    log(HARBOR, 3);
    for (int i = 0; i < 3; i++) {
      long from = i;
      Callable<Boolean> mover = () -> cursors.advance("soc", HARBOR, from, from + 1, NOW);
      try (var threads = Executors.newFixedThreadPool(8)) {
        int moved = 0;
        for (var one : threads.invokeAll(java.util.Collections.nCopies(8, mover))) {
          moved += one.get() ? 1 : 0;
        }
        assertThat(moved).isEqualTo(1);
      }
    }
  }

  @Test
  void aCursorNeverGoesBackEvenByHand() {
    log(HARBOR, 3);
    assertThat(cursors.advance("soc", HARBOR, 0, 3, NOW)).isTrue();
    assertThatThrownBy(() ->
            world.database.rowsOf(
                HARBOR, "update remit.sink_cursor set next = 1", params -> {}, row -> true))
        .hasStackTraceContaining("only grows");
  }

  @Test
  void oneProcessHasTheTurnUntilItsConnectionEnds() {
    try (var other = new PostgresSinkCursors(world.database)) {
      assertThat(cursors.isOurTurn()).isTrue();
      assertThat(cursors.isOurTurn()).isTrue();
      assertThat(other.isOurTurn()).isFalse();
      TestDatabase.run(
          world.at.admin(),
          "select pg_terminate_backend(pid, 5000) from pg_locks where locktype = 'advisory'"
              + " and objid = 3 and granted");
      assertThat(other.isOurTurn()).isTrue();
      assertThat(cursors.isOurTurn()).isFalse();
    }
    assertThat(cursors.isOurTurn()).isTrue();
  }

  @Test
  void figuresAreOfTheWholeInstallation() {
    log(HARBOR, 1);
    world.journal.append(world.entry(HARBOR, Entry.Kind.REFUSAL));
    world.journal.append(world.entry(NORTH, Entry.Kind.REFUSAL));
    var figures = new PostgresFigures(world.database).at(NOW.plusSeconds(60));
    assertThat(figures)
        .containsEntry("log_entries_waiting", 2.0)
        .containsEntry("log_oldest_waiting_seconds", 60.0)
        .containsEntry("log_unwitnessed_seconds", 60.0)
        .containsEntry("leases_live", 0.0)
        .containsKeys("approvals_open", "leases_exposed", "kills_in_force", "calls_running");
  }
}
