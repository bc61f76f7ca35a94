package dev.remit.postgres;

import static dev.remit.postgres.World.HARBOR;
import static dev.remit.postgres.World.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Journal;
import dev.remit.core.tenant.TenantId;
import dev.remit.log.Checkpoint;
import dev.remit.log.Ed25519Signer;
import dev.remit.log.KeyName;
import dev.remit.log.MerkleTree;
import dev.remit.log.TreeHead;
import dev.remit.log.TrustedKeys;
import dev.remit.log.Verified;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The database as it is on bad days: cut off at any packet, silent, read-only. */
class BadDaysTest {

  /** What callers are promised; see docs/operating/log-keys.md. */
  private static final Duration BOUND = Duration.ofSeconds(13);

  private final World world = new World();
  private final Wire wire = new Wire(world.at.serving());
  private final Database database = new Database(wire.over(world.at.serving()), 4);
  private final PostgresJournal journal = new PostgresJournal(database);
  private final Ed25519Signer key =
      Ed25519Signer.generate(new KeyName("remit/lab"), new SecureRandom());
  private final Map<TenantId, TreeHead> signed = new HashMap<>();
  private final List<String> acknowledged = new ArrayList<>();

  @AfterEach
  void close() {
    wire.close();
    database.close();
    world.close();
  }

  private PostgresIntegrator integrator() {
    var heads =
        new SignedHeads() {
          @Override
          public Optional<TreeHead> last(TenantId tenant) {
            return Optional.ofNullable(signed.get(tenant));
          }

          @Override
          public void signed(Map<TenantId, TreeHead> more) {
            signed.putAll(more);
          }
        };
    return new PostgresIntegrator(
        database,
        "lab",
        new LogSigning(
            (tenant, checkpoint) -> checkpoint.sign(key), TrustedKeys.of(key.verifier()), heads),
        InstantSource.fixed(NOW));
  }

  /** Whether it was acknowledged. */
  private boolean append() {
    var entry = world.entry(HARBOR, Entry.Kind.REFUSAL);
    try {
      journal.append(entry);
      acknowledged.add(entry.leaf());
      return true;
    } catch (DatabaseUnavailableException e) {
      return false;
    }
  }

  /** Connections that broke are found out one by one. */
  private void appendAgain() {
    int tries = 0;
    while (!append()) {
      assertThat(++tries).isLessThan(20);
    }
  }

  private void assertNothingLostAndOneHistory() {
    try (var after = integrator()) {
      runUntilTaken(after);
      while (after.runOnce() > 0) {
        Thread.onSpinWait();
      }
    }
    var stored =
        world.journal.read(
            new Journal.Query(
                HARBOR, 0, 100_000, Optional.empty(), Optional.empty(), Optional.empty()));
    assertThat(stored).allMatch(entry -> entry.index().isPresent());
    var leaves = stored.stream().map(Journal.Stored::leaf).toList();
    assertThat(leaves).containsAll(acknowledged).doesNotHaveDuplicates();
    var head =
        MerkleTree.head(
            leaves.stream()
                .map(leaf -> MerkleTree.hashLeaf(leaf.getBytes(StandardCharsets.UTF_8)))
                .iterator());
    var note = world.journal.checkpoint(HARBOR).orElseThrow();
    assertThat(
            Checkpoint.open(
                note.getBytes(StandardCharsets.UTF_8),
                PostgresIntegrator.origin("lab", HARBOR),
                TrustedKeys.of(key.verifier())))
        .isInstanceOfSatisfying(
            Verified.Proven.class,
            proven -> assertThat(((Checkpoint) proven.value()).head()).isEqualTo(head));
  }

  private static void runUntilTaken(PostgresIntegrator integrator) {
    for (int tries = 0; tries < 20; tries++) {
      try {
        integrator.runOnce();
        return;
      } catch (DatabaseUnavailableException e) {
        assertThat(e).hasMessageContaining("away");
      }
    }
  }

  @Test
  void anAppendThatIsCutOffAtAnyPacketLosesNothingThatWasAcknowledged() {
    append();
    wire.whole();
    append();
    int packets = wire.passed();
    assertThat(packets).isPositive();
    for (int packet = 1; packet <= packets; packet++) {
      wire.cutBefore(packet);
      append();
      wire.whole();
      appendAgain();
      wire.cutAfter(packet);
      append();
      wire.whole();
      appendAgain();
    }
    assertNothingLostAndOneHistory();
  }

  @Test
  void anIntegrationThatIsCutOffAtAnyPacketIsTakenFurtherByTheNext() {
    append();
    int packets;
    try (var integrator = integrator()) {
      integrator.runOnce();
      append();
      wire.whole();
      assertThat(integrator.runOnce()).isEqualTo(1);
      packets = wire.passed();
    }
    assertThat(packets).isGreaterThan(3);
    for (int packet = 1; packet <= packets + 1; packet++) {
      for (boolean isBefore : List.of(true, false)) {
        wire.whole();
        appendAgain();
        try (var integrator = integrator()) {
          runUntilTaken(integrator);
          appendAgain();
          if (isBefore) {
            wire.cutBefore(packet);
          } else {
            wire.cutAfter(packet);
          }
          try {
            integrator.runOnce();
          } catch (DatabaseUnavailableException e) {
            assertThat(e).hasMessageContaining("away");
          }
          wire.whole();
        }
      }
    }
    assertNothingLostAndOneHistory();
  }

  @Test
  void aSilentDatabaseIsToldInBoundedTimeToAllThatWait() throws Exception {
    assertThat(append()).isTrue();
    wire.silent(true);
    long start = System.nanoTime();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var waiting = new ArrayList<Future<Boolean>>();
      for (int i = 0; i < 600; i++) {
        var entry = world.entry(HARBOR, Entry.Kind.REFUSAL);
        waiting.add(
            threads.submit(() -> {
              journal.append(entry);
              return true;
            }));
      }
      for (var one : waiting) {
        assertThatThrownBy(one::get).hasCauseInstanceOf(DatabaseUnavailableException.class);
      }
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
    wire.silent(false);
    assertThat(append()).isTrue();
    assertNothingLostAndOneHistory();
  }

  @Test
  void aReadOnlyDatabaseIsAwayAtOnceAndIsStillRead() {
    assertThat(append()).isTrue();
    TestDatabase.run(
        world.at.admin(),
        "alter role remit_serve set default_transaction_read_only = on",
        "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'remit_serve'"
            + " and datname = current_database()");
    try {
      assertThat(append()).isFalse();
      assertThat(append()).isFalse();
      assertThat(journal.checkpoint(HARBOR)).isEmpty();
      assertThat(database.isReachable()).isTrue();
    } finally {
      TestDatabase.run(
          world.at.admin(),
          "alter role remit_serve reset default_transaction_read_only",
          "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'remit_serve'"
              + " and datname = current_database()");
    }
    appendAgain();
    // The connections of the pool that reads were ended as well, and are found out one by one.
    for (int tries = 0; tries < 20; tries++) {
      world.database.isReachable();
    }
    assertNothingLostAndOneHistory();
  }
}
