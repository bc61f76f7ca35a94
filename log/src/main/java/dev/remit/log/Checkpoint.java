package dev.remit.log;

import java.util.List;

/**
 * What a log says about itself at one size: origin, size, root and optional further lines (C2SP
 * tlog-checkpoint "Note text").
 *
 * <p>Extension lines are signed but nobody can audit them; Remit writes none. A checkpoint that is
 * not taken out of a verified note is only a claim.
 */
public record Checkpoint(Origin origin, TreeHead head, List<String> extensions) {
  private static final String NOT_A_CHECKPOINT =
      "a checkpoint is an origin, a size, a root and further lines that are not empty";

  public Checkpoint {
    extensions = List.copyOf(extensions);
    if (extensions.stream()
        .anyMatch(line -> line.isEmpty() || line.chars().anyMatch(c -> c < ' '))) {
      throw new InvalidLogDataException("an extension is one line of text");
    }
  }

  public Checkpoint(Origin origin, TreeHead head) {
    this(origin, head, List.of());
  }

  /** Reads the text of a note. */
  public static Checkpoint parse(String text) {
    if (!text.endsWith("\n")) {
      throw new InvalidLogDataException(NOT_A_CHECKPOINT);
    }
    List<String> lines = List.of(text.substring(0, text.length() - 1).split("\n", -1));
    if (lines.size() < 3) {
      throw new InvalidLogDataException(NOT_A_CHECKPOINT);
    }
    TreeHead head =
        new TreeHead(Decimal.parse(lines.get(1), "a tree size"), Hash.fromBase64(lines.get(2)));
    return new Checkpoint(new Origin(lines.getFirst()), head, lines.subList(3, lines.size()));
  }

  /**
   * Opens a signed checkpoint of one log with the keys of that log. Keys of witnesses do not belong
   * among them: a witness does not speak for the log.
   */
  public static Verified<Checkpoint> open(byte[] note, Origin expected, TrustedKeys logKeys) {
    return SignedNote.open(note, logKeys).then(opened -> read(opened, expected));
  }

  private static Verified<Checkpoint> read(VerifiedNote note, Origin expected) {
    Checkpoint checkpoint;
    try {
      checkpoint = parse(note.text());
    } catch (InvalidLogDataException e) {
      return Verified.refuted(Refutation.MALFORMED, String.valueOf(e.getMessage()));
    }
    return checkpoint.origin.equals(expected)
        ? Verified.proven(checkpoint)
        : Verified.refuted(
            Refutation.ORIGIN_MISMATCH, "the checkpoint is of the log `" + checkpoint.origin + "`");
  }

  /** Signs it; the log's key should bear the origin as its name. */
  public SignedNote sign(NoteSigner... signers) {
    return SignedNote.sign(toText(), List.of(signers));
  }

  /** The text that is signed. */
  public String toText() {
    StringBuilder text = new StringBuilder();
    text.append(origin).append('\n').append(head.size()).append('\n');
    text.append(head.root().toBase64()).append('\n');
    extensions.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }
}
