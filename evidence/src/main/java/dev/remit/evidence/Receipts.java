package dev.remit.evidence;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import dev.remit.log.Checkpoint;
import dev.remit.log.Frontier;
import dev.remit.log.Hash;
import dev.remit.log.HashSink;
import dev.remit.log.HashSource;
import dev.remit.log.InclusionProof;
import dev.remit.log.MerkleTree;
import dev.remit.log.NodeId;
import dev.remit.log.SignedNote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes the receipt of one call out of a pack, reading it twice in memory that does not grow with
 * it.
 *
 * <p>It checks nothing: the receipt is as true as the pack, and is verified like any other.
 */
public final class Receipts {

  private Receipts() {}

  /** What the first reading found. */
  private static final class Found {
    private final List<Value.Obj> entries = new ArrayList<>();
    private final List<String> cosigned = new ArrayList<>();
    private Optional<String> last = Optional.empty();
  }

  /**
   * The receipt of a call.
   *
   * @throws InvalidValueException when the pack holds nothing of that call under a checkpoint
   */
  public static Receipt fromPack(Path pack, String call) throws IOException {
    try {
      Found found = find(pack, call);
      if (found.entries.isEmpty()) {
        throw new InvalidValueException(
            "the pack has no entry of call `" + Printable.of(call) + "` that is in the log");
      }
      String note = note(found);
      return Receipt.of(found.entries, note, hashes(pack, found.entries, size(note)));
    } catch (UncheckedIOException e) {
      throw new IOException("the pack cannot be read", e);
    } catch (InvalidPackException e) {
      throw new InvalidValueException(
          "the pack is damaged; verify it first: " + Printable.of(e.finding().toString()));
    }
  }

  private static Found find(Path pack, String call) throws IOException {
    var found = new Found();
    try (var reader = EvidencePack.read(pack)) {
      for (var line = reader.next(); line.isPresent(); line = reader.next()) {
        switch (line.get()) {
          case PackLine.Cosigned cosigned -> found.cosigned.add(cosigned.note());
          case PackLine.Checkpoint checkpoint -> found.last = Optional.of(checkpoint.note());
          case PackLine.Covered covered -> {
            if (isOf(call, covered.content())) {
              found.entries.add(
                  PackForm.value(covered.content())
                      .without("hash")
                      .with("index", Value.of(covered.index())));
            }
          }
          case PackLine.Header _, PackLine.Skipped _, PackLine.Pending _, PackLine.End _ -> {}
        }
      }
    }
    return found;
  }

  private static boolean isOf(String call, PackLine.Content content) {
    return content.leaf().contains(call)
        && Json.parseObject(content.leaf()).text("call").equals(Optional.of(call));
  }

  /** The last checkpoint, unless only an earlier one is cosigned and covers the call as well. */
  private static String note(Found found) {
    String last = PackForm.required(found.last, "the pack has no checkpoint");
    if (Anchor.isCosigned(parse(last))) {
      return last;
    }
    long needed = found.entries.getLast().integer("index").orElseThrow() + 1;
    return found.cosigned.reversed().stream()
        .filter(note -> size(note) >= needed)
        .findFirst()
        .orElse(last);
  }

  private static SignedNote parse(String note) {
    return SignedNote.parse(note.getBytes(StandardCharsets.UTF_8));
  }

  private static long size(String note) {
    return Checkpoint.parse(parse(note).text()).head().size();
  }

  private static HashSource hashes(Path pack, List<Value.Obj> entries, long size)
      throws IOException {
    Set<NodeId> wanted = new HashSet<>();
    for (Value.Obj entry : entries) {
      InclusionProof.create(
          entry.integer("index").orElseThrow(),
          size,
          nodes -> {
            wanted.addAll(nodes);
            return nodes.stream().map(_ -> MerkleTree.emptyRoot()).toList();
          });
    }
    Map<NodeId, Hash> hashes = new HashMap<>();
    HashSink kept =
        (node, hash) -> {
          if (wanted.contains(node)) {
            hashes.put(node, hash);
          }
        };
    var frontier = new Frontier();
    try (var reader = EvidencePack.read(pack)) {
      for (var line = reader.next(); line.isPresent(); line = reader.next()) {
        if (line.get() instanceof PackLine.Covered covered) {
          byte[] leaf = covered.content().leaf().getBytes(StandardCharsets.UTF_8);
          frontier.append(MerkleTree.hashLeaf(leaf), kept);
        }
        if (line.get() instanceof PackLine.Skipped skipped && skipped.out().fits(frontier.size())) {
          skipped.out().pass(frontier, kept, () -> {});
        }
      }
    }
    if (!hashes.keySet().containsAll(wanted)) {
      throw new InvalidValueException("the pack has fewer entries than its checkpoint says");
    }
    return nodes -> nodes.stream().map(node -> known(hashes, node)).toList();
  }

  private static Hash known(Map<NodeId, Hash> hashes, NodeId node) {
    Hash hash = hashes.get(node);
    if (hash == null) {
      throw new IllegalStateException("a proof asked for another hash the second time");
    }
    return hash;
  }
}
