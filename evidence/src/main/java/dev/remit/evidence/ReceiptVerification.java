package dev.remit.evidence;

import dev.remit.core.value.InvalidValueException;
import dev.remit.json.Json;
import dev.remit.log.Checkpoint;
import dev.remit.log.Hash;
import dev.remit.log.InclusionProof;
import dev.remit.log.Leaf;
import dev.remit.log.MerkleTree;
import dev.remit.log.Refutation;
import dev.remit.log.TreeHead;
import dev.remit.log.TrustPolicy;
import dev.remit.log.Verified;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One run over a receipt. Findings stand at the line of the entries (2) or of the checkpoint; what
 * is no receipt is found at line 1.
 */
final class ReceiptVerification {

  private static final Pattern ORIGIN =
      Pattern.compile("remit/([0-9a-f]{16})/(_operator|[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)");
  private static final Place FILE = new Place(1, 0);
  private static final Place ENTRIES = new Place(2, 23);

  private final Receipt receipt;
  private final Anchor anchor;
  private final Witnessing witnessing;
  private final Checkpoint claimed;
  private final Place checkpointPlace;
  private final String tenant;
  private final String installation;
  private final EntryCheck entries;
  private final List<Finding> findings = new ArrayList<>();

  private ReceiptVerification(Receipt receipt, Place checkpointPlace, Optional<TrustPolicy> trust) {
    this.receipt = receipt;
    this.anchor = new Anchor(trust, Optional.empty());
    this.witnessing = new Witnessing(trust);
    this.claimed = Checkpoint.parse(receipt.checkpoint().text());
    this.checkpointPlace = checkpointPlace;
    Matcher origin = ORIGIN.matcher(claimed.origin().value());
    if (!origin.matches()) {
      throw new InvalidValueException("the origin is not the one of a tenant's log");
    }
    this.installation = String.valueOf(origin.group(1));
    this.tenant = String.valueOf(origin.group(2));
    this.entries = new EntryCheck(tenant);
  }

  static VerificationReport of(byte[] file, Optional<TrustPolicy> trust) {
    try {
      return new ReceiptVerification(Receipt.parse(file), checkpointPlace(file), trust).run();
    } catch (InvalidValueException e) {
      return VerificationReport.unreadable(
          new Finding(Finding.Code.MALFORMED, FILE, String.valueOf(e.getMessage())));
    }
  }

  /** The line after the first blank one. */
  private static Place checkpointPlace(byte[] file) {
    long line = 2;
    int at = 0;
    while (file[at] != '\n' || file[at + 1] != '\n') {
      line += file[at] == '\n' ? 1 : 0;
      at++;
    }
    return new Place(line + 1, at + 2L);
  }

  private VerificationReport run() {
    receipt.items().forEach(this::item);
    String note = receipt.checkpoint().toString();
    switch (anchor.open(note, installation, tenant)) {
      case Verified.Refuted<Checkpoint>(Refutation reason, String detail) ->
          findings.add(new Finding(Verification.code(reason), checkpointPlace, detail));
      case Verified.Proven<Checkpoint>(Checkpoint checkpoint) ->
          witnessing
              .last(checkpoint, note)
              .ifPresent(refusal -> findings.add(refusal.at(checkpointPlace)));
    }
    return report();
  }

  private void item(Receipt.Item item) {
    Hash hash = MerkleTree.hashLeaf(item.content().leaf().getBytes(StandardCharsets.UTF_8));
    Optional<Refusal> wrong = entries.check(ENTRIES, item.content(), hash);
    wrong.ifPresent(refusal -> findings.add(refusal.at(ENTRIES)));
    Optional<String> call = call(receipt.items().getFirst());
    if (wrong.isEmpty() && (call.isEmpty() || !call(item).equals(call))) {
      findings.add(new Finding(Finding.Code.CALL, ENTRIES, "an entry is of another call"));
    }
    var proof = new InclusionProof(item.index(), claimed.head().size(), item.path());
    if (proof.verify(hash, claimed.head())
        instanceof Verified.Refuted<Leaf>(Refutation reason, String detail)) {
      findings.add(new Finding(Verification.code(reason), ENTRIES, detail));
    }
  }

  /** The call of an entry; empty also where the leaf is none, which is a finding of its own. */
  private static Optional<String> call(Receipt.Item item) {
    try {
      return Json.parseObject(item.content().leaf()).text("call");
    } catch (InvalidValueException e) {
      return Optional.empty();
    }
  }

  private VerificationReport report() {
    return new VerificationReport(
        status(),
        Optional.of(tenant),
        Optional.of(claimed.origin().value()),
        Optional.of(claimed.head()),
        witnessing.witnessed(),
        new VerificationReport.Counts(
            receipt.items().size(),
            0,
            entries.absentBodies(),
            entries.calls().openCount(),
            findings.size()),
        findings,
        entries.calls().open(VerificationReport.OPEN_CALLS_SHOWN),
        notChecked(claimed.head()));
  }

  private VerificationReport.Status status() {
    if (!findings.isEmpty()) {
      return VerificationReport.Status.REFUTED;
    }
    if (!anchor.isTrusting()) {
      return VerificationReport.Status.NOT_ANCHORED;
    }
    return witnessing.isShortOf(claimed.head().size())
        ? VerificationReport.Status.UNWITNESSED
        : VerificationReport.Status.VERIFIED;
  }

  private List<String> notChecked(TreeHead head) {
    List<String> list = new ArrayList<>();
    if (!anchor.isTrusting()) {
      list.add("who signed the checkpoint: bring the log's keys with `--trust`");
    }
    witnessing.notChecked(head.size()).ifPresent(list::add);
    if (entries.absentBodies() > 0) {
      list.add(entries.absentBodies() + " bodies that are erased or withheld");
    }
    if (!entries.unknownKinds().isEmpty()) {
      list.add("what entries of these kinds mean: " + entries.unknownKinds());
    }
    list.add("whether the log holds more on this call than the receipt shows");
    list.addAll(VerificationReport.NEVER_CHECKED);
    return list;
  }
}
