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
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was changed from outside, or came back from an older time, stops its log alone. */
class LogTamperTest {

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

  private PostgresIntegrator with(SignedHeads heads, InstantSource clock) {
    return new PostgresIntegrator(
        world.database,
        "lab",
        new LogSigning(
            (tenant, checkpoint) -> checkpoint.sign(key), TrustedKeys.of(key.verifier()), heads),
        clock);
  }

  private static SignedHeads remembering(Map<TenantId, TreeHead> heads) {
    return new SignedHeads() {
      @Override
      public Optional<TreeHead> last(TenantId tenant) {
        return Optional.ofNullable(heads.get(tenant));
      }

      @Override
      public void signed(Map<TenantId, TreeHead> signed) {
        heads.putAll(signed);
      }
    };
  }

  @Test
  void aCheckpointThatAnotherKeySignedStopsItsLog() {
    append(HARBOR, 2);
    drain();
    var other = Ed25519Signer.generate(key.name(), new SecureRandom());
    var forged =
        new Checkpoint(PostgresIntegrator.origin("lab", HARBOR), signed(HARBOR)).sign(other);
    TestDatabase.run(
        world.at.admin(),
        "update remit.checkpoint set note = '" + forged + "' where tenant = 'harbor-dental'");
    append(HARBOR, 1);
    append(NORTH, 1);
    assertThatThrownBy(integrator::runOnce)
        .isInstanceOf(BrokenLogException.class)
        .hasMessageContaining("not ours");
    assertThat(logged(NORTH)).hasSize(1);
    assertThat(logged(HARBOR)).hasSize(2);
  }

  @Test
  void aDatabaseThatWasSetBackStopsItsLog() {
    var heads = new ConcurrentHashMap<TenantId, TreeHead>();
    integrator.close();
    append(HARBOR, 3);
    try (var remembers = with(remembering(heads), InstantSource.fixed(NOW))) {
      assertThat(remembers.runOnce()).isEqualTo(3);
      TestDatabase.run(
          world.at.admin(),
          "delete from remit.entry where tenant = 'harbor-dental'",
          "delete from remit.leaf where tenant = 'harbor-dental'",
          "delete from remit.checkpoint where tenant = 'harbor-dental'",
          "delete from remit.log_head where tenant = 'harbor-dental'");
      append(HARBOR, 1);
      assertThatThrownBy(remembers::runOnce)
          .isInstanceOf(BrokenLogException.class)
          .hasMessageContaining("set back");
      append(HARBOR, 4);
      assertThatThrownBy(remembers::runOnce)
          .isInstanceOf(BrokenLogException.class)
          .hasMessageContaining("another history");
    }
    assertThat(logged(HARBOR)).isEmpty();
    assertThat(heads).hasEntrySatisfying(HARBOR, head -> assertThat(head.size()).isEqualTo(3));
  }

  @Test
  void whatWasSignedAndNotCommittedIsSignedAgainAlike() {
    var heads = new ConcurrentHashMap<TenantId, TreeHead>();
    integrator.close();
    append(HARBOR, 5);
    try (var crashes = with(remembering(heads), InstantSource.fixed(NOW))) {
      TestDatabase.run(world.at.admin(), "revoke insert on remit.checkpoint from remit_evidence");
      assertThatThrownBy(crashes::runOnce).isInstanceOf(BrokenLogException.class);
      assertThat(heads).hasEntrySatisfying(HARBOR, head -> assertThat(head.size()).isEqualTo(5));
      TestDatabase.run(world.at.admin(), "grant insert on remit.checkpoint to remit_evidence");
      append(HARBOR, 1);
      assertThat(crashes.runOnce()).isEqualTo(6);
    }
    assertLogMatchesCheckpoint(HARBOR);
  }

  @Test
  void aClockThatWentBackIsToldOnceAndNoCheckpointIsOlderThanTheOneBefore() {
    var now = new AtomicReference<>(NOW);
    integrator.close();
    try (var ticking = with(SignedHeads.NONE, now::get)) {
      append(HARBOR, 1);
      ticking.runOnce();
      now.set(NOW.minusSeconds(1));
      append(HARBOR, 1);
      assertThat(ticking.runOnce()).as("clocks of replicas differ").isEqualTo(1);
      now.set(NOW.minusSeconds(60));
      append(HARBOR, 1);
      assertThatThrownBy(ticking::runOnce).isInstanceOf(ClockWentBackException.class);
      append(HARBOR, 1);
      assertThat(ticking.runOnce()).isEqualTo(1);
    }
    assertLogMatchesCheckpoint(HARBOR);
    assertThat(
            TestDatabase.count(
                world.at.admin(),
                "select count(*) from remit.checkpoint where tenant = 'harbor-dental'"
                    + " and at < '"
                    + NOW
                    + "'"))
        .isZero();
  }

  @Test
  void oneLogThatTheDatabaseRefusesHoldsUpNoOther() {
    append(HARBOR, 1);
    append(NORTH, 2);
    TestDatabase.run(
        world.at.admin(),
        "insert into remit.leaf (tenant, index, entry, hash)"
            + " values ('harbor-dental', 0, 'planted', sha256('x'))");
    assertThatThrownBy(integrator::runOnce)
        .isInstanceOf(BrokenLogException.class)
        .hasMessageContaining("harbor-dental");
    assertThat(logged(NORTH)).hasSize(2);
    assertLogMatchesCheckpoint(NORTH);
  }
}
