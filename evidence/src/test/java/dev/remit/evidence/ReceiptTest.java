package dev.remit.evidence;

import static dev.remit.evidence.SampleLog.codes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.evidence.VerificationReport.Status;
import dev.remit.log.TrustPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiptTest {

  @TempDir private Path folder;
  private final SampleLog log = SampleLog.complete();
  private final Receipt receipt = log.receipt("call-1", log.note(6));

  private VerificationReport verify(Receipt receipt, Optional<TrustPolicy> trust) {
    return verify(receipt.toBytes(), trust);
  }

  private VerificationReport verify(byte[] file, Optional<TrustPolicy> trust) {
    try {
      Path path = folder.resolve("receipt.tlog-proof");
      Files.write(path, file);
      return EvidencePack.verify(path, trust, Optional.empty());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private VerificationReport verify(Receipt receipt) {
    return verify(receipt, Optional.of(SampleLog.trust()));
  }

  @Test
  void theReceiptOfACallHoldsItsIntentAndOutcomeAndVerifies() {
    var report = verify(receipt);

    assertThat(report.findings()).isEmpty();
    assertThat(report.status()).isEqualTo(Status.VERIFIED);
    assertThat(report.tenant()).contains("harbor-dental");
    assertThat(report.counts()).isEqualTo(new VerificationReport.Counts(2, 0, 0, 0, 0));
    assertThat(report.notChecked()).anyMatch(line -> line.contains("more on this call"));
    assertThat(Receipt.parse(receipt.toBytes()).toBytes()).isEqualTo(receipt.toBytes());
  }

  @Test
  void itIsAProofThatAnyVerifierOfTheFormReads() {
    var proof = dev.remit.log.LogProof.parse(receipt.toBytes());
    var last =
        dev.remit.log.MerkleTree.hashLeaf(
            log.entries.get(2).leaf().getBytes(java.nio.charset.StandardCharsets.UTF_8));

    assertThat(proof.index()).isEqualTo(2);
    assertThat(proof.verify(last, SampleLog.trust().logKeys(), proof.claimed().origin()).isProven())
        .isTrue();
  }

  @Test
  void withoutKeysItIsNotAnchoredAndWithOthersRefuted() {
    assertThat(verify(receipt, Optional.empty()).status()).isEqualTo(Status.NOT_ANCHORED);
    var other = TrustPolicy.of(List.of(SampleLog.signer(SampleLog.INSTALLATION).verifier()));
    assertThat(codes(verify(receipt, Optional.of(other)))).containsExactly(Finding.Code.SIGNATURE);
  }

  @Test
  void witnessesCountForAReceiptAsForAPack() {
    var policy = Optional.of(TrustFile.parse(Witnesses.anyOfTwo()));

    assertThat(verify(receipt, policy).status()).isEqualTo(Status.UNWITNESSED);
    var witnessed = verify(log.receipt("call-1", log.note(6, Witnesses.TWO)), policy);
    assertThat(witnessed.status()).isEqualTo(Status.VERIFIED);
    assertThat(witnessed.witnessed()).contains(new VerificationReport.Witnessed(6, List.of("two")));
  }

  @Test
  void aProofOfAnotherLeafIsFound() {
    var mixed = new ArrayList<Receipt.Item>();
    for (int i = 0; i < 2; i++) {
      var item = receipt.items().get(i);
      mixed.add(new Receipt.Item(item.index(), item.content(), receipt.items().get(1 - i).path()));
    }

    assertThat(codes(verify(new Receipt(mixed, receipt.checkpoint()))))
        .containsExactly(Finding.Code.ROOT, Finding.Code.ROOT);
  }

  @Test
  void anEntryOfAnotherCallIsFound() {
    var items = new ArrayList<>(receipt.items());
    items.addAll(log.receipt("call-2", log.note(6)).items());

    assertThat(codes(verify(new Receipt(items, receipt.checkpoint()))))
        .containsExactly(Finding.Code.CALL);
  }

  @Test
  void anOutcomeWithoutItsIntentIsFound() {
    var alone = new Receipt(receipt.items().subList(1, 2), receipt.checkpoint());

    assertThat(codes(verify(alone))).containsExactly(Finding.Code.OUTCOME);
  }

  @Test
  void anIntentAloneIsACallWithoutOutcome() {
    var alone = verify(new Receipt(receipt.items().subList(0, 1), receipt.checkpoint()));

    assertThat(alone.status()).isEqualTo(Status.VERIFIED);
    assertThat(alone.openCalls()).containsExactly("call-1");
  }

  @Test
  void aBodyThatWasChangedIsFoundAndOneThatIsMissingIsSaid() {
    var first = receipt.items().getFirst();
    var content = first.content();
    var changed =
        new PackLine.Content(
            content.leaf(),
            content.hash(),
            Optional.of(new PackLine.Body("0".repeat(32), Value.Obj.EMPTY)));
    var without = new PackLine.Content(content.leaf(), content.hash(), Optional.empty());

    assertThat(codes(verify(with(first, changed)))).containsExactly(Finding.Code.BODY);
    assertThat(verify(with(first, without)).counts().absentBodies()).isEqualTo(1);
  }

  private Receipt with(Receipt.Item first, PackLine.Content content) {
    return new Receipt(
        List.of(new Receipt.Item(first.index(), content, first.path()), receipt.items().getLast()),
        receipt.checkpoint());
  }

  @Test
  void aReceiptOfAnEntryThatIsNotInTheLogYetIsNotMade() {
    assertThatThrownBy(() -> log.receipt("call-3", log.note(5)))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("not in the log yet");
  }

  @Test
  void aReceiptTakenOutOfAPackIsTheOneTheLogGives() throws IOException {
    Path pack = folder.resolve("pack.jsonl");
    EvidencePack.write(log.export(), pack);

    for (String call : List.of("call-1", "call-2", "call-3")) {
      assertThat(Receipts.fromPack(pack, call).toBytes())
          .isEqualTo(log.receipt(call, log.note(6)).toBytes());
    }
    assertThatThrownBy(() -> Receipts.fromPack(pack, "call-4"))
        .hasMessageContaining("no entry of call");
  }

  @Test
  void itStandsOnACosignedCheckpointWhereThereIsOne() throws IOException {
    String cosigned = log.note(4, Witnesses.ONE);
    log.cosigned.add(log.note(2, Witnesses.ONE));
    log.cosigned.add(cosigned);
    Path pack = folder.resolve("pack.jsonl");
    EvidencePack.write(log.export(), pack);
    var policy = Optional.of(TrustFile.parse(Witnesses.anyOfTwo()));

    var early = Receipts.fromPack(pack, "call-1");
    var late = Receipts.fromPack(pack, "call-3");

    assertThat(early.checkpoint().toString()).isEqualTo(cosigned);
    assertThat(verify(early, policy).status()).isEqualTo(Status.VERIFIED);
    assertThat(verify(late, policy).status()).isEqualTo(Status.UNWITNESSED);
  }

  @Test
  void aSecondSignatureOfTheLogIsNoWitness() throws IOException {
    String cosigned = log.note(4, MlDsaCases.KEY, Witnesses.ONE);
    log.cosigned.add(cosigned);
    Path pack = folder.resolve("pack.jsonl");
    for (String last : List.of(log.note(6, MlDsaCases.KEY), log.note(6))) {
      EvidencePack.write(log.export(last), pack);
      assertThat(Receipts.fromPack(pack, "call-1").checkpoint().toString()).isEqualTo(cosigned);
    }
    String both = log.note(6, MlDsaCases.KEY, Witnesses.TWO);
    EvidencePack.write(log.export(both), pack);
    assertThat(Receipts.fromPack(pack, "call-1").checkpoint().toString()).isEqualTo(both);
  }

  @Test
  void aReceiptOfAnotherKindOfLogIsNone() {
    var origin = new dev.remit.log.Origin("example.com/other");
    var note = new dev.remit.log.Checkpoint(origin, log.head(6)).sign(SampleLog.SIGNER);
    var odd = new Receipt(receipt.items(), note);

    assertThat(codes(verify(odd))).containsExactly(Finding.Code.MALFORMED);
  }
}
