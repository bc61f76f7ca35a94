package dev.remit.evidence;

import dev.remit.log.Checkpoint;
import dev.remit.log.Frontier;
import dev.remit.log.Hash;
import dev.remit.log.MerkleTree;
import dev.remit.log.Refutation;
import dev.remit.log.TreeHead;
import dev.remit.log.Verified;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One run over a pack: every line once, one hash for each bit of the size, one small key for each
 * entry and call.
 */
final class Verification {

  private static final int FINDINGS_SHOWN = 50;

  private final Anchor anchor;
  private final PackReader reader;
  private final PackLine.Header header;
  private final EntryCheck entries;
  private final EntryScan scan;
  private final Frontier frontier = new Frontier();
  private final Witnessing witnessing;
  private final List<Finding> findings = new ArrayList<>();
  private long findingCount;
  private long pending;
  private long shown;
  private long leftOut;
  private long shownUntil;
  private int openWhenCovered;
  private Optional<TreeHead> head = Optional.empty();
  private Optional<Place> stoppedAt = Optional.empty();

  private Verification(Anchor anchor, PackReader reader, PackLine.Header header) {
    this.anchor = anchor;
    this.reader = reader;
    this.header = header;
    this.entries = new EntryCheck(header.tenant().value());
    this.scan = new EntryScan(header.tenant().value());
    this.witnessing = new Witnessing(anchor.trust());
  }

  static VerificationReport of(PackReader reader, Anchor anchor) {
    Optional<PackLine> first;
    try {
      first = reader.next();
    } catch (InvalidPackException e) {
      return VerificationReport.unreadable(e.finding());
    }
    if (first.isPresent() && first.get() instanceof PackLine.Header header) {
      return new Verification(anchor, reader, header).run();
    }
    throw new IllegalStateException("a pack was read that begins without its header");
  }

  private VerificationReport run() {
    begin();
    try {
      boolean isAtEnd = false;
      while (!isAtEnd) {
        while (reader.nextEntry(scan)) {
          covered();
        }
        var line = reader.next();
        line.ifPresent(this::accept);
        isAtEnd = line.isEmpty();
      }
    } catch (InvalidPackException e) {
      add(e.finding());
      stoppedAt = Optional.of(e.finding().place());
    }
    return report();
  }

  private void begin() {
    String origin = Anchor.origin(header.installation(), header.tenant().value());
    if (!header.origin().equals(origin)) {
      add(
          new Finding(
              Finding.Code.ORIGIN, header.place(), "the origin should be `" + origin + "`"));
    }
    anchor.begin(header).ifPresent(refusal -> add(refusal.at(header.place())));
    anchor.passing(frontier);
  }

  private void cosigned(PackLine.Cosigned line) {
    switch (anchor.open(line.note(), header)) {
      case Verified.Refuted<Checkpoint>(Refutation reason, String detail) ->
          add(new Finding(code(reason), line.place(), detail));
      case Verified.Proven<Checkpoint>(Checkpoint checkpoint) -> {
        witnessing
            .claim(line.place(), checkpoint, line.note())
            .ifPresent(refusal -> add(refusal.at(line.place())));
        witnessing.passing(frontier).ifPresent(this::add);
      }
    }
  }

  private void accept(PackLine line) {
    switch (line) {
      case PackLine.Header again -> throw new IllegalStateException("a second header was read");
      case PackLine.Cosigned cosigned -> cosigned(cosigned);
      case PackLine.Skipped skipped -> skipped(skipped);
      case PackLine.Covered covered -> covered(covered);
      case PackLine.Checkpoint checkpoint -> checkpoint(checkpoint);
      case PackLine.Pending waiting -> {
        pending++;
        entry(waiting.place(), waiting.content());
      }
      case PackLine.End end -> end(end);
    }
  }

  /** An entry that the scan found right by itself. */
  private void covered() {
    Place place = reader.place();
    index(place, scan.index());
    entries.right(place, scan).ifPresent(refusal -> add(refusal.at(place)));
    append(scan.hash());
  }

  /** What is left out leads on to the checkpoint by its hashes, and is shown by nothing. */
  private void skipped(PackLine.Skipped line) {
    var out = line.out();
    if (!out.fits(frontier.size())) {
      add(
          new Finding(
              Finding.Code.INDEX,
              line.place(),
              "what is left out does not go from " + frontier.size() + " to " + line.until()));
      return;
    }
    if (shown == 0) {
      entries.calls().fromTheMiddle();
    }
    leftOut += out.until() - frontier.size();
    out.pass(frontier, (node, hash) -> {}, this::passed);
    shownUntil = shown == 0 ? frontier.size() : shownUntil;
  }

  private void passed() {
    anchor.passing(frontier);
    witnessing.passing(frontier).ifPresent(this::add);
  }

  private void covered(PackLine.Covered line) {
    index(line.place(), line.index());
    append(entry(line.place(), line.content()));
  }

  private void index(Place place, long index) {
    if (index != frontier.size()) {
      add(
          new Finding(
              Finding.Code.INDEX,
              place,
              "index " + index + " stands where " + frontier.size() + " should"));
    }
  }

