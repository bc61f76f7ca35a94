package dev.remit.evidence;

import dev.remit.core.evidence.Entry;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import dev.remit.log.Checkpoint;
import dev.remit.log.Ed25519Signer;
import dev.remit.log.Frontier;
import dev.remit.log.KeyName;
import dev.remit.log.MemoryHashes;
import dev.remit.log.MerkleTree;
import dev.remit.log.NoteSigner;
import dev.remit.log.Origin;
import dev.remit.log.SignedNote;
import dev.remit.log.TreeHead;
import dev.remit.log.TrustPolicy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A small log of one tenant, and packs of it. */
final class SampleLog {

  static final String INSTALLATION = "00112233445566ff";
  static final TenantId TENANT = new TenantId("harbor-dental");
  static final Ed25519Signer SIGNER = signer(INSTALLATION);

  final TenantId tenant;
  final List<Entry> entries = new ArrayList<>();
  final List<Entry> pending = new ArrayList<>();
  final List<String> cosigned = new ArrayList<>();
  Ed25519Signer signer = SIGNER;

  SampleLog(TenantId tenant) {
    this.tenant = tenant;
  }

  static Ed25519Signer signer(String installation) {
    return Ed25519Signer.generate(new KeyName("remit/" + installation), new SecureRandom());
  }

  /** Six entries: a task, two calls with their outcomes and a refusal; one more is pending. */
  static SampleLog complete() {
    var log = new SampleLog(TENANT);
    log.add(Entry.Kind.TASK_OPENED, "", Value.object("taskClass", "restart-service"));
    log.add(Entry.Kind.INTENT, "call-1", Value.object("tool", "rmm_restart_service"));
    log.add(Entry.Kind.OUTCOME, "call-1", Value.object("outcome", "succeeded"));
    log.add(Entry.Kind.REFUSAL, "call-2", Value.object("reason", "tenant-mismatch"));
    log.add(Entry.Kind.INTENT, "call-3", Value.object("tool", "rmm_list_services", "ratio", 0.25));
    log.add(Entry.Kind.OUTCOME, "call-3", Value.object("outcome", "unknown", "said", "é\u0001"));
    log.pending.add(log.entry(6, Entry.Kind.KILL, "", Value.object("scope", "tenant")));
    return log;
  }

  SampleLog add(Entry.Kind kind, String call, Value.Obj fields) {
    entries.add(entry(entries.size(), kind, call, fields));
    return this;
  }

  Entry entry(int number, Entry.Kind kind, String call, Value.Obj fields) {
    return new Entry(
        "entry-" + number,
        tenant,
        kind,
        call.isEmpty() ? Optional.empty() : Optional.of(call),
        Optional.of("task-1"),
        Instant.parse("2026-03-01T10:00:00Z").plusMillis(number),
        fields,
        Value.object("facts", Value.object("device", "ws-" + number)),
        "%032x".formatted(number + 1));
  }

  static TrustPolicy trust() {
    return TrustPolicy.of(List.of(SIGNER.verifier()));
  }

  TreeHead head(int size) {
    var frontier = new Frontier();
    entries
        .subList(0, size)
        .forEach(entry ->
            frontier.append(MerkleTree.hashLeaf(entry.leaf().getBytes(StandardCharsets.UTF_8))));
    return frontier.head();
  }

  String note(int size) {
    var origin = new Origin("remit/" + INSTALLATION + "/" + tenant);
    return new Checkpoint(origin, head(size)).sign(signer).toString();
  }

  /** The checkpoint of a size with cosignatures. */
  String note(int size, NoteSigner... cosigners) {
    SignedNote note = SignedNote.parse(note(size).getBytes(StandardCharsets.UTF_8));
    for (NoteSigner cosigner : cosigners) {
      note = note.with(SignedNote.sign(note.text(), List.of(cosigner)).signatures().getFirst());
    }
    return note.toString();
  }

  MemoryHashes hashes() {
    var hashes = new MemoryHashes();
    var frontier = new Frontier();
    entries.forEach(entry ->
        frontier.append(
            MerkleTree.hashLeaf(entry.leaf().getBytes(StandardCharsets.UTF_8)), hashes));
    return hashes;
  }

  /** The receipt of a call under a checkpoint. */
  Receipt receipt(String call, String note) {
    List<Value.Obj> items = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).call().equals(Optional.of(call))) {
        items.add(value(entries.get(i)).with("index", Value.of(i)));
      }
    }
    return Receipt.of(items, note, hashes());
  }

  Value.Obj export() {
    return export(note(entries.size()));
  }

  Value.Obj export(String note) {
    List<Value> covered = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      covered.add(value(entries.get(i)).with("index", Value.of(i)));
    }
    return Value.object(
        "header",
        header(),
        "cosigned",
        Value.texts(cosigned),
        "entries",
        new Value.Array(covered),
        "checkpoint",
        note,
        "pending",
        new Value.Array(pending.stream().<Value>map(SampleLog::value).toList()));
  }

  /** Entries of a range alone, with the hashes that lead from the rest to a checkpoint. */
  Value.Obj period(int first, int last, String note, Integer... heads) {
    int size = (int) size(note);
    var shown = export(note).items("entries").subList(first, Math.min(last, entries.size()));
    var export =
        export(note)
            .with(
                "header",
                header()
                    .with("version", Value.of(2))
                    .with("period", Value.object("from", "2026-03-01T10:00:00Z")))
            .with("before", skips(0, first, heads))
            .with("entries", new Value.Array(shown))
            .with("after", skips(last, size, heads));
    return last < size ? export.with("pending", new Value.Array(List.of())) : export;
  }

  private static long size(String note) {
    return Checkpoint.parse(SignedNote.parse(note.getBytes(StandardCharsets.UTF_8)).text())
        .head()
        .size();
  }

  private Value.Array skips(int from, int until, Integer... heads) {
    List<Value> skips = new ArrayList<>();
    int at = from;
    for (int head : heads) {
      if (head > from && head < until) {
        LeftOut.between(at, head, hashes()).forEach(out -> skips.add(out.toValue()));
        at = head;
      }
    }
    LeftOut.between(at, until, hashes()).forEach(out -> skips.add(out.toValue()));
    return new Value.Array(skips);
  }

  Value.Obj header() {
    return Value.object(
        "format",
        "remit-evidence-pack",
        "version",
        1,
        "tenant",
        tenant.value(),
        "origin",
        "remit/" + INSTALLATION + "/" + tenant,
        "installation",
        INSTALLATION,
        "exportedAt",
        "2026-03-01T11:00:00Z");
  }

  static Value.Obj value(Entry entry) {
    return Value.object("leaf", entry.leaf(), "salt", entry.salt(), "body", entry.body());
  }

  static byte[] pack(Value.Obj export) {
    var out = new ByteArrayOutputStream();
    try {
      EvidencePack.write(export, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  byte[] pack() {
    return pack(export());
  }

  static VerificationReport verify(byte[] pack) {
    return verify(pack, Optional.of(trust()), Optional.empty());
  }

  static VerificationReport verify(
      byte[] pack, Optional<TrustPolicy> trust, Optional<String> since) {
    return Verification.of(
        new PackReader(new ByteArrayInputStream(pack)), new Anchor(trust, since));
  }

  /** The codes of all findings, to compare with. */
  static List<Finding.Code> codes(VerificationReport report) {
    return report.findings().stream().map(Finding::code).toList();
  }
}
