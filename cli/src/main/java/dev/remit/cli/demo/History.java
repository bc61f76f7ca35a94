package dev.remit.cli.demo;

import dev.remit.core.value.Value;
import dev.remit.evidence.EvidencePack;
import dev.remit.evidence.PackExport;
import dev.remit.evidence.PackLine;
import dev.remit.json.Json;
import dev.remit.log.ConsistencyProof;
import dev.remit.log.Frontier;
import dev.remit.log.Hash;
import dev.remit.log.MemoryHashes;
import dev.remit.log.MerkleTree;
import dev.remit.log.SignedNote;
import dev.remit.log.TreeHead;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/** The entries of a whole pack, taken out so that others can be put in their place. */
final class History {

  /** Why an attempt on another client's device was refused, and what the fork makes of it. */
  private static final String TRUTH = "tenant-mismatch";

  private static final String LIE = "target-unknown";

  private final Value.Obj header;
  private final List<PackLine.Content> entries;
  private final SignedNote checkpoint;
  private final MemoryHashes hashes = new MemoryHashes();
  private final Frontier frontier = new Frontier();

  private History(Value.Obj header, List<PackLine.Content> entries, SignedNote checkpoint) {
    this.header = header;
    this.entries = List.copyOf(entries);
    this.checkpoint = checkpoint;
    entries.forEach(entry -> frontier.append(leafHash(entry), hashes));
  }

  private static Hash leafHash(PackLine.Content entry) {
    return MerkleTree.hashLeaf(entry.leaf().getBytes(StandardCharsets.UTF_8));
  }

  /** Reads a pack with all entries from the first on. */
  static History read(Path pack) throws IOException {
    var header = header(pack);
    var entries = new ArrayList<PackLine.Content>();
    var note = "";
    try (var reader = EvidencePack.read(pack)) {
      for (var line = reader.next(); line.isPresent(); line = reader.next()) {
        switch (line.get()) {
          case PackLine.Covered covered -> entries.add(covered.content());
          case PackLine.Checkpoint last -> note = last.note();
          case PackLine.Skipped _ -> throw new IllegalStateException("the pack is of a period");
          case PackLine.Header _, PackLine.Cosigned _, PackLine.Pending _, PackLine.End _ -> {}
        }
      }
    }
    return new History(header, entries, SignedNote.parse(note.getBytes(StandardCharsets.UTF_8)));
  }

  private static Value.Obj header(Path pack) throws IOException {
    try (var lines = Files.lines(pack)) {
      return Json.parseObject(lines.findFirst().orElse(""));
    }
  }

  /** As the log signed it. */
  SignedNote checkpoint() {
    return checkpoint;
  }

  MemoryHashes hashes() {
    return hashes;
  }

  TreeHead head() {
    return frontier.head();
  }

  long size() {
    return frontier.size();
  }

  /** The entry that the fork changes. */
  int rewritten() {
    return IntStream.range(0, entries.size())
        .filter(i -> entries.get(i).leaf().contains(TRUTH))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("nobody reached for another client"));
  }

  /** The same history but for one word. */
  History forked() {
    var changed = new ArrayList<>(entries);
    int at = rewritten();
    var old = entries.get(at);
    changed.set(at, new PackLine.Content(old.leaf().replace(TRUTH, LIE), old.hash(), old.body()));
    return new History(header, changed, checkpoint);
  }

  /** This history with one entry more. */
  History longer() {
    var more = new ArrayList<>(entries);
    more.add(entries.getLast());
    return new History(header, more, checkpoint);
  }

  /** What should lead from an earlier size to this one. */
  List<Hash> pathFrom(long size) {
    return ConsistencyProof.create(size, size(), hashes).path();
  }

  /** Writes it as a pack under this checkpoint. */
  Path write(SignedNote under, Path file) {
    Iterator<Value.Obj> covered =
        IntStream.range(0, entries.size()).mapToObj(i -> entry(i, entries.get(i))).iterator();
    EvidencePack.write(
        new PackExport(
            header, List.of(), under.toString(), covered, List.<Value.Obj>of().iterator()),
        file);
    return file;
  }

  private static Value.Obj entry(int index, PackLine.Content content) {
    var entry = Value.object("index", index, "leaf", content.leaf());
    return content
        .body()
        .map(body -> entry.with("salt", Value.of(body.salt())).with("body", body.value()))
        .orElse(entry);
  }
}
