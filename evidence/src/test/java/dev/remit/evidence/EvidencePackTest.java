package dev.remit.evidence;

import static dev.remit.evidence.SampleLog.TENANT;
import static dev.remit.evidence.SampleLog.codes;
import static dev.remit.evidence.SampleLog.pack;
import static dev.remit.evidence.SampleLog.trust;
import static dev.remit.evidence.SampleLog.verify;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.evidence.Entry;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.log.Checkpoint;
import dev.remit.log.Origin;
import dev.remit.log.TrustPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidencePackTest {

  private static final Value.Obj NOTHING = Value.Obj.EMPTY;

  @TempDir Path folder;

  @Test
  void aCompletePackIsVerifiedAndSaysWhatItDidNotCheck() throws IOException {
    Path file = folder.resolve("pack.jsonl");
    EvidencePack.write(SampleLog.complete().export(), file);

    var report = EvidencePack.verify(file, Optional.of(trust()), Optional.empty());

    assertThat(report.findings()).isEmpty();
    assertThat(report.status()).isEqualTo(VerificationReport.Status.VERIFIED);
    assertThat(report.counts()).isEqualTo(new VerificationReport.Counts(6, 1, 0, 0, 0));
    assertThat(report.notChecked())
        .anyMatch(line -> line.contains("not in the log yet"))
        .anyMatch(line -> line.contains("witness"))
        .anyMatch(line -> line.contains("went around"))
        .anyMatch(line -> line.contains("older"));
    assertThat(report.toValue().text("status")).contains("verified");
  }

  @Test
  void aPackIsReadableByItsOwnerOnlyAndNothingElseIsLeft() throws IOException {
    Path file = folder.resolve("pack.jsonl");
    EvidencePack.write(SampleLog.complete().export(), file);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void anExportThatCannotBeWrittenLeavesThePackOfYesterday() throws IOException {
    Path file = folder.resolve("pack.jsonl");
    EvidencePack.write(SampleLog.complete().export(), file);
    byte[] before = Files.readAllBytes(file);
    var broken = SampleLog.complete().export().with("pending", new Value.Array(List.of(NOTHING)));

    assertThatThrownBy(() -> EvidencePack.write(broken, file))
        .isInstanceOf(InvalidValueException.class);

    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void anExportWithoutCheckpointIsNotWritten() {
    var export = SampleLog.complete().export().without("checkpoint");

    assertThatThrownBy(() -> pack(export)).hasMessageContaining("no signed checkpoint yet");
  }

  @Test
  void entriesBeyondTheCheckpointAreWrittenAsPending() {
    var log = SampleLog.complete();

    var report = verify(pack(log.export(log.note(3))));

    assertThat(report.isVerified()).isTrue();
    assertThat(report.counts()).isEqualTo(new VerificationReport.Counts(3, 4, 0, 0, 0));
  }

  @Test
  void aHeaderWithoutNameOfTheLogGetsItFromTheCheckpoint() {
    var log = SampleLog.complete();
    var header = log.header().without("origin").without("installation");

    assertThat(pack(log.export().with("header", header))).isEqualTo(log.pack());
  }

  @Test
  void aMissingFileIsNoVerdict() {
    assertThatThrownBy(
            () -> EvidencePack.verify(folder.resolve("no"), Optional.empty(), Optional.empty()))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void withoutKeysAPackIsNotAnchored() {
    var report = verify(SampleLog.complete().pack(), Optional.empty(), Optional.empty());

    assertThat(report.status()).isEqualTo(VerificationReport.Status.NOT_ANCHORED);
    assertThat(report.isVerified()).isFalse();
    assertThat(report.notChecked()).anyMatch(line -> line.contains("who signed"));
  }

  @Test
  void aWrongPackIsRefutedWithoutKeysToo() {
    var log = SampleLog.complete();
    String note = log.note(6);
    log.entries.set(3, log.entry(3, Entry.Kind.REFUSAL, "call-2", NOTHING));

    var report = verify(pack(log.export(note)), Optional.empty(), Optional.empty());

    assertThat(report.status()).isEqualTo(VerificationReport.Status.REFUTED);
    assertThat(codes(report)).containsExactly(Finding.Code.ROOT);
  }

  @Test
  void aCheckpointOfAnotherKeyIsRefuted() {
    var log = SampleLog.complete();
    log.signer = SampleLog.signer(SampleLog.INSTALLATION);

    assertThat(codes(verify(log.pack()))).containsExactly(Finding.Code.SIGNATURE);
  }

  @Test
  void aTrustedKeyOfAnotherInstallationDoesNotSpeakForThisOne() {
    var other = SampleLog.signer("ffffffffffffffff");
    var log = SampleLog.complete();
    log.signer = other;
    var both = TrustPolicy.of(List.of(SampleLog.SIGNER.verifier(), other.verifier()));

    var report = verify(log.pack(), Optional.of(both), Optional.empty());

    assertThat(codes(report)).containsExactly(Finding.Code.SIGNATURE);
  }

  @Test
  void hostileCase35EvidenceBringsItsOwnKeys() {
    var attacker = SampleLog.signer(SampleLog.INSTALLATION);
    var log = SampleLog.complete();
    log.signer = attacker;
    var withKey =
        log.header().with("logKeys", Value.texts(List.of(attacker.verifier().toString())));

    assertThatThrownBy(() -> pack(log.export().with("header", withKey)))
        .isInstanceOf(InvalidValueException.class);
    byte[] forged = log.pack();
    String line = "{\"logKeys\":[\"" + attacker.verifier() + "\"]}\n";
    var lines = new ArrayList<>(new String(forged, StandardCharsets.UTF_8).lines().toList());
    lines.set(
        0,
        lines
            .getFirst()
            .replace("\"origin\"", line.strip().substring(1, line.length() - 2) + ",\"origin\""));
    byte[] inHeader = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] ownLine =
        (new String(forged, StandardCharsets.UTF_8) + line).getBytes(StandardCharsets.UTF_8);

    assertThat(verify(forged).status()).isEqualTo(VerificationReport.Status.REFUTED);
    assertThat(verify(inHeader).status()).isEqualTo(VerificationReport.Status.REFUTED);
    assertThat(verify(ownLine).status()).isEqualTo(VerificationReport.Status.REFUTED);
    for (byte[] pack : List.of(forged, inHeader, ownLine)) {
      assertThat(verify(pack, Optional.empty(), Optional.empty()).isVerified()).isFalse();
    }
  }

  @Test
  void aCheckpointOfAnotherTenantIsRefuted() {
    var other = SampleLog.complete();
    var note =
        new Checkpoint(new Origin("remit/" + SampleLog.INSTALLATION + "/other"), other.head(6))
            .sign(SampleLog.SIGNER)
            .toString();

    assertThat(codes(verify(pack(other.export(note))))).containsExactly(Finding.Code.ORIGIN);
  }

  @Test
  void entriesOfAnotherTenantAreRefuted() {
    var log = SampleLog.complete();
    log.entries.set(
        3, new SampleLog(new TenantId("other")).entry(3, Entry.Kind.REFUSAL, "call-2", NOTHING));

    var report = verify(log.pack());

    assertThat(codes(report)).containsExactly(Finding.Code.TENANT);
    assertThat(report.findings().getFirst().place().line()).isEqualTo(5);
  }

  @Test
  void aHeaderThatNamesAnotherLogIsRefuted() {
    var log = SampleLog.complete();
    var export = log.export();

    for (var change :
        List.of(
            log.header().with("tenant", Value.of("other")),
            log.header().with("installation", Value.of("0123456789abcdef")),
            log.header().with("origin", Value.of("remit/0123456789abcdef/" + TENANT)))) {
      assertThat(codes(verify(pack(export.with("header", change))))).contains(Finding.Code.ORIGIN);
    }
  }

  @Test
  void aBodyWithAnotherSaltOrContentIsRefuted() {
    var export = SampleLog.complete().export();
    var forged = Value.object("facts", Value.object("device", "another"));

    assertThat(codes(verify(pack(withEntry(export, 1, "body", forged)))))
        .containsExactly(Finding.Code.BODY);
    assertThat(codes(verify(pack(withEntry(export, 1, "salt", Value.of("0".repeat(32)))))))
        .containsExactly(Finding.Code.BODY);
  }

  @Test
  void aBodyReplacedTogetherWithItsLeafIsRefuted() {
    var log = SampleLog.complete();
    String note = log.note(6);
    var old = log.entries.get(1);
    log.entries.set(
        1,
        new Entry(
            old.id(),
            old.tenant(),
            old.kind(),
            old.call(),
            old.task(),
            old.at(),
            old.fields(),
            Value.object("facts", "none"),
            old.salt()));

    assertThat(codes(verify(pack(log.export(note))))).containsExactly(Finding.Code.ROOT);
  }

  @Test
  void anErasedBodyIsNotWrongAndIsListed() {
    var export = SampleLog.complete().export();
    List<Value> entries = new ArrayList<>(export.items("entries"));
    entries.set(1, ((Value.Obj) entries.get(1)).without("body").without("salt"));

    var report = verify(pack(export.with("entries", new Value.Array(entries))));

    assertThat(report.isVerified()).isTrue();
    assertThat(report.counts().absentBodies()).isEqualTo(1);
    assertThat(report.notChecked()).anyMatch(line -> line.contains("1 bodies"));
  }

  @Test
  void anOlderCheckpointThatTheLogContinuesIsFine() {
    var log = SampleLog.complete();

    for (int size = 1; size <= 6; size++) {
      var report = verify(log.pack(), Optional.of(trust()), Optional.of(log.note(size)));
      assertThat(report.findings()).as("size %d", size).isEmpty();
    }
  }

  @Test
  void aLogThatWasCutBackIsRefuted() {
    var log = SampleLog.complete();
    String newer = log.note(6);
    log.entries.subList(3, 6).clear();

    assertThat(codes(verify(log.pack(), Optional.of(trust()), Optional.of(newer))))
        .containsExactly(Finding.Code.SINCE);
  }

  @Test
  void aHistoryThatWasRewrittenAndSignedAgainIsRefuted() {
    var log = SampleLog.complete();
    String older = log.note(4);
    log.entries.set(0, log.entry(0, Entry.Kind.TASK_OPENED, "", NOTHING));

    assertThat(verify(log.pack()).isVerified()).isTrue();
    assertThat(codes(verify(log.pack(), Optional.of(trust()), Optional.of(older))))
        .containsExactly(Finding.Code.SINCE);
  }

  @Test
  void anOlderCheckpointOfAnotherLogOrKeyIsOfNoUse() {
    var log = SampleLog.complete();
    var unsigned = SampleLog.complete();
    unsigned.signer = SampleLog.signer(SampleLog.INSTALLATION);
    var other = new SampleLog(new TenantId("other")).add(Entry.Kind.KILL, "", NOTHING);

    for (String since : List.of(unsigned.note(3), other.note(1), "no note", "")) {
      assertThat(codes(verify(log.pack(), Optional.of(trust()), Optional.of(since))))
          .containsExactly(Finding.Code.SINCE);
    }
  }

  @Test
  void anOldCheckpointUnderMoreEntriesDoesNotCoverThem() {
    var log = SampleLog.complete();
    var pack = new String(log.pack(), StandardCharsets.UTF_8);
    String old = pack.replace(json(log.note(6)), json(log.note(4)));

    assertThat(codes(verify(old.getBytes(StandardCharsets.UTF_8)))).contains(Finding.Code.SIZE);
  }

  private static String json(String note) {
    return note.replace("\n", "\\n");
  }

  @Test
  void anEmptyLogVerifiesAndAnOlderEmptyCheckpointSaysNothing() {
    var log = new SampleLog(TENANT);

    var report = verify(log.pack(), Optional.of(trust()), Optional.of(log.note(0)));

    assertThat(report.isVerified()).isTrue();
    assertThat(report.notChecked()).anyMatch(line -> line.contains("empty log"));
  }

  private static Value.Obj withEntry(Value.Obj export, int index, String member, Value value) {
    List<Value> entries = new ArrayList<>(export.items("entries"));
    entries.set(index, ((Value.Obj) entries.get(index)).with(member, value));
    return export.with("entries", new Value.Array(entries));
  }
}
