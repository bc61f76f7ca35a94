package dev.remit.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An entry's way into a signed checkpoint as one text file: the receipt that a reader keeps (C2SP
 * tlog-proof "Format").
 *
 * <p>Well formed, and no more. The extra data is authenticated by nothing: whoever uses it checks
 * it against the entry that the proof is of. One byte form only.
 *
 * @param extra opaque to this package, in base64 as it stands in the file
 * @param index of the entry, from 0
 * @param path from the leaf's sibling towards the root
 */
public record LogProof(Optional<String> extra, long index, List<Hash> path, SignedNote checkpoint) {
  /** The first line. */
  public static final String FIRST_LINE = "c2sp.org/tlog-proof@v1";

  /** The largest file that is read. */
  public static final int LIMIT_BYTES = 64 << 20;

  private static final String NOT_A_PROOF =
      "a proof is `" + FIRST_LINE + "`, extra data, an index, hashes, a blank line, a checkpoint";
  private static final String EXTRA = "extra ";
  private static final String INDEX = "index ";

  public LogProof {
    path = List.copyOf(path);
    if (index < 0) {
      throw new InvalidLogDataException("an entry's index is not negative");
    }
    if (path.size() > 63) {
      throw new InvalidLogDataException("a proof has at most 63 hashes");
    }
    extra.ifPresent(text -> StrictBase64.decode(text, "extra data"));
    Checkpoint.parse(checkpoint.text());
  }

  /** A proof with extra data, which may be empty. */
  public static LogProof of(byte[] extra, InclusionProof proof, SignedNote checkpoint) {
    return new LogProof(
        Optional.of(StrictBase64.encode(extra)), proof.index(), proof.path(), checkpoint);
  }

  /** Reads a file. */
  public static LogProof parse(byte[] bytes) {
    if (bytes.length > LIMIT_BYTES) {
      throw new InvalidLogDataException("a proof has at most " + LIMIT_BYTES + " bytes");
    }
    String text = NoteText.decode(bytes);
    int blank = text.indexOf("\n\n");
    if (!text.startsWith(FIRST_LINE + "\n") || blank < 0) {
      throw new InvalidLogDataException(NOT_A_PROOF);
    }
    List<String> lines = new ArrayList<>(List.of(text.substring(0, blank).split("\n", 70)));
    lines.removeFirst();
    Optional<String> extra = Optional.empty();
    if (!lines.isEmpty() && lines.getFirst().startsWith(EXTRA)) {
      extra = Optional.of(lines.removeFirst().substring(EXTRA.length()));
    }
    if (lines.isEmpty() || !lines.getFirst().startsWith(INDEX)) {
      throw new InvalidLogDataException(NOT_A_PROOF);
    }
    long index = Decimal.parse(lines.removeFirst().substring(INDEX.length()), "an index");
    List<Hash> path = lines.stream().map(Hash::fromBase64).toList();
    return new LogProof(
        extra, index, path, SignedNote.parse(NoteText.encode(text.substring(blank + 2))));
  }

  /** The extra data's bytes. */
  public Optional<byte[]> extraBytes() {
    return extra.map(text -> StrictBase64.decode(text, "extra data"));
  }

  /** What the checkpoint claims; relied on only after its signatures were verified. */
  public Checkpoint claimed() {
    return Checkpoint.parse(checkpoint.text());
  }

  /**
   * Checks the entry against the checkpoint's head, once a key that the reader trusts for this log
   * signed it. Whether witnesses did is for {@link TrustPolicy#cosigners}.
   */
  public Verified<Leaf> verify(Hash leaf, TrustedKeys logKeys, Origin expected) {
    return Checkpoint.open(checkpoint.toBytes(), expected, logKeys)
        .then(opened ->
            new InclusionProof(index, opened.head().size(), path).verify(leaf, opened.head()));
  }

  public byte[] toBytes() {
    return NoteText.encode(toString());
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
    extra.ifPresent(data -> text.append(EXTRA).append(data).append('\n'));
    text.append(INDEX).append(index).append('\n');
    path.forEach(hash -> text.append(hash.toBase64()).append('\n'));
    return text.append('\n').append(checkpoint).toString();
  }
}
