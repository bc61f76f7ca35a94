package dev.remit.postgres;

import dev.remit.core.tenant.TenantId;
import dev.remit.log.Frontier;
import dev.remit.log.Hash;
import dev.remit.log.MerkleTree;
import dev.remit.log.NodeId;
import dev.remit.log.TreeHead;
import dev.remit.postgres.TenantLog.Position;
import dev.remit.postgres.TenantLog.Root;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One log on its way from the first entry to a signed head. Not for two threads. */
final class LogWalk {

  private final TenantId tenant;
  private final TreeHead signed;
  private final Frontier frontier = new Frontier();
  private final List<Root> roots = new ArrayList<>();
  private Position last = Position.START;

  LogWalk(TenantId tenant, TreeHead signed) {
    this.tenant = tenant;
    this.signed = signed;
  }

  /**
   * An entry that should be in the log.
   *
   * @param index where its leaf lies; empty where it has none
   */
  record Logged(
      String entry, String leaf, Position at, Optional<Long> index, Optional<byte[]> hash) {}

  TenantId tenant() {
    return tenant;
  }

  Position last() {
    return last;
  }

  /** How many entries to read next, at most so many. */
  int wanted(int most) {
    return (int) Math.min(most, signed.size() - frontier.size());
  }

  /** Takes the next entry, if it is the one that was logged here. */
  void take(Logged entry) {
    long here = frontier.size();
    if (!entry.index().equals(Optional.of(here))) {
      throw broken(
          "has another entry than was logged at place "
              + here
              + ": entry `"
              + entry.entry()
              + "` "
              + entry.index().map(index -> "was logged at place " + index).orElse("never was"));
    }
    var hash = MerkleTree.hashLeaf(entry.leaf().getBytes(StandardCharsets.UTF_8));
    if (!entry.hash().filter(stored -> Arrays.equals(stored, hash.toBytes())).isPresent()) {
      throw broken(
          "holds an entry at place " + here + " that is not the one of its leaf: its text changed");
    }
    frontier.append(hash, this::keepRoot);
    last = entry.at();
  }

  private void keepRoot(NodeId node, Hash hash) {
    Root.of(node, hash).ifPresent(roots::add);
  }

  /** The roots of full tiles that the entries taken so far completed; each is given once. */
  List<Root> takeRoots() {
    var taken = List.copyOf(roots);
    roots.clear();
    return taken;
  }

  /** Holds a root that was hashed anew against the stored one, if there is one. */
  void requireStored(Root root, Optional<byte[]> stored) {
    if (!stored.filter(hash -> Arrays.equals(hash, root.hash().toBytes())).isPresent()) {
      throw broken(
          "holds a hash of level "
              + root.level()
              + " at place "
              + root.index()
              + " that is not the one of the leaves below it");
    }
  }

  /** To be asked at the end, with how many roots are stored that the log has no leaves for. */
  void requireNoMoreRoots(long planted) {
    if (planted > 0) {
      throw broken("holds hashes of leaves that it does not have");
    }
  }

  /** To be asked when the log had no more entries than were read. */
  void requireAll() {
    if (!isDone()) {
      throw broken(
          "ends after " + frontier.size() + " entries, and " + signed.size() + " were signed");
    }
  }

  boolean isDone() {
    return frontier.size() >= signed.size();
  }

  /** To be asked at the end. */
  void requireRoot() {
    if (!frontier.head().equals(signed)) {
      throw broken(
          "holds entries below its head of "
              + signed.size()
              + " that are not those which were signed");
    }
  }

  private BrokenLogException broken(String how) {
    return new BrokenLogException(tenant, how, null);
  }
}
