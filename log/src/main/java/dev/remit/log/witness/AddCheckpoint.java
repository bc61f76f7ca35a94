package dev.remit.log.witness;

import dev.remit.log.Checkpoint;
import dev.remit.log.ConsistencyProof;
import dev.remit.log.Hash;
import dev.remit.log.InvalidLogDataException;
import dev.remit.log.SignedNote;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a log sends to a witness: the size that the witness knows, the proof from there, and the new
 * checkpoint (C2SP tlog-witness "add-checkpoint").
 *
 * <p>Well formed, and no more.
 *
 * @param proof at most 63 hashes
 */
public record AddCheckpoint(long oldSize, List<Hash> proof, SignedNote checkpoint) {
  /** The largest request that is read. */
  public static final int LIMIT_BYTES = SignedNote.LIMIT_BYTES;

  private static final int LIMIT_HASHES = 63;
  private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,18}");

  public AddCheckpoint {
    proof = List.copyOf(proof);
    if (oldSize < 0 || proof.size() > LIMIT_HASHES) {
      throw new InvalidLogDataException("a proof has at most 63 hashes");
    }
    Checkpoint.parse(checkpoint.text());
  }

  /** Reads a request's body. */
  public static AddCheckpoint parse(byte[] body) {
    int blank = blankLine(body);
    String head = new String(body, 0, blank, StandardCharsets.ISO_8859_1);
    List<String> lines = List.of(head.split("\n", LIMIT_HASHES + 3));
    return new AddCheckpoint(
        size(lines.getFirst()),
        lines.subList(1, lines.size()).stream().map(Hash::fromBase64).toList(),
        SignedNote.parse(java.util.Arrays.copyOfRange(body, blank + 2, body.length)));
  }

  private static int blankLine(byte[] body) {
    for (int i = 0; i + 1 < body.length; i++) {
      if (body[i] == '\n' && body[i + 1] == '\n') {
        return i;
      }
    }
    throw new InvalidLogDataException("a request is `old N`, hashes, a blank line, a checkpoint");
  }

  private static long size(String line) {
    if (!line.startsWith("old ")) {
      throw new InvalidLogDataException("a request begins with `old` and a size");
    }
    return parseSize(line.substring(4));
  }

  static long parseSize(String digits) {
    if (SIZE.matcher(digits).matches()) {
      try {
        return Long.parseLong(digits);
      } catch (NumberFormatException e) {
        throw new InvalidLogDataException("a size is below 2^63");
      }
    }
    throw new InvalidLogDataException("a size is a decimal number without leading zeroes");
  }

  /** What the checkpoint claims. */
  public Checkpoint claimed() {
    return Checkpoint.parse(checkpoint.text());
  }

  ConsistencyProof consistency() {
    return new ConsistencyProof(oldSize, claimed().head().size(), proof);
  }

  public byte[] toBytes() {
    StringBuilder text = new StringBuilder("old ").append(oldSize).append('\n');
    proof.forEach(hash -> text.append(hash.toBase64()).append('\n'));
    return text.append('\n').append(checkpoint).toString().getBytes(StandardCharsets.UTF_8);
  }
}
