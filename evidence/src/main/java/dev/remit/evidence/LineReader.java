package dev.remit.evidence;

import dev.remit.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Lines as bytes, with their places and the digest of all lines before the current one. */
final class LineReader {

  private final InputStream in;
  private final MessageDigest digest = sha256();
  private byte[] current = new byte[0];
  private long line;
  private long nextOffset;
  private long offset;

  /**
   * @param in buffered by the caller
   */
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
    var bytes = new ByteArrayOutputStream(1024);
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        return atEnd(bytes.size());
      }
      if (bytes.size() == Json.MAX_BYTES) {
        throw refused(Finding.Code.MALFORMED, "a line has at most " + Json.MAX_BYTES + " bytes");
      }
      bytes.write(b);
    }
    nextOffset = offset + bytes.size() + 1;
    current = bytes.toByteArray();
    return Optional.of(current);
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
