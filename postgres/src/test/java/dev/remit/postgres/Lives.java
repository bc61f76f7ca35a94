package dev.remit.postgres;

import static dev.remit.postgres.World.HARBOR;
import static dev.remit.postgres.World.NORTH;
import static dev.remit.postgres.World.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Journal;
import dev.remit.core.evidence.LogFiles;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import dev.remit.log.Checkpoint;
import dev.remit.log.ConsistencyProof;
import dev.remit.log.Ed25519Cosigner;
import dev.remit.log.Ed25519Signer;
import dev.remit.log.Frontier;
import dev.remit.log.Hash;
import dev.remit.log.KeyName;
import dev.remit.log.MerkleTree;
import dev.remit.log.Origin;
import dev.remit.log.SignedNote;
import dev.remit.log.TreeHead;
import dev.remit.log.TrustedKeys;
import dev.remit.log.tile.TileHashes;
import dev.remit.log.witness.AddCheckpoint;
import dev.remit.log.witness.Witness;
import dev.remit.log.witness.WitnessStates;
import dev.remit.postgres.PostgresTail.TakenBack;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** A database that was served from, its copy of an earlier moment, and what others kept. */
final class Lives implements AutoCloseable {

  static final int KEPT = 20;
  static final int WAITING = 3;

  private final Ed25519Signer key =
      Ed25519Signer.generate(new KeyName("remit/lab"), new SecureRandom());
  private final AtomicLong next = new AtomicLong();
  private final List<Life> all = new ArrayList<>();

  /** A database that is served from. */
  final class Life implements AutoCloseable {
    final TestDatabase.Fresh at;
    final Database database;
    final PostgresJournal journal;
    final PostgresIntegrator integrator;

    Life(TestDatabase.Fresh at) {
      this.at = at;
      this.database = new Database(at.serving(), 3);
      this.journal = new PostgresJournal(database);
      this.integrator =
          new PostgresIntegrator(
              database,
              "lab",
              new LogSigning(
                  (tenant, checkpoint) -> checkpoint.sign(key), TrustedKeys.of(key.verifier())),
              InstantSource.fixed(NOW));
      all.add(this);
    }

    void append(TenantId tenant, int times) {
      for (int i = 0; i < times; i++) {
        journal.append(entry(tenant, Entry.Kind.REFUSAL, Optional.empty(), Value.Obj.EMPTY));
      }
    }

    void integrate() {
      while (integrator.runOnce() > 0) {
        assertThat(database.isReachable()).isTrue();
      }
      var audit = integrator.audit();
      do {
        audit.runOnce();
      } while (!audit.isAtTheStart());
    }

    List<Journal.Stored> read(TenantId tenant) {
      return journal.read(
          new Journal.Query(
              tenant, 0, 10_000, Optional.empty(), Optional.empty(), Optional.empty()));
    }

    List<String> leaves(TenantId tenant) {
      return read(tenant).stream().map(Journal.Stored::leaf).toList();
    }

    long count(String rest) {
      return TestDatabase.count(at.admin(), "select count(*) from remit." + rest);
    }

    @Override
    public void close() {
      integrator.close();
      database.close();
    }
  }

  @Override
  public void close() {
    all.forEach(Life::close);
  }

  Entry entry(TenantId tenant, Entry.Kind kind, Optional<String> call, Value.Obj fields) {
    return new Entry(
        "id-" + next.incrementAndGet(),
        tenant,
        kind,
        call,
        Optional.of("task-1"),
        NOW,
        fields,
        Value.object("fact", "\u0000 and text"),
        "00112233445566778899aabbccddeeff");
  }

  /** A life with entries in its log and some on their way, and its copy of then. */
  record Both(Life old, Life copy) {}

  Both backedUp() {
    var first = new Life(TestDatabase.fresh());
    first.append(HARBOR, KEPT);
    first.append(NORTH, 2);
    first.integrate();
    first.append(HARBOR, WAITING);
    all.remove(first);
    first.close();
    var copy = new Life(TestDatabase.copy(first.at));
    return new Both(new Life(first.at), copy);
  }

  static TreeHead head(List<String> leaves) {
    var frontier = new Frontier();
    leaves.forEach(
        leaf -> frontier.append(MerkleTree.hashLeaf(leaf.getBytes(StandardCharsets.UTF_8))));
    return frontier.head();
  }

  /** Everything that a client's packs hold, in pages that no boundary of the log agrees with. */
  static PostgresTail.Source mirror(List<LostEntry> kept) {
    return (from, until, pages) -> {
      for (long at = from; at < until; at += 7) {
        pages.accept(kept.subList((int) at, (int) Math.min(Math.min(at + 7, until), kept.size())));
      }
    };
  }

  static List<LostEntry> kept(Life life, TenantId tenant) {
    return life.read(tenant).stream()
        .map(stored ->
            new LostEntry(
                stored.leaf(), Optional.of(new LostEntry.Body(stored.salt(), stored.body()))))
        .toList();
  }

  static TakenBack takeBack(
      Life into, TenantId tenant, TreeHead signed, Set<TreeHead> seen, List<LostEntry> kept) {
    return new PostgresTail(into.at.admin())
        .takeBack(tenant, signed, seen, mirror(kept), Lives::note);
  }

  static Entry note(TakenBack taken) {
    return new Entry(
        "taken-back-" + taken.until(),
        taken.tenant(),
        Entry.Kind.RESTORED,
        Optional.empty(),
        Optional.empty(),
        NOW,
        Value.object("from", taken.from(), "to", taken.until()),
        Value.Obj.EMPTY,
        "00".repeat(16));
  }

  /** A witness at the client, whose memory goes back with nobody's database. */
  final class Watcher implements WitnessStates {
    private Optional<SignedNote> latest = Optional.empty();
    private final Witness witness =
        new Witness(
            Map.of(PostgresIntegrator.origin("lab", HARBOR), TrustedKeys.of(key.verifier())),
            new Ed25519Cosigner(
                Ed25519Signer.generate(new KeyName("witness.example"), new SecureRandom()),
                InstantSource.fixed(NOW)),
            this);
    private long size;

    /** What it answers to the latest checkpoint of this life; 200 where it cosigns. */
    int shown(Life life) {
      var logs = new PostgresLogFiles(life.database, InstantSource.fixed(NOW));
      var note = SignedNote.parse(logs.read(HARBOR, LogFiles.CHECKPOINT).orElseThrow());
      long now = Checkpoint.parse(note.text()).head().size();
      var hashes = new TileHashes(now, tile -> logs.read(HARBOR, tile.path()));
      var proof =
          size == 0 || size > now
              ? List.<Hash>of()
              : ConsistencyProof.create(size, now, hashes).path();
      var answer = witness.add(new AddCheckpoint(Math.min(size, now), proof, note).toBytes());
      size = answer.kind().status() == 200 ? now : size;
      return answer.kind().status();
    }

    @Override
    public Optional<SignedNote> latest(Origin log) {
      return latest;
    }

    @Override
    public void remember(Origin log, SignedNote checkpoint) {
      latest = Optional.of(checkpoint);
    }
  }
}
