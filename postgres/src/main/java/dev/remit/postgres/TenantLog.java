package dev.remit.postgres;

import dev.remit.core.tenant.TenantId;
import dev.remit.log.Checkpoint;
import dev.remit.log.Frontier;
import dev.remit.log.Hash;
import dev.remit.log.NodeId;
import dev.remit.log.Origin;
import dev.remit.log.SignedNote;
import dev.remit.log.TreeHead;
import dev.remit.log.TrustedKeys;
import dev.remit.log.Verified;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One tenant's log while the integrator takes it further: its frontier, and where the next entries
 * begin.
 *
 * <p>What was stored is compared with the last checkpoint first: the tables can be written by
 * whoever owns the database, a checkpoint that the log's key signed cannot. Then it is held against
 * what this server remembers to have signed.
 */
final class TenantLog {

  private final TenantId tenant;
  private final Frontier frontier;
  private final Optional<TreeHead> remembered;
  private final List<Leaf> leaves = new ArrayList<>();
  private final List<Root> roots = new ArrayList<>();
  private Position last;

  private TenantLog(
      TenantId tenant, Frontier frontier, Position last, Optional<TreeHead> remembered) {
    this.tenant = tenant;
    this.frontier = frontier;
    this.last = last;
    this.remembered = remembered;
  }

  /** The place of an entry in commit-safe order. */
  record Position(String xid, long seq) {

    /** Before every entry. */
    static final Position START = new Position("0", 0);
  }

  /** An entry that is not in the log yet, by the hash of its leaf. */
  record Waiting(TenantId tenant, String id, Hash hash, Position at) {}

  /** A new leaf. */
  record Leaf(long index, String entry, Hash hash) {}

  /** The root of a full tile, as the hash of the tile above. */
  record Root(int level, long index, Hash hash) {

    /**
     * A node as such a root; empty where it is none: what lies between is hashed again when asked
     * for.
     */
    static Optional<Root> of(NodeId node, Hash hash) {
      return node.level() > 0 && node.level() % 8 == 0
          ? Optional.of(new Root(node.level() / 8, node.index(), hash))
          : Optional.empty();
    }
  }

  /**
   * What the tables say of a log, believed by nobody yet.
   *
   * @param head empty where the log has none, or one that cannot be read
   */
  record Stored(
      TenantId tenant,
      Optional<StoredHead> head,
      boolean isReadable,
      Optional<String> note,
      Optional<Instant> signedAt) {}

  /** A note that this process signed: the same text needs no verification of its signature. */
  record OwnNote(String text, TreeHead head) {}

  /** A row of heads. */
  record StoredHead(TreeHead head, Frontier frontier, Position last) {}

  /**
   * Takes over what is stored, if it is what was signed.
   *
   * @param own the last note of this process for this tenant
   * @throws BrokenLogException if it is not
   */
  static TenantLog open(Stored stored, Origin origin, LogSigning signing, Optional<OwnNote> own) {
    var tenant = stored.tenant();
    var frontier = stored.head().map(StoredHead::frontier).orElseGet(Frontier::new);
    var named = stored.head().map(StoredHead::head).orElse(TreeHead.EMPTY);
    var signed =
        stored
            .note()
            .map(note ->
                own.filter(known -> known.text().equals(note))
                    .map(OwnNote::head)
                    .orElseGet(() -> signed(tenant, note, origin, signing.keys())));
    if (!stored.isReadable()
        || !frontier.head().equals(signed.orElse(TreeHead.EMPTY))
        || !frontier.head().equals(named)) {
      throw new BrokenLogException(tenant, null);
    }
    var log =
        new TenantLog(
            tenant,
            frontier,
            stored.head().map(StoredHead::last).orElse(Position.START),
            signing.heads().last(tenant));
    log.compareWithMemory();
    return log;
  }

  /** The head that a checkpoint names, if one of our keys signed it. */
  static TreeHead signed(TenantId tenant, String note, Origin origin, TrustedKeys keys) {
    var opened = Checkpoint.open(note.getBytes(StandardCharsets.UTF_8), origin, keys);
    return switch (opened) {
      case Verified.Proven<Checkpoint>(Checkpoint checkpoint) -> checkpoint.head();
      case Verified.Refuted<Checkpoint> refuted ->
          throw new BrokenLogException(
              tenant, "has a checkpoint that is not ours: " + refuted.detail(), null);
    };
  }

  private void compareWithMemory() {
    if (remembered.isPresent()
        && remembered.get().size() == frontier.size()
        && !remembered.get().equals(frontier.head())) {
      throw new BrokenLogException(tenant, "is another history than this server signed", null);
    }
  }

  /** How many entries have to be taken at least, to come to what was signed here already. */
  long owed() {
    return remembered.map(head -> Math.max(0, head.size() - frontier.size())).orElse(0L);
  }

  void append(Waiting entry) {
    leaves.add(new Leaf(frontier.size(), entry.id(), entry.hash()));
    frontier.append(entry.hash(), this::keepRoot);
    last = entry.at();
    compareWithMemory();
  }

  private void keepRoot(NodeId node, Hash hash) {
    Root.of(node, hash).ifPresent(roots::add);
  }

  /** To be asked once all entries were appended, before anything is signed. */
  void requireNothingLost() {
    if (owed() > 0) {
      throw new BrokenLogException(
          tenant, "lacks entries that this server signed: the database was set back", null);
    }
  }

  TenantId tenant() {
    return tenant;
  }

  TreeHead head() {
    return frontier.head();
  }

  byte[] frontier() {
    return frontier.toBytes();
  }

  Position last() {
    return last;
  }

  List<Leaf> leaves() {
    return leaves;
  }

  List<Root> roots() {
    return roots;
  }

  /** A log that was taken further, with the note that signs it. */
  record Grown(TenantLog log, SignedNote note, Instant at) {

    OwnNote own() {
      return new OwnNote(note.toString(), log.head());
    }
  }
}
