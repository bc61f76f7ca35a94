package dev.remit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedNoteTest {
  private static final String SIGNATURE = "— a.example AAAAAAA=\n";

  @ParameterizedTest
  @ValueSource(strings = {Notes.SPEC_NOTE, Notes.SPEC_COSIGNED, Notes.GO_NOTE})
  void publishedNotesKeepTheirBytes(String published) {
    assertThat(SignedNote.parse(Notes.utf8(published)).toBytes()).isEqualTo(Notes.utf8(published));
  }

  @Test
  void theTextEndsAtTheLastBlankLine() {
    SignedNote note = SignedNote.parse(Notes.utf8(Notes.SPEC_NOTE));
    assertThat(note.text()).endsWith("di sole:\n\ned è subito sera.\n");
    assertThat(note.signatures())
        .singleElement()
        .satisfies(line -> assertThat(line.keyName().value()).endsWith("/salvatore"));
  }

  @Test
  void aTextMayEndInBlankLines() {
    Ed25519Signer signer = Notes.signer("a.example", 1);
    for (String text : List.of("\n", "\n\n", "text\n\n\n")) {
      byte[] bytes = SignedNote.sign(text, List.of(signer)).toBytes();
      VerifiedNote note = VerifiedAssert.proven(SignedNote.open(bytes, Notes.trusting(signer)));
      assertThat(note.text()).isEqualTo(text);
    }
  }

  @Test
  void aNoteOfAnotherImplementationVerifiesAndIsMadeAgainByteForByte() {
    TrustedKeys keys = TrustedKeys.of(Ed25519Verifier.parse(Notes.GO_KEY));
    VerifiedNote note = VerifiedAssert.proven(SignedNote.open(Notes.utf8(Notes.GO_NOTE), keys));
    assertThat(SignedNote.sign(note.text(), List.of(Notes.goSigner()))).hasToString(Notes.GO_NOTE);
  }

  @Test
  void signaturesOfUnknownKeysAreReportedAndNothingElse() {
    Ed25519Signer known = Notes.signer("log.example", 1);
    Ed25519Signer unknown = Notes.signer("witness.example", 2);
    SignedNote note = SignedNote.sign("text\n", List.of(unknown, known));
    VerifiedNote verified = VerifiedAssert.proven(note.verify(Notes.trusting(known)));
    assertThat(verified.verified()).containsExactly(note.signatures().get(1));
    assertThat(verified.unknown()).containsExactly(note.signatures().get(0));
  }

  @Test
  void aKeyThatSharesOnlyNameOrOnlyIdIsUnknown() {
    Ed25519Signer known = Notes.signer("log.example", 1);
    NoteSignature good = SignedNote.sign("text\n", List.of(known)).signatures().getFirst();
    NoteSignature sameName =
        NoteSignature.of(known.name(), new KeyId(known.id().value() + 1), good.signature());
    NoteSignature sameId =
        NoteSignature.of(new KeyName("other.example"), known.id(), good.signature());
    SignedNote note = new SignedNote("text\n", List.of(sameName, sameId));
    VerifiedAssert.refuted(note.verify(Notes.trusting(known)), Refutation.NO_TRUSTED_SIGNATURE);
    assertThat(VerifiedAssert.proven(note.with(good).verify(Notes.trusting(known))).unknown())
        .containsExactly(sameName, sameId);
  }

  @Test
  void oneWrongSignatureOfAKnownKeyRefutesTheNote() {
    Ed25519Signer one = Notes.signer("one.example", 1);
    Ed25519Signer two = Notes.signer("two.example", 2);
    SignedNote good = SignedNote.sign("text\n", List.of(one));
    SignedNote other = SignedNote.sign("other\n", List.of(one, two));
    for (NoteSignature wrong : other.signatures()) {
      VerifiedAssert.refuted(
          good.with(wrong).verify(Notes.trusting(one, two)), Refutation.BAD_SIGNATURE);
    }
  }

  @Test
  void nobodyTrustedMeansNotVerified() {
    SignedNote note = SignedNote.sign("text\n", List.of(Notes.signer("log.example", 1)));
    VerifiedAssert.refuted(note.verify(TrustedKeys.of()), Refutation.NO_TRUSTED_SIGNATURE);
    VerifiedAssert.refuted(
        note.verify(Notes.trusting(Notes.signer("log.example", 2))),
        Refutation.NO_TRUSTED_SIGNATURE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "\n\n",
        "text",
        "text\n",
        "text\n\n",
        "text\n" + SIGNATURE,
        "\n" + SIGNATURE,
        "text\n\n— a.example AAAAAAA=",
        "text\n\n" + SIGNATURE + "\n",
        "text\n\n" + SIGNATURE + "trailing\n",
        "text\n\nleading\n" + SIGNATURE,
        "text\n\n— a.example  AAAAAAA=\n",
        "text\n\n—  AAAAAAA=\n",
        "text\n\n— AAAAAAA=\n",
        "text\n\n—a.example AAAAAAA=\n",
        "text\n\n- a.example AAAAAAA=\n",
        "text\n\n — a.example AAAAAAA=\n",
        "text\n\n— a.example AAAAAAA= \n",
        "text\n\n— a b AAAAAAA=\n",
        "text\n\n— a+b AAAAAAA=\n",
        "text\n\n— a\u00a0b AAAAAAA=\n",
        "text\n\n— a\u2003b AAAAAAA=\n",
        "text\n\n— a\u0085b AAAAAAA=\n",
        "text\n\n— a.example AAAA\n",
        "text\n\n— a.example AAAAAA==\n",
        "text\n\n— a.example AAAAAAA\n",
        "text\n\n— a.example AAAAAAB=\n",
        "text\n\n— a.example AAAA-AA=\n",
        "text\n\n— a.example \n",
        "te\u0000xt\n\n" + SIGNATURE,
        "te\txt\n\n" + SIGNATURE,
        "text\r\n\r\n" + SIGNATURE,
        "text\n\n— a\u001fb AAAAAAA=\n",
      })
  void whatTheSpecificationDoesNotAllowIsMalformed(String note) {
    VerifiedAssert.refuted(
        SignedNote.open(Notes.utf8(note), TrustedKeys.of()), Refutation.MALFORMED);
  }

  @Test
  void bytesThatAreNotUtf8AreMalformed() {
    for (int[] bad :
        new int[][] {{0xff}, {0xc0, 0xaf}, {0xed, 0xa0, 0x80}, {0xe2, 0x82}, {0xf8, 0x88}}) {
      String latin = new String(bad, 0, bad.length) + "\n\n";
      byte[] start = latin.getBytes(StandardCharsets.ISO_8859_1);
      byte[] line = Notes.utf8(SIGNATURE);
      byte[] note = java.util.Arrays.copyOf(start, start.length + line.length);
      System.arraycopy(line, 0, note, start.length, line.length);
      VerifiedAssert.refuted(SignedNote.open(note, TrustedKeys.of()), Refutation.MALFORMED);
    }
  }

  @Test
  void sixteenSignaturesAreReadAndAHundredAndOneAreNot() {
    byte[] many = Notes.utf8("text\n\n" + SIGNATURE.repeat(16));
    assertThat(SignedNote.parse(many).signatures()).hasSize(16);
    byte[] most = Notes.utf8("text\n\n" + SIGNATURE.repeat(100));
    assertThat(SignedNote.parse(most).signatures()).hasSize(100);
    byte[] tooMany = Notes.utf8("text\n\n" + SIGNATURE.repeat(101));
    VerifiedAssert.refuted(SignedNote.open(tooMany, TrustedKeys.of()), Refutation.MALFORMED);
    byte[] flood = Notes.utf8("text\n\n" + SIGNATURE.repeat(40_000));
    VerifiedAssert.refuted(SignedNote.open(flood, TrustedKeys.of()), Refutation.MALFORMED);
  }

  @Test
  void aNoteBeyondTheLimitIsMalformed() {
    byte[] large = Notes.utf8("x".repeat(SignedNote.LIMIT_BYTES) + "\n\n" + SIGNATURE);
    VerifiedAssert.refuted(SignedNote.open(large, TrustedKeys.of()), Refutation.MALFORMED);
  }

  @Test
  void aNoteThatNobodyCouldReadCannotBeMade() {
    List<NoteSignature> signatures =
        List.of(NoteSignature.of(new KeyName("a"), new KeyId(1), new byte[1]));
    for (String text : List.of("", "text", "te\rxt\n", "te\u0000xt\n", "\ud800\n")) {
      assertThatThrownBy(() -> new SignedNote(text, signatures))
          .isInstanceOf(InvalidLogDataException.class);
    }
    assertThatThrownBy(() -> new SignedNote("text\n", List.of()))
        .isInstanceOf(InvalidLogDataException.class);
    assertThatThrownBy(
            () -> new SignedNote("text\n", Collections.nCopies(101, signatures.getFirst())))
        .isInstanceOf(InvalidLogDataException.class);
  }

  @Test
  void twoTrustedKeysThatCannotBeToldApartAreRefused() {
    NoteVerifier key = Notes.signer("a.example", 1).verifier();
    assertThatThrownBy(() -> TrustedKeys.of(key, key)).isInstanceOf(InvalidLogDataException.class);
  }
}
