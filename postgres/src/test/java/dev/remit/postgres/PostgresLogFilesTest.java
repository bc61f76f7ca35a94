package dev.remit.postgres;

import static dev.remit.postgres.World.HARBOR;
import static dev.remit.postgres.World.NORTH;
import static dev.remit.postgres.World.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Journal;
import dev.remit.core.tenant.TenantId;
import dev.remit.log.Checkpoint;
import dev.remit.log.ConsistencyProof;
import dev.remit.log.Ed25519Signer;
import dev.remit.log.InclusionProof;
import dev.remit.log.KeyName;
import dev.remit.log.MerkleTree;
import dev.remit.log.SignedNote;
import dev.remit.log.TreeHead;
import dev.remit.log.TrustedKeys;
import dev.remit.log.Verified;
import dev.remit.log.tile.EntryBundle;
import dev.remit.log.tile.TileHashes;
import dev.remit.log.tile.TileIndex;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresLogFilesTest {

  private static final World WORLD = new World();
  private static final Ed25519Signer KEY =
      Ed25519Signer.generate(new KeyName("remit/lab"), new SecureRandom());
  private static final PostgresLogFiles FILES =
      new PostgresLogFiles(WORLD.database, InstantSource.fixed(NOW));
  private static TreeHead older = TreeHead.EMPTY;

  @BeforeAll
  static void aLogGrowsInTwoSteps() {
    try (var integrator =
        new PostgresIntegrator(
            WORLD.database,
            "lab",
            new LogSigning(
                (tenant, checkpoint) -> checkpoint.sign(KEY), TrustedKeys.of(KEY.verifier())),
            InstantSource.fixed(NOW))) {
      append(200);
      drain(integrator);
      older = head(HARBOR);
      append(400);
      drain(integrator);
    }
  }

  @AfterAll
  static void close() {
    WORLD.close();
  }

  private static void append(int times) {
    for (int i = 0; i < times; i++) {
      WORLD.journal.append(WORLD.entry(HARBOR, Entry.Kind.REFUSAL));
    }
  }

  private static void drain(PostgresIntegrator integrator) {
    while (integrator.runOnce() > 0) {
      assertThat(WORLD.database.isReachable()).isTrue();
    }
  }

  private static SignedNote checkpoint(TenantId tenant) {
    return SignedNote.parse(FILES.read(tenant, "checkpoint").orElseThrow());
  }

  private static TreeHead head(TenantId tenant) {
    return Checkpoint.parse(checkpoint(tenant).text()).head();
  }

  private static TileHashes hashes(TenantId tenant) {
    return new TileHashes(head(tenant).size(), tile -> FILES.read(tenant, tile.path()));
  }

  private static List<Journal.Stored> entries() {
    return WORLD.journal.read(
        new Journal.Query(HARBOR, 0, 1_000, Optional.empty(), Optional.empty(), Optional.empty()));
  }

  @Test
  void tilesProveEveryEntry() {
    var head = head(HARBOR);
    var entries = entries();
    assertThat(head.size()).isEqualTo(600);
    for (int index = 0; index < 600; index += 7) {
      var leaf = MerkleTree.hashLeaf(entries.get(index).leaf().getBytes(StandardCharsets.UTF_8));
      var proof = InclusionProof.create(index, head.size(), hashes(HARBOR));
      assertThat(proof.verify(leaf, head)).isInstanceOf(Verified.Proven.class);
    }
  }

  @Test
  void tilesProveThatTheLogOnlyGrew() {
    var newer = head(HARBOR);
    var proof = ConsistencyProof.create(older.size(), newer.size(), hashes(HARBOR));
    assertThat(proof.verify(older, newer)).isInstanceOf(Verified.Proven.class);
  }

  @Test
  void bundlesHoldTheLeavesThemselves() {
    var bundle = FILES.read(HARBOR, "tile/entries/002.p/88").orElseThrow();
    var entries = EntryBundle.decode(bundle, new TileIndex(2, 88));
    assertThat(new String(entries.getFirst(), StandardCharsets.UTF_8))
        .isEqualTo(entries().get(512).leaf());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tile/0/002",
        "tile/0/002.p/89",
        "tile/0/003.p/1",
        "tile/1/000.p/3",
        "tile/1/000",
        "tile/2/000.p/1",
        "tile/entries/003.p/1",
        "tile/0/../0/000",
        "tile/0/000?",
        "/checkpoint",
        "Checkpoint",
        "../north-legal/checkpoint",
        ""
      })
  void whatTheLogDoesNotHaveIsNotThere(String path) {
    assertThat(FILES.read(HARBOR, path)).isEmpty();
  }

  @Test
  void aLogWithoutEntriesHasNoFiles() {
    assertThat(FILES.read(NORTH, "checkpoint")).isEmpty();
    assertThat(FILES.read(NORTH, "tile/0/000.p/1")).isEmpty();
  }

  @Test
  void subtreesOfAnOlderLogAreMadeAlike() {
    TestDatabase.run(
        WORLD.at.admin(),
        "create table kept as table remit.subtree",
        "delete from remit.subtree",
        "select remit.make_subtrees()");
    assertThat(TestDatabase.count(WORLD.at.admin(), "select count(*) from kept")).isEqualTo(2);
    assertThat(
            TestDatabase.count(
                WORLD.at.admin(),
                "select count(*) from (table kept intersect table remit.subtree) as same"))
        .isEqualTo(2);
  }

  @Test
  void whatAWitnessSignedIsShownOnTheCheckpoint() {
    assertThat(FILES.without("witness.example")).contains(HARBOR);
    var other = Ed25519Signer.generate(new KeyName("witness.example"), new SecureRandom());
    var note = checkpoint(HARBOR);
    String line = SignedNote.sign(note.text(), List.of(other)).signatures().getFirst().toString();
    FILES.cosign(HARBOR, 600, "witness.example", line);
    FILES.cosign(HARBOR, 600, "witness.example", line);
    assertThat(FILES.without("witness.example")).doesNotContain(HARBOR).contains(TenantId.OPERATOR);
    assertThat(checkpoint(HARBOR).signatures()).hasSize(2);
    assertThat(FILES.cosigned(HARBOR, 5)).containsExactly(checkpoint(HARBOR).toString());
    assertThat(FILES.cosigned(NORTH, 5)).isEmpty();
  }
}
