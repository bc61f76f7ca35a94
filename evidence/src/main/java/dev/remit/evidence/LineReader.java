package dev.remit.evidence;

import dev.remit.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** Lines as bytes, with their places and the digest of all lines before the current one. */
final class LineReader {

  private final InputStream in;
  private final MessageDigest digest = sha256();
  private final byte[] buffer = new byte[1 << 16];
  private int from;
  private int to;
  private byte[] current = new byte[0];
  private long line;
  private long nextOffset;
  private long offset;

  LineReader(InputStream in) {
    this.in = in;
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static String text(MessageDigest digest) {
    return "sha256:" + HexFormat.of().formatHex(digest.digest());
  }

  /**
   * The next line without its newline; empty at the end. A last line without newline is refused.
   */
  Optional<byte[]> next() throws IOException {
    if (line > 0) {
      digest.update(current);
      digest.update((byte) '\n');
    }
    line++;
    offset = nextOffset;
    var whole = new ByteArrayOutputStream(0);
    while (from < to || fill()) {
      int end = newline();
      if (whole.size() + end - from > Json.MAX_BYTES) {
        throw refused(Finding.Code.MALFORMED, "a line has at most " + Json.MAX_BYTES + " bytes");
      }
      boolean isLast = end < to;
      if (isLast && whole.size() == 0) {
        current = Arrays.copyOfRange(buffer, from, end);
      } else {
        whole.write(buffer, from, end - from);
      }
      from = isLast ? end + 1 : to;
      if (isLast) {
        current = whole.size() == 0 ? current : whole.toByteArray();
        nextOffset = offset + current.length + 1;
        return Optional.of(current);
      }
    }
    return atEnd(whole.size());
  }

  /** Where the next newline in the buffer stands, or the buffer's end. */
  private int newline() {
    int at = from;
    while (at < to && buffer[at] != '\n') {
      at++;
    }
    return at;
  }

  private boolean fill() throws IOException {
    from = 0;
    to = Math.max(in.read(buffer), 0);
    return to > 0;
  }

  private Optional<byte[]> atEnd(int unfinished) {
    current = new byte[0];
    if (unfinished > 0) {
      throw refused(Finding.Code.TRUNCATED, "the last line has no end");
    }
    return Optional.empty();
  }

  /** The digest of all lines before the current one, with their newlines. */
  String digestBefore() {
    try {
      return text((MessageDigest) digest.clone());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("this runtime cannot copy a digest", e);
    }
  }

  Place place() {
    return new Place(line, offset);
  }

  Place placeAt(int byteInLine) {
    return new Place(line, offset + byteInLine);
  }

  InvalidPackException refused(Finding.Code code, String message) {
    return new InvalidPackException(code, place(), message);
  }
}
