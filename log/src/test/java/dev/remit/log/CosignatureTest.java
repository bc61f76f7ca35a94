package dev.remit.log;

import static dev.remit.log.VerifiedAssert.proven;
import static dev.remit.log.VerifiedAssert.refuted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CosignatureTest {
  private static final Instant AT = Instant.ofEpochSecond(1_679_315_147);
  private static final InstantSource CLOCK = InstantSource.fixed(AT);
  private static final String TEXT = "log.example/a\n7\n" + Hash.of(new byte[32]).toBase64() + "\n";

  private final Ed25519Signer key = Notes.signer("witness.example/w1", 7);
  private final Ed25519Cosigner cosigner = new Ed25519Cosigner(key, CLOCK);
  private final MlDsa44Cosigner latticed =
      MlDsa44Cosigner.generate(new KeyName("witness.example/w2"), new SecureRandom(), CLOCK);

  @Test
  void theWorkedExampleHasTheTimeOfTheWorkedMessage() {
    NoteSignature witness = SignedNote.parse(Notes.utf8(Notes.SPEC_COSIGNED)).signatures().get(1);

    Cosignature cosignature = Cosignature.parse(witness.signature(), Ed25519.SIGNATURE_BYTES);

    assertThat(cosignature.seconds()).isEqualTo(1_679_315_147);
  }

  @Test
  void theSignedMessageIsTheOneOfTheWorkedExample() {
    byte[] text = Notes.utf8(SignedNote.parse(Notes.utf8(Notes.SPEC_COSIGNED)).text());

    assertThat(
            new String(
                Ed25519CosignatureVerifier.message(1_679_315_147, text),
                java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo(
            """
            cosignature/v1
            time 1679315147
            example.com/behind-the-sofa
            20852163
            CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
            """);
  }

  @Test
  void theMessageOfMlDsaIsLaidOutAsTheSpecificationSays() {
    Checkpoint checkpoint = Checkpoint.parse(TEXT);

    ByteBuffer message =
        ByteBuffer.wrap(MlDsa44.message(new KeyName("witness.example/w2"), 5, checkpoint));

    byte[] label = new byte[12];
    message.get(label);
    assertThat(label).isEqualTo(Notes.utf8("subtree/v1\n\0"));
    assertThat(text(message)).isEqualTo("witness.example/w2");
    assertThat(message.getLong()).isEqualTo(5);
    assertThat(text(message)).isEqualTo("log.example/a");
    assertThat(message.getLong()).isZero();
    assertThat(message.getLong()).isEqualTo(7);
    assertThat(message.remaining()).isEqualTo(32);
  }

  private static String text(ByteBuffer message) {
    byte[] text = new byte[message.get()];
    message.get(text);
    return new String(text, java.nio.charset.StandardCharsets.UTF_8);
  }

  @Test
  void bothKindsVerifyUnderTheirVerifierKeyReadAgain() {
    for (NoteSigner signer : List.of(cosigner, latticed)) {
      SignedNote note = SignedNote.sign(TEXT, List.of(signer));
      CosignatureVerifier verifier = CosignatureVerifier.parse(verifierKey(signer));

      assertThat(
              proven(SignedNote.parse(note.toBytes()).verify(TrustedKeys.of(verifier))).verified())
          .hasSize(1);
      assertThat(verifier.toString()).isEqualTo(verifierKey(signer));
    }
  }

  private String verifierKey(NoteSigner signer) {
    return signer == cosigner ? cosigner.verifier().toString() : latticed.verifier().toString();
  }

  @Test
  void everyByteOfTimeAndSignatureCounts() {
    for (NoteSigner signer : List.of(cosigner, latticed)) {
      byte[] good = signer.sign(Notes.utf8(TEXT));
      CosignatureVerifier verifier = CosignatureVerifier.parse(verifierKey(signer));
      for (int i = 0; i < good.length; i += i < 80 ? 1 : 37) {
        byte[] bad = good.clone();
        bad[i] ^= 1;
        assertThat(verifier.verifies(Notes.utf8(TEXT), bad)).as("byte %d", i).isFalse();
      }
      assertThat(verifier.verifies(Notes.utf8(TEXT), Arrays.copyOf(good, good.length - 1)))
          .isFalse();
      assertThat(verifier.verifies(Notes.utf8(TEXT.replace("\n7\n", "\n8\n")), good)).isFalse();
    }
  }

  @Test
  void aTimeBeyondTheLimitIsNoCosignature() {
    byte[] bad = cosigner.sign(Notes.utf8(TEXT));
    bad[0] = (byte) 0x80;

    assertThat(cosigner.verifier().verifies(Notes.utf8(TEXT), bad)).isFalse();
  }

  @Test
  void aCosignatureIsNoSignatureOfTheLogAndTheOtherWayRound() {
    SignedNote cosigned = SignedNote.sign(TEXT, List.of(cosigner));
    SignedNote signed = SignedNote.sign(TEXT, List.of(key));

    refuted(cosigned.verify(TrustedKeys.of(key.verifier())), Refutation.NO_TRUSTED_SIGNATURE);
    refuted(signed.verify(TrustedKeys.of(cosigner.verifier())), Refutation.NO_TRUSTED_SIGNATURE);
    assertThatThrownBy(() -> CosignatureVerifier.parse(key.verifier().toString()))
        .isInstanceOf(InvalidLogDataException.class);
    assertThatThrownBy(() -> Ed25519Verifier.parse(cosigner.verifier().toString()))
        .isInstanceOf(InvalidLogDataException.class);
  }

  @Test
  void mlDsaSaysNothingOfExtensionLinesAndNothingOfTextsThatAreNoCheckpoints() {
    byte[] signature = latticed.sign(Notes.utf8(TEXT));

    assertThat(latticed.verifier().verifies(Notes.utf8(TEXT + "extension\n"), signature)).isTrue();
    assertThat(latticed.verifier().verifies(Notes.utf8("no checkpoint\n"), signature)).isFalse();
    assertThatThrownBy(() -> latticed.sign(Notes.utf8("no checkpoint\n")))
        .isInstanceOf(InvalidLogDataException.class);
  }

  @Test
  void aWitnessWithoutAClockDoesNotSign() {
    var early = new Ed25519Cosigner(key, InstantSource.fixed(Instant.EPOCH));

    assertThatThrownBy(() -> early.sign(Notes.utf8(TEXT)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void noKeyIsShownInPrint() {
    assertThat(cosigner).hasToString("witness.example/w1+" + cosigner.id());
    assertThat(latticed).hasToString("witness.example/w2+" + latticed.id());
  }
}
