package dev.remit.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever is done to a signed checkpoint, it never passes for what it was, nor for another. */
class NoteMutationTest {
  private static final Origin ORIGIN = new Origin("log.example/harbor-dental");
  private static final Ed25519Signer LOG = Notes.signer(ORIGIN.value(), 1);
  private static final Ed25519Signer STRANGER = Notes.signer("witness.example", 2);
  private static final TrustedKeys TRUSTED = Notes.trusting(LOG);
  private static final Checkpoint CHECKPOINT =
      new Checkpoint(ORIGIN, new TreeHead(13, MerkleTree.hashLeaf(new byte[] {1})));

  @Test
  void everyFlippedBitIsFound() {
    byte[] note = CHECKPOINT.sign(LOG).toBytes();
    assertThat(Checkpoint.open(note, ORIGIN, TRUSTED).isProven()).isTrue();
    for (int bit = 0; bit < note.length * 8; bit++) {
      byte[] changed = note.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(Checkpoint.open(changed, ORIGIN, TRUSTED).isProven()).as("bit " + bit).isFalse();
    }
  }

  @Test
  void everyByteReplacedByAnyOtherIsFound() {
    byte[] note = CHECKPOINT.sign(LOG).toBytes();
    for (int at = 0; at < note.length; at += 5) {
      for (int value = 0; value < 256; value++) {
        byte[] changed = note.clone();
        changed[at] = (byte) value;
        assertThat(SignedNote.open(changed, TRUSTED).isProven()).isEqualTo(changed[at] == note[at]);
      }
    }
  }

  @Test
  void everyTruncationLossAndRepetitionOfAByteIsFound() {
    byte[] note = CHECKPOINT.sign(LOG).toBytes();
    for (int at = 0; at < note.length; at++) {
      byte[] before = Arrays.copyOf(note, at);
      assertThat(SignedNote.open(before, TRUSTED).isProven()).isFalse();
      byte[] lost = join(before, Arrays.copyOfRange(note, at + 1, note.length));
      assertThat(SignedNote.open(lost, TRUSTED).isProven()).isFalse();
      byte[] repeated =
          join(Arrays.copyOf(note, at + 1), Arrays.copyOfRange(note, at, note.length));
      assertThat(SignedNote.open(repeated, TRUSTED).isProven()).isFalse();
    }
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }

  @Test
  void aFlippedBitNearAnUnknownSignatureIsNeverTheSameAnswer() {
    byte[] note = CHECKPOINT.sign(LOG, STRANGER).toBytes();
    VerifiedNote before = VerifiedAssert.proven(SignedNote.open(note, TRUSTED));
    for (int bit = 0; bit < note.length * 8; bit++) {
      byte[] changed = note.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      if (SignedNote.open(changed, TRUSTED) instanceof Verified.Proven<VerifiedNote>(var after)) {
        assertThat(after.text()).isEqualTo(before.text());
        assertThat(List.of(after.verified(), after.unknown()))
            .isNotEqualTo(List.of(before.verified(), before.unknown()));
      }
    }
  }

  @Test
  void aSignatureIsGoodForItsOwnTextOnly() {
    NoteSignature signature = CHECKPOINT.sign(LOG).signatures().getFirst();
    TreeHead other = new TreeHead(14, CHECKPOINT.head().root());
    SignedNote moved = new SignedNote(new Checkpoint(ORIGIN, other).toText(), List.of(signature));
    VerifiedAssert.refuted(moved.verify(TRUSTED), Refutation.BAD_SIGNATURE);
  }

  @Test
  void anotherKeyUnderTheSameNameIsNotTrusted() {
    byte[] note = CHECKPOINT.sign(Notes.signer(ORIGIN.value(), 3)).toBytes();
    VerifiedAssert.refuted(Checkpoint.open(note, ORIGIN, TRUSTED), Refutation.NO_TRUSTED_SIGNATURE);
  }
}
