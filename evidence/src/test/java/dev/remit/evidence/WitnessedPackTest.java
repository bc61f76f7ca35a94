package dev.remit.evidence;

import static dev.remit.evidence.SampleLog.codes;
import static dev.remit.evidence.SampleLog.pack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.value.InvalidValueException;
import dev.remit.evidence.VerificationReport.Status;
import dev.remit.evidence.VerificationReport.Witnessed;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WitnessedPackTest {

  private final SampleLog log = SampleLog.complete();

  private static VerificationReport verify(byte[] pack, String policy) {
    return SampleLog.verify(pack, Optional.of(TrustFile.parse(policy)), Optional.empty());
  }

  @Test
  void aPackWhoseLastCheckpointIsCosignedIsVerifiedAndSaysByWhom() {
    var report = verify(pack(log.export(log.note(6, Witnesses.TWO))), Witnesses.anyOfTwo());

    assertThat(report.findings()).isEmpty();
    assertThat(report.status()).isEqualTo(Status.VERIFIED);
    assertThat(report.witnessed()).contains(new Witnessed(6, List.of("two")));
    assertThat(report.notChecked()).noneMatch(line -> line.contains("witness"));
    assertThat(report.lines()).contains("witnessed: the first 6 entries, by two");
    assertThat(report.toValue().object("witnessed").orElseThrow().integer("size")).contains(6L);
  }

  @Test
  void aWitnessWithAKeyOfTheNewerKindCountsAsWell() {
    var report = verify(pack(log.export(log.note(6, Witnesses.AUDITOR))), Witnesses.auditor());

    assertThat(report.status()).isEqualTo(Status.VERIFIED);
    assertThat(report.witnessed()).contains(new Witnessed(6, List.of("auditor")));
  }

  @Test
  void aPackThatNobodyCosignedIsUnwitnessedFromItsFirstEntry() {
    var report = verify(log.pack(), Witnesses.anyOfTwo());

    assertThat(report.status()).isEqualTo(Status.UNWITNESSED);
    assertThat(report.isVerified()).isFalse();
    assertThat(report.witnessed()).isEmpty();
    assertThat(report.notChecked()).anyMatch(line -> line.contains("entries 0 to 5: unwitnessed"));
  }

  @Test
  void anEarlierCosignedCheckpointSaysWhichPartIsUnwitnessed() {
    log.cosigned.add(log.note(2, Witnesses.ONE));
    log.cosigned.add(log.note(4, Witnesses.ONE, Witnesses.TWO));

    var report = verify(log.pack(), Witnesses.anyOfTwo());

    assertThat(report.findings()).isEmpty();
    assertThat(report.status()).isEqualTo(Status.UNWITNESSED);
    assertThat(report.witnessed()).contains(new Witnessed(4, List.of("one", "two")));
    assertThat(report.notChecked()).anyMatch(line -> line.contains("entries 4 to 5: unwitnessed"));
  }

  @Test
  void fewerWitnessesThanTheReaderAsksForAreNotEnough() {
    byte[] pack = pack(log.export(log.note(6, Witnesses.ONE)));

    assertThat(verify(pack, Witnesses.bothOfTwo()).status()).isEqualTo(Status.UNWITNESSED);
    assertThat(verify(pack, Witnesses.auditor()).status()).isEqualTo(Status.UNWITNESSED);
  }

  @Test
  void aReaderWhoAsksForNoWitnessIsToldSo() {
    var report =
        SampleLog.verify(
            pack(log.export(log.note(6, Witnesses.ONE))),
            Optional.of(SampleLog.trust()),
            Optional.empty());

    assertThat(report.status()).isEqualTo(Status.VERIFIED);
    assertThat(report.witnessed()).isEmpty();
    assertThat(report.notChecked()).anyMatch(line -> line.contains("no witness's cosignature"));
  }

  @Test
  void aWrongCosignatureIsFound() {
    String other = log.note(5, Witnesses.ONE);
    String spoiled = log.note(6) + other.substring(other.lastIndexOf("— "));

    var report = verify(pack(log.export(spoiled)), Witnesses.anyOfTwo());

    assertThat(codes(report)).containsExactly(Finding.Code.COSIGNATURE);
  }

  @Test
  void aWitnessNeverSpeaksForTheLog() {
    String onlyWitness =
        "log "
            + SampleLog.signer("ffffffffffffffff").verifier()
            + "\nwitness one "
            + Witnesses.ONE.verifier()
            + "\nquorum one\n";

    var report = verify(pack(log.export(log.note(6, Witnesses.ONE))), onlyWitness);

    assertThat(codes(report)).containsExactly(Finding.Code.SIGNATURE);
  }

  @Test
  void aCosignedForkIsFound() {
    var fork = SampleLog.complete();
    fork.entries.set(
        1,
        fork.entry(
            99,
            dev.remit.core.evidence.Entry.Kind.REFUSAL,
            "call-9",
            dev.remit.core.value.Value.Obj.EMPTY));
    log.cosigned.add(fork.note(4, Witnesses.ONE));

    var report = verify(pack(log.export(log.note(6, Witnesses.ONE))), Witnesses.anyOfTwo());

    assertThat(codes(report)).containsExactly(Finding.Code.ROOT);
    assertThat(report.findings().getFirst().place().line()).isEqualTo(2);
  }

  @Test
  void cosignedCheckpointsOutOfOrderOrBeyondThePackAreFound() {
    log.cosigned.add(log.note(4, Witnesses.ONE));
    log.cosigned.add(log.note(4, Witnesses.TWO));
    var longer = SampleLog.complete();
    longer.add(dev.remit.core.evidence.Entry.Kind.KILL, "", dev.remit.core.value.Value.Obj.EMPTY);
    log.cosigned.add(longer.note(7, Witnesses.ONE));

    var report = verify(log.pack(), Witnesses.anyOfTwo());

    assertThat(codes(report)).containsExactly(Finding.Code.SIZE, Finding.Code.SIZE);
  }

  @Test
  void aCosignedCheckpointOfTheEmptyLogIsNoHarm() {
    log.cosigned.add(log.note(0, Witnesses.ONE));

    var report = verify(log.pack(), Witnesses.anyOfTwo());

    assertThat(report.status()).isEqualTo(Status.UNWITNESSED);
    assertThat(report.witnessed()).contains(new Witnessed(0, List.of("one")));
  }

  @Test
  void aPolicyWithoutALogIsRefused() {
    assertThatThrownBy(
            () -> TrustFile.parse("witness one " + Witnesses.ONE.verifier() + "\nquorum one\n"))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("names no log");
    assertThatThrownBy(() -> TrustFile.parse(Witnesses.ONE.verifier().toString()))
        .isInstanceOf(InvalidValueException.class);
  }
}
