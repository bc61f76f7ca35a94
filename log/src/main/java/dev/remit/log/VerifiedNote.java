package dev.remit.log;

import java.util.List;

/**
 * A note's text that at least one trusted key signed, with the lines that were checked and those
 * that were not (C2SP signed-note "Signatures").
 *
 * <p>Only {@link SignedNote#verify} makes one. Lines of unknown keys are listed because a report
 * names what it did not check.
 */
public final class VerifiedNote {
  private final String text;
  private final List<NoteSignature> verified;
  private final List<NoteSignature> unknown;

  VerifiedNote(String text, List<NoteSignature> verified, List<NoteSignature> unknown) {
    this.text = text;
    this.verified = List.copyOf(verified);
    this.unknown = List.copyOf(unknown);
  }

  public String text() {
    return text;
  }

  public List<NoteSignature> verified() {
    return verified;
  }

  public List<NoteSignature> unknown() {
    return unknown;
  }
}
