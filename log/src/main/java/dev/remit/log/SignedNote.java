package dev.remit.log;

import java.util.ArrayList;
import java.util.List;

/**
 * A text with signature lines (C2SP signed-note "Format").
 *
 * <p>Well formed, and no more: its text is to be ignored until {@link #verify} says which trusted
 * keys signed it. A note has exactly one byte form, so that parsing and writing give the same
 * bytes. At most 1 MiB and 100 signatures.
 */
public record SignedNote(String text, List<NoteSignature> signatures) {
  /** The largest note that is read. */
  public static final int LIMIT_BYTES = 1 << 20;

  /** The most signatures that are read; the specification asks for at least 16. */
  public static final int LIMIT_SIGNATURES = 100;

  public SignedNote {
    signatures = List.copyOf(signatures);
    if (!text.endsWith("\n")) {
      throw new InvalidLogDataException("a note's text ends in a newline");
    }
    NoteText.refuseControlCharacters(text);
    NoteText.refuseLongerThan(LIMIT_BYTES, text, "note");
    if (signatures.isEmpty() || signatures.size() > LIMIT_SIGNATURES) {
      throw new InvalidLogDataException("a note has 1 to " + LIMIT_SIGNATURES + " signatures");
    }
  }

  /** Signs a text with one or more keys. */
  public static SignedNote sign(String text, List<? extends NoteSigner> signers) {
    byte[] bytes = NoteText.encode(text);
    List<NoteSignature> signatures = new ArrayList<>();
    for (NoteSigner signer : signers) {
      signatures.add(NoteSignature.of(signer.name(), signer.id(), signer.sign(bytes)));
    }
    return new SignedNote(text, signatures);
  }

  /** Reads a note; refuses whatever the specification does not allow. */
  public static SignedNote parse(byte[] bytes) {
    if (bytes.length > LIMIT_BYTES) {
      throw new InvalidLogDataException("a note has at most " + LIMIT_BYTES + " bytes");
    }
    String note = NoteText.decode(bytes);
    NoteText.refuseControlCharacters(note);
    int blank = note.lastIndexOf("\n\n");
    if (blank < 0 || !note.endsWith("\n") || blank + 2 == note.length()) {
      throw new InvalidLogDataException("a note is a text, a blank line and signature lines");
    }
    String lines = note.substring(blank + 2, note.length() - 1);
    return new SignedNote(note.substring(0, blank + 1), parseSignatures(lines));
  }

  private static List<NoteSignature> parseSignatures(String lines) {
    List<NoteSignature> signatures = new ArrayList<>();
    for (String line : lines.split("\n", LIMIT_SIGNATURES + 1)) {
      signatures.add(NoteSignature.parse(line));
    }
    return signatures;
  }

  /**
   * Checks every signature of a key that the reader trusts. One of them that is wrong refutes the
   * whole note; signatures of other keys are carried along and not looked at.
   */
  public Verified<VerifiedNote> verify(TrustedKeys keys) {
    byte[] bytes = NoteText.encode(text);
    List<NoteSignature> good = new ArrayList<>();
    List<NoteSignature> unknown = new ArrayList<>();
    for (NoteSignature signature : signatures) {
      NoteVerifier verifier = keys.find(signature).orElse(null);
      if (verifier == null) {
        unknown.add(signature);
      } else if (verifier.verifies(bytes, signature.signature())) {
        good.add(signature);
      } else {
        return Verified.refuted(
            Refutation.BAD_SIGNATURE, "the signature of `" + signature.keyName() + "` is wrong");
      }
    }
    return good.isEmpty()
        ? Verified.refuted(Refutation.NO_TRUSTED_SIGNATURE, "no trusted key has signed the note")
        : Verified.proven(new VerifiedNote(text, good, unknown));
  }

  /** Parses and verifies in one step, so that malformed bytes are an answer as well. */
  public static Verified<VerifiedNote> open(byte[] bytes, TrustedKeys keys) {
    SignedNote note;
    try {
      note = parse(bytes);
    } catch (InvalidLogDataException e) {
      return Verified.refuted(Refutation.MALFORMED, String.valueOf(e.getMessage()));
    }
    return note.verify(keys);
  }

  /** The same note with one more signature, as a witness adds it. */
  public SignedNote with(NoteSignature signature) {
    List<NoteSignature> more = new ArrayList<>(signatures);
    more.add(signature);
    return new SignedNote(text, more);
  }

  public byte[] toBytes() {
    return NoteText.encode(toString());
  }

  @Override
  public String toString() {
    StringBuilder note = new StringBuilder(text).append('\n');
    signatures.forEach(signature -> note.append(signature).append('\n'));
    return note.toString();
  }
}
