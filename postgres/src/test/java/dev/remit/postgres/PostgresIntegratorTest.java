package dev.remit.postgres;

import static dev.remit.postgres.World.HARBOR;
import static dev.remit.postgres.World.NORTH;
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
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresIntegratorTest {

  private final World world = new World();
  private final Ed25519Signer key =
      Ed25519Signer.generate(new KeyName("remit/lab/harbor-dental"), new SecureRandom());
  private final PostgresIntegrator integrator = integrator();

  private PostgresIntegrator integrator() {
    return new PostgresIntegrator(
        world.database,
        "lab",
        new LogSigning(
            (tenant, checkpoint) -> checkpoint.sign(key), TrustedKeys.of(key.verifier())),
        InstantSource.fixed(NOW));
  }

  @BeforeEach
  void theFirstRunTakesTheActivation() {
    drain();
    assertThat(logged(TenantId.OPERATOR)).hasSize(1);
  }

  @AfterEach
  void close() {
    integrator.close();
    world.close();
  }

  private void drain() {
    while (integrator.runOnce() > 0) {
      assertThat(world.database.isReachable()).isTrue();
    }
  }

  private void append(TenantId tenant, int times) {
    for (int i = 0; i < times; i++) {
      world.journal.append(world.entry(tenant, Entry.Kind.REFUSAL));
    }
  }

  private List<Journal.Stored> read(TenantId tenant) {
    return world.journal.read(
        new Journal.Query(
            tenant, 0, 100_000, Optional.empty(), Optional.empty(), Optional.empty()));
  }

  private List<Journal.Stored> logged(TenantId tenant) {
    return read(tenant).stream().filter(entry -> entry.index().isPresent()).toList();
  }

  private TreeHead signed(TenantId tenant) {
    var note = world.journal.checkpoint(tenant).orElseThrow();
    var opened =
        Checkpoint.open(
            note.getBytes(StandardCharsets.UTF_8),
            PostgresIntegrator.origin("lab", tenant),
            TrustedKeys.of(key.verifier()));
    return switch (opened) {
      case Verified.Proven<Checkpoint>(Checkpoint checkpoint) -> checkpoint.head();
      case Verified.Refuted<Checkpoint> refuted -> throw new AssertionError(refuted.toString());
    };
  }

  private void assertLogMatchesCheckpoint(TenantId tenant) {
    var entries = logged(tenant);
    for (int i = 0; i < entries.size(); i++) {
      assertThat(entries.get(i).index()).contains((long) i);
    }
    var head =
        MerkleTree.head(
            entries.stream()
                .map(e -> MerkleTree.hashLeaf(e.leaf().getBytes(StandardCharsets.UTF_8)))
                .iterator());
    assertThat(signed(tenant)).isEqualTo(head);
  }

  @Test
  void anEntryIsShownBeforeAndAfterItIsLogged() {
    append(HARBOR, 2);
    assertThat(read(HARBOR)).hasSize(2).allMatch(entry -> entry.index().isEmpty());
    assertThat(integrator.runOnce()).isEqualTo(2);
    assertThat(read(HARBOR)).hasSize(2).allMatch(entry -> entry.index().isPresent());
    assertThat(integrator.runOnce()).isZero();
    assertLogMatchesCheckpoint(HARBOR);
  }

  @Test
  void logsOfTenantsAreApart() {
    append(HARBOR, 3);
    append(NORTH, 1);
    drain();
    assertThat(signed(HARBOR).size()).isEqualTo(3);
    assertThat(signed(NORTH).size()).isEqualTo(1);
    assertLogMatchesCheckpoint(NORTH);
  }

  @Test
  void concurrentWritersLoseNothingAndTheOrderStays() throws Exception {
    var isDone = new AtomicBoolean();
    var seen = new ArrayList<List<Journal.Stored>>();
    try (var threads = Executors.newFixedThreadPool(9)) {
      var integrating =
          threads.submit(() -> {
            while (!isDone.get()) {
              integrator.runOnce();
              seen.add(logged(HARBOR));
            }
            return true;
          });
      Callable<Boolean> writer =
          () -> {
            append(HARBOR, 100);
            return true;
          };
      for (var written : threads.invokeAll(java.util.Collections.nCopies(8, writer))) {
        assertThat(written.get()).isTrue();
      }
      isDone.set(true);
      assertThat(integrating.get()).isTrue();
    }
    drain();
    var all = logged(HARBOR);
    assertThat(all).hasSize(800);
    assertThat(seen).allSatisfy(part -> assertThat(all.subList(0, part.size())).isEqualTo(part));
    assertLogMatchesCheckpoint(HARBOR);
  }

  @Test
  void anEntryThatCommitsLateIsNotPassedOver() throws SQLException {
    try (var slow = Connect.to(world.at.serving())) {
      slow.setAutoCommit(false);
      insert(slow, "slow");
      append(HARBOR, 3);
      assertThat(integrator.runOnce()).as("nothing may be logged in front of it").isZero();
      slow.commit();
    }
    drain();
    var all = logged(HARBOR);
    assertThat(all).hasSize(4);
    assertThat(all.getFirst().leaf()).contains("slow");
    assertLogMatchesCheckpoint(HARBOR);
  }

  @Test
  void anEntryThatIsTakenBackIsNotLogged() throws SQLException {
    try (var slow = Connect.to(world.at.serving())) {
      slow.setAutoCommit(false);
      insert(slow, "never");
      slow.rollback();
    }
    append(HARBOR, 1);
    drain();
    assertThat(logged(HARBOR)).hasSize(1);
  }

  private static void insert(java.sql.Connection connection, String id) throws SQLException {
    Database.rows(
        connection,
        "select remit.append_entry('harbor-dental', ?, 'refusal', null, null, '2026-01-01Z', ?,"
            + " '{}', '00')::text",
        params -> params.text(id).text("\"" + id + "\""),
        row -> true);
  }

  @Test
  void oneReplicaWritesAndAnotherTakesOverWhenItIsGone() {
    try (var other = integrator()) {
      append(HARBOR, 1);
      assertThat(other.runOnce()).isZero();
      assertThat(integrator.runOnce()).isEqualTo(1);
      append(HARBOR, 2);
      integrator.close();
      assertThat(other.runOnce()).isEqualTo(2);
      assertThat(integrator.runOnce()).isZero();
    }
    assertLogMatchesCheckpoint(HARBOR);
  }

  @Test
  void aWriterWhoseConnectionDiesGoesOnWithAnother() {
    append(HARBOR, 1);
    TestDatabase.run(
        world.at.admin(),
        "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'"
            + " and classid = 1380273481 and objid = 2");
    // The dead session may have its lock for a moment longer.
    int integrated = 0;
    for (int runs = 0; integrated == 0 && runs < 100; runs++) {
      integrated = integrator.runOnce();
    }
    assertThat(integrated).isEqualTo(1);
    assertLogMatchesCheckpoint(HARBOR);
  }

  @Test
  void aHeadThatNoLongerMatchesItsCheckpointStopsThatLogOnly() {
    append(HARBOR, 3);
    drain();
    var before = signed(HARBOR);
    TestDatabase.run(
        world.at.admin(), "update remit.log_head set size = 2 where tenant = 'harbor-dental'");
    append(HARBOR, 1);
    append(NORTH, 1);
    assertThatThrownBy(integrator::runOnce)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("harbor-dental");
    assertThat(signed(HARBOR)).isEqualTo(before);
    assertThat(signed(NORTH).size()).isEqualTo(1);
  }

  @Test
  void aSignerThatCannotSignLogsNothing() {
    append(NORTH, 1);
    try (var mute =
        new PostgresIntegrator(
            world.database,
            "lab",
            new LogSigning(
                (tenant, checkpoint) -> {
                  throw new IllegalStateException("no key");
                },
                TrustedKeys.of(key.verifier())),
            InstantSource.fixed(NOW))) {
      integrator.close();
      assertThatThrownBy(mute::runOnce).hasMessage("no key");
    }
    assertThat(logged(NORTH)).isEmpty();
    assertThat(world.journal.checkpoint(NORTH)).isEmpty();
    drain();
    assertThat(logged(NORTH)).hasSize(1);
  }

  @Test
  void manyTenantsAreTakenFurtherInOneTransaction() {
    var tenants = IntStream.range(0, 120).mapToObj(i -> new TenantId("tenant-" + i)).toList();
    tenants.forEach(tenant -> append(tenant, 3));
    append(HARBOR, 500);
    long before = transactions();
    integrator.runOnce();
    assertThat(transactions() - before).isLessThan(10);
    assertThat(integrator.hasMore()).as("of one tenant more waits than its share").isTrue();
    drain();
    tenants.forEach(this::assertLogMatchesCheckpoint);
    assertLogMatchesCheckpoint(HARBOR);
  }

  private long transactions() {
    return TestDatabase.count(
        world.at.admin(), "select count(distinct xmin::text) from remit.log_head");
  }
}