  private void append(Hash leaf) {
    frontier.append(leaf);
    shown++;
    shownUntil = frontier.size();
    passed();
  }

  private Hash entry(Place place, PackLine.Content content) {
    Hash hash = MerkleTree.hashLeaf(content.leaf().getBytes(StandardCharsets.UTF_8));
    entries.check(place, content, hash).ifPresent(refusal -> add(refusal.at(place)));
    return hash;
  }

  private void checkpoint(PackLine.Checkpoint line) {
    openWhenCovered = entries.calls().openCount();
    switch (anchor.open(line.note(), header)) {
      case Verified.Refuted<Checkpoint>(Refutation reason, String detail) ->
          add(new Finding(code(reason), line.place(), detail));
      case Verified.Proven<Checkpoint>(Checkpoint checkpoint) -> {
        head = Optional.of(checkpoint.head());
        compare(checkpoint.head(), line.place());
        witnessing
            .last(checkpoint, line.note())
            .ifPresent(refusal -> add(refusal.at(line.place())));
      }
    }
    witnessing.unreached().forEach(this::add);
    anchor.continuity().ifPresent(refusal -> add(refusal.at(line.place())));
  }

  private void compare(TreeHead signed, Place place) {
    TreeHead computed = frontier.head();
    if (signed.size() != computed.size()) {
      add(
          new Finding(
              Finding.Code.SIZE,
              place,
              "the checkpoint is of "
                  + signed.size()
                  + " entries, the pack has "
                  + computed.size()));
    } else if (!signed.root().equals(computed.root())) {
      add(
          new Finding(
              Finding.Code.ROOT, place, "the entries do not lead to the checkpoint's root"));
    }
  }

  static Finding.Code code(Refutation reason) {
    return switch (reason) {
      case BAD_SIGNATURE, NO_TRUSTED_SIGNATURE -> Finding.Code.SIGNATURE;
      case ORIGIN_MISMATCH -> Finding.Code.ORIGIN;
      case SIZE_MISMATCH, SIZES_REVERSED, EMPTY_TREE, INDEX_OUT_OF_RANGE -> Finding.Code.SIZE;
      case ROOT_MISMATCH, FORK -> Finding.Code.ROOT;
      case MALFORMED, PROOF_LENGTH -> Finding.Code.MALFORMED;
    };
  }

  private void end(PackLine.End end) {
    if (end.entries() != shown || end.pending() != pending) {
      add(new Finding(Finding.Code.DAMAGED, end.place(), "the counts do not fit the lines"));
    }
    if (!end.sha256().equals(reader.digestBefore())) {
      add(
          new Finding(
              Finding.Code.DAMAGED, end.place(), "the pack's digest does not fit its lines"));
    }
  }

  private void add(Finding finding) {
    findingCount++;
    if (findings.size() < FINDINGS_SHOWN) {
      findings.add(finding);
    }
  }

  private VerificationReport report() {
    var counts =
        new VerificationReport.Counts(
            shown, pending, entries.absentBodies(), entries.calls().openCount(), findingCount);
    return new VerificationReport(
        status(),
        Optional.of(header.tenant().value()),
        Optional.of(header.origin()),
        head,
        witnessing.witnessed(),
        counts,
        findings,
        entries.calls().open(VerificationReport.OPEN_CALLS_SHOWN),
        notChecked());
  }

  private VerificationReport.Status status() {
    if (findingCount > 0) {
      return VerificationReport.Status.REFUTED;
    }
    if (!anchor.isTrusting()) {
      return VerificationReport.Status.NOT_ANCHORED;
    }
    return witnessing.isShortOf(shownUntil)
        ? VerificationReport.Status.UNWITNESSED
        : VerificationReport.Status.VERIFIED;
  }

  private List<String> notChecked() {
    List<String> list = new ArrayList<>();
    stoppedAt.ifPresent(place -> list.add("whatever stands after line " + place.line()));
    if (!anchor.isTrusting()) {
      list.add("who signed the checkpoint: bring the log's keys with `--trust`");
    }
    list.addAll(anchor.notChecked());
    witnessing.notChecked(shownUntil).ifPresent(list::add);
    if (leftOut > 0) {
      list.add(
          leftOut
              + " entries of the log that this pack leaves out: only their hashes are here, and"
              + " nothing shows that none of them is of its time");
    }
    if (entries.calls().earlierCount() > 0) {
      list.add(
          "the intents of "
              + entries.calls().earlierCount()
              + " calls whose outcomes stand here: they come before the entries of this pack");
    }
    if (pending > 0) {
      list.add(pending + " entries that were not in the log yet: no checkpoint covers them");
    }
    if (openWhenCovered > entries.calls().openCount()) {
      list.add(
          "the outcomes of "
              + (openWhenCovered - entries.calls().openCount())
              + " calls: they stand only in entries that no checkpoint covers");
    }
    if (entries.absentBodies() > 0) {
      list.add(entries.absentBodies() + " bodies that are erased or withheld");
    }
    if (!entries.unknownKinds().isEmpty()) {
      list.add("what entries of these kinds mean: " + entries.unknownKinds());
    }
    list.addAll(VerificationReport.NEVER_CHECKED);
    return list;
  }
}
