package dev.remit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
  private static final String ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
  private static final Origin ORIGIN = new Origin("log.example/a");

  @Test
  void theWorkedExampleIsRead() {
    SignedNote note = SignedNote.parse(Notes.utf8(Notes.SPEC_COSIGNED));
    Checkpoint checkpoint = Checkpoint.parse(note.text());
    assertThat(checkpoint.origin()).isEqualTo(new Origin("example.com/behind-the-sofa"));
    assertThat(checkpoint.head().size()).isEqualTo(20852163);
    assertThat(checkpoint.head().root().toBase64() + "\n").isEqualTo(ROOT);
    assertThat(checkpoint.extensions()).isEmpty();
    assertThat(checkpoint.toText()).isEqualTo(note.text());
    assertThat(note.signatures().get(1).keyName()).hasToString("witness.example.com/w1");
    assertThat(note.signatures().getFirst().keyId()).hasToString("033de0ae");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "log.example/a\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        "log with spaces+plus\n1\n" + ROOT,
        "a\n9223372036854775807\n" + ROOT,
        "a\n1\n" + ROOT + "one\ntwo lines\n",
      })
  void whatIsReadIsWrittenAgain(String text) {
    assertThat(Checkpoint.parse(text).toText()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "a\n",
        "a\n1\n",
        "\n1\n" + ROOT,
        "a\n\n" + ROOT,
        "a\n1\n\n",
        "a\n01\n" + ROOT,
        "a\n00\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        "a\n-1\n" + ROOT,
        "a\n+1\n" + ROOT,
        "a\n1 \n" + ROOT,
        "a\n1e3\n" + ROOT,
        "a\n\u0661\n" + ROOT,
        "a\n9223372036854775808\n" + ROOT,
        "a\n18446744073709551615\n" + ROOT,
        "a\n0\n" + ROOT,
        "a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I\n",
        "a\n1\nAAAA\n",
        "a\n1\n" + ROOT + "\n",
        "a\n1\n" + ROOT + "one\n\ntwo\n",
        "a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=",
        "a\r\n1\r\n" + ROOT,
      })
  void whatTheSpecificationDoesNotAllowIsRefused(String text) {
    assertThatThrownBy(() -> Checkpoint.parse(text)).isInstanceOf(InvalidLogDataException.class);
  }

  @Test
  void aCheckpointOfAnotherLogIsRefutedEvenWhenTheKeyIsTrusted() {
    Ed25519Signer signer = Notes.signer("log.example/b", 1);
    byte[] note =
        new Checkpoint(new Origin("log.example/b"), TreeHead.EMPTY).sign(signer).toBytes();
    VerifiedAssert.refuted(
        Checkpoint.open(note, ORIGIN, Notes.trusting(signer)), Refutation.ORIGIN_MISMATCH);
  }

  @Test
  void aSignedTextThatIsNoCheckpointIsMalformed() {
    Ed25519Signer signer = Notes.signer("log.example/a", 1);
    byte[] note = SignedNote.sign("hello\n", List.of(signer)).toBytes();
    VerifiedAssert.refuted(
        Checkpoint.open(note, ORIGIN, Notes.trusting(signer)), Refutation.MALFORMED);
  }

  @Test
  void aWitnessAloneDoesNotSpeakForTheLog() {
    Ed25519Signer log = Notes.signer("log.example/a", 1);
    Ed25519Signer witness = Notes.signer("witness.example", 2);
    byte[] note = new Checkpoint(ORIGIN, TreeHead.EMPTY).sign(witness).toBytes();
    VerifiedAssert.refuted(
        Checkpoint.open(note, ORIGIN, Notes.trusting(log)), Refutation.NO_TRUSTED_SIGNATURE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two\nlines", "tab\t", "\u0000"})
  void anOriginOrExtensionIsOneLine(String line) {
    assertThatThrownBy(() -> new Origin(line)).isInstanceOf(InvalidLogDataException.class);
    assertThatThrownBy(() -> new Checkpoint(ORIGIN, TreeHead.EMPTY, List.of(line)))
        .isInstanceOf(InvalidLogDataException.class);
  }

  @Test
  void anOriginFitsIntoACosignature() {
    assertThat(new Origin("é".repeat(127)).value()).hasSize(127);
    assertThatThrownBy(() -> new Origin("é".repeat(128)))
        .isInstanceOf(InvalidLogDataException.class);
  }
}
