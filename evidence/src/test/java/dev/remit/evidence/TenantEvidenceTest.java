package dev.remit.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Journal;
import dev.remit.core.evidence.LogFiles;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import dev.remit.evidence.VerificationReport.Status;
import dev.remit.log.Ed25519Cosigner;
import dev.remit.log.Ed25519Signer;
import dev.remit.log.KeyName;
import dev.remit.log.TrustPolicy;
import dev.remit.log.tile.TilePath;
import dev.remit.log.tile.Tiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TenantEvidenceTest {

  private static final Instant NOW = Instant.parse("2026-03-01T11:00:00Z");

  private final SampleLog log = SampleLog.complete();
  private final List<Integer> asked = new ArrayList<>();
  private int signed = log.entries.size();
  private boolean isErased;

  /** The files of the sample log at the size that is signed. */
  private final class Files implements LogFiles {

    @Override
    public Optional<byte[]> read(TenantId tenant, String path) {
      if (!tenant.equals(SampleLog.TENANT) || signed == 0) {
        return Optional.empty();
      }
      return Optional.of(
          path.equals(CHECKPOINT)
              ? log.note(signed).getBytes(StandardCharsets.UTF_8)
              : Tiles.bytes((TilePath.Hashes) TilePath.parse(path), log.hashes()));
    }

    @Override
    public List<String> cosigned(TenantId tenant, int limit) {
      return log.cosigned;
    }

    @Override
    public List<TenantId> without(String witness) {
      return List.of();
    }

    @Override
    public void cosign(TenantId tenant, long size, String witness, String line) {
      throw new UnsupportedOperationException("nobody cosigns here");
    }
  }

  private List<Journal.Stored> trail(Journal.Query query) {
    asked.add((int) query.fromIndex());
    var logged =
        IntStream.range((int) query.fromIndex(), log.entries.size())
            .filter(i ->
                query.since().isEmpty() || !log.entries.get(i).at().isBefore(query.since().get()))
            .filter(i -> query.call().isEmpty() || log.entries.get(i).call().equals(query.call()))
            .mapToObj(i -> stored(Optional.of((long) i), log.entries.get(i)));
    var waiting = log.pending.stream().map(entry -> stored(Optional.empty(), entry));
    return java.util.stream.Stream.concat(
            logged, query.call().isPresent() ? java.util.stream.Stream.of() : waiting)
        .limit(query.limit())
        .toList();
  }

  private Journal.Stored stored(Optional<Long> index, Entry entry) {
    if (isErased) {
      return new Journal.Stored(index, entry.leaf(), "", Value.Obj.EMPTY);
    }
    return new Journal.Stored(index, entry.leaf(), entry.salt(), entry.body());
  }

  private TenantEvidence evidence() {
    return new TenantEvidence(new Files(), this::trail, InstantSource.fixed(NOW));
  }

  private byte[] pack() {
    var out = new ByteArrayOutputStream();
    try {
      EvidencePack.write(evidence().export(SampleLog.TENANT).orElseThrow(), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  @Test
  void aPackHoldsTheLogAndWhatWaits() {
    var report = SampleLog.verify(pack());
    assertThat(report.status()).isEqualTo(Status.VERIFIED);
    assertThat(report.counts().entries()).isEqualTo(6);
    assertThat(report.counts().pending()).isEqualTo(1);
  }

  @Test
  void afterTheirErasurePackAndReceiptVerifyWithoutBodies() {
    isErased = true;
    var report = SampleLog.verify(pack());
    assertThat(report.status()).isEqualTo(Status.VERIFIED);
    assertThat(report.counts().absentBodies()).isEqualTo(7);
    assertThat(new String(pack(), StandardCharsets.UTF_8)).doesNotContain("\"salt\"");
    var receipt = evidence().receipt(SampleLog.TENANT, "call-1").orElseThrow();
    assertThat(ReceiptVerification.of(receipt.toBytes(), Optional.of(SampleLog.trust())).status())
        .isEqualTo(Status.VERIFIED);
  }

  @Test
  void entriesBeyondTheCheckpointAreNotPassedOffAsSigned() {
    signed = 4;
    var report = SampleLog.verify(pack());
    assertThat(report.status()).isEqualTo(Status.VERIFIED);
    assertThat(report.counts().entries()).isEqualTo(4);
    assertThat(report.counts().pending()).isEqualTo(3);
  }

  @Test
  void aLongLogIsReadPageByPageAndOnce() {
    for (int i = 0; i < 2_500; i++) {
      log.add(Entry.Kind.REFUSAL, "more-" + i, Value.object("n", i));
    }
    signed = log.entries.size();
    assertThat(SampleLog.verify(pack()).counts().entries()).isEqualTo(2_506);
    assertThat(asked).containsExactly(0, 1_000, 2_000);
  }

  private VerificationReport of(String from, String until, Optional<Long> since) {
    var wanted = new TenantEvidence.Wanted(Period.of(Optional.of(from), Optional.of(until)), since);
    var out = new ByteArrayOutputStream();
    try {
      EvidencePack.write(evidence().export(SampleLog.TENANT, wanted).orElseThrow(), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return SampleLog.verify(
        out.toByteArray(),
        Optional.of(SampleLog.trust()),
        since.map(size -> log.note(size.intValue())));
  }

  /** Entries a second apart, from ten o'clock on. */
  private void hours() {
    log.pending.clear();
    for (int i = 0; i < 4_000; i++) {
      var entry = log.entry(100 + 1_000 * i, Entry.Kind.REFUSAL, "more-" + i, Value.Obj.EMPTY);
      log.entries.add(entry);
    }
    signed = log.entries.size();
  }

  @Test
  void aPeriodIsProvenWithoutTheRest() {
    hours();
    var report = of("2026-03-01T10:10:00Z", "2026-03-01T10:20:00Z", Optional.empty());

    assertThat(report.status()).isEqualTo(Status.VERIFIED);
    assertThat(report.counts().entries()).as("ten minutes, and one more").isEqualTo(660);
    assertThat(report.notChecked()).anyMatch(line -> line.startsWith("3346 entries of the log"));
    assertThat(asked).as("found by their time, then read once").containsExactly(0, 0, 606);
  }

  @Test
  void aPeriodContinuesAnOlderCheckpointThatWasAskedFor() {
    hours();

    assertThat(of("2026-03-01T10:10:00Z", "2026-03-01T10:11:00Z", Optional.of(333L)).status())
        .isEqualTo(Status.VERIFIED);
  }

  @Test
  void aPeriodWithoutEntriesIsProvenToo() {
    var report = of("2027-03-01T10:10:00Z", "2027-03-01T10:20:00Z", Optional.empty());

    assertThat(report.status()).isEqualTo(Status.VERIFIED);
    assertThat(report.counts().entries()).isZero();
    assertThat(of("2025-01-01T00:00:00Z", "2025-01-02T00:00:00Z", Optional.empty()).status())
        .isEqualTo(Status.VERIFIED);
  }

  @Test
  void aReceiptVerifiesOffline() {
    var receipt = evidence().receipt(SampleLog.TENANT, "call-1").orElseThrow();
    var report = ReceiptVerification.of(receipt.toBytes(), Optional.of(SampleLog.trust()));
    assertThat(report.status()).isEqualTo(Status.VERIFIED);
    assertThat(receipt).isEqualTo(log.receipt("call-1", log.note(6)));
  }

  @Test
  void aReceiptPrefersWhatAWitnessSaw() {
    var witness =
        new Ed25519Cosigner(
            Ed25519Signer.generate(new KeyName("witness.example"), new SecureRandom()),
            InstantSource.fixed(NOW));
    log.cosigned.add(log.note(2, witness));
    log.cosigned.add(log.note(5, witness));
    var receipt = evidence().receipt(SampleLog.TENANT, "call-1").orElseThrow();
    assertThat(receipt.checkpoint().toString()).isEqualTo(log.cosigned.getLast());
    var late = evidence().receipt(SampleLog.TENANT, "call-3").orElseThrow();
    assertThat(late.checkpoint().toString()).isEqualTo(log.note(6));
    assertThat(SampleLog.verify(pack(), Optional.of(policy(witness)), Optional.empty()).status())
        .isNotEqualTo(Status.REFUTED);
  }

  private static TrustPolicy policy(Ed25519Cosigner witness) {
    var text =
        "log %s\nwitness w %s\nquorum w\n"
            .formatted(SampleLog.SIGNER.verifier(), witness.verifier());
    return TrustPolicy.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void nothingIsSaidOfACallThatIsNotInTheSignedLog() {
    assertThat(evidence().receipt(SampleLog.TENANT, "call-9")).isEmpty();
    assertThat(evidence().receipt(new TenantId("north-legal"), "call-1")).isEmpty();
    signed = 0;
    assertThat(evidence().receipt(SampleLog.TENANT, "call-1")).isEmpty();
    assertThat(evidence().export(SampleLog.TENANT)).isEmpty();
  }
}
