package dev.remit.evidence;

import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads a pack line by line, in memory that does not grow with it.
 *
 * <p>Every line has one spelling only (canonical JSON, known members, one newline), so that no byte
 * can be changed without being seen. {@link InvalidPackException} says where the form is wrong;
 * after it nothing more can be read. Whether the content is true is for {@link
 * EvidencePack#verify}.
 */
public final class PackReader implements AutoCloseable {

  private final InputStream in;
  private final LineReader lines;
  private Section section = Section.START;
  private Optional<byte[]> ahead = Optional.empty();
  private boolean isAhead;
  private long version;

  /** What may come next is decided by what came last. */
  private enum Section {
    START,
    COSIGNED,
    BEFORE,
    ENTRIES,
    AFTER,
    PENDING,
    ENDED
  }

  PackReader(InputStream in) {
    this.in = in;
    this.lines = new LineReader(in);
  }

  /** The next line; empty after the last one. */
  public Optional<PackLine> next() {
    try {
      Optional<byte[]> bytes = isAhead ? ahead : lines.next();
      isAhead = false;
      if (bytes.isEmpty()) {
        if (section != Section.ENDED) {
          throw lines.refused(Finding.Code.TRUNCATED, "the pack ends before its last line");
        }
        return Optional.empty();
      }
      return Optional.of(inOrder(PackForm.line(lines.place(), canonical(bytes.get()))));
    } catch (InvalidValueException e) {
      throw lines.refused(Finding.Code.MALFORMED, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException("the pack cannot be read", e);
    }
  }

  /**
   * Takes the next line if it is that of a logged entry that the scan finds right, which is then in
   * the scan; else leaves it for {@link #next}.
   */
  boolean nextEntry(EntryScan scan) {
    if (section == Section.AFTER || !isBeforeCheckpoint()) {
      return false;
    }
    try {
      ahead = lines.next();
      isAhead = ahead.isEmpty() || !scan.accepts(ahead.get());
    } catch (IOException e) {
      throw new UncheckedIOException("the pack cannot be read", e);
    }
    section = isAhead ? section : Section.ENTRIES;
    return !isAhead;
  }

  private Value.Obj canonical(byte[] bytes) {
    Value.Obj line = Json.parseObject(bytes);
    int difference = Arrays.mismatch(bytes, CanonicalJson.bytes(line));
    if (difference >= 0) {
      throw new InvalidPackException(
          Finding.Code.MALFORMED, lines.placeAt(difference), "the line is not in canonical form");
    }
    return line;
  }

  private PackLine inOrder(PackLine line) {
    boolean isInPlace =
        switch (line) {
          case PackLine.Header _ -> section == Section.START;
          case PackLine.Cosigned _ -> section == Section.COSIGNED;
          case PackLine.Skipped _ -> version > 1 && isBeforeCheckpoint();
          case PackLine.Covered _ -> section != Section.AFTER && isBeforeCheckpoint();
          case PackLine.Checkpoint _ -> isBeforeCheckpoint();
          case PackLine.Pending _, PackLine.End _ -> section == Section.PENDING;
        };
    if (line instanceof PackLine.Header header) {
      version = header.version();
    }
    if (!isInPlace) {
      throw lines.refused(Finding.Code.MALFORMED, "this line does not belong here");
    }
    section =
        switch (line) {
          case PackLine.Header _, PackLine.Cosigned _ -> Section.COSIGNED;
          case PackLine.Skipped _ ->
              section == Section.ENTRIES || section == Section.AFTER
                  ? Section.AFTER
                  : Section.BEFORE;
          case PackLine.Covered _ -> Section.ENTRIES;
          case PackLine.Checkpoint _, PackLine.Pending _ -> Section.PENDING;
          case PackLine.End _ -> Section.ENDED;
        };
    return line;
  }

  /** Where the last line read begins. */
  Place place() {
    return lines.place();
  }

  private boolean isBeforeCheckpoint() {
    return switch (section) {
      case COSIGNED, BEFORE, ENTRIES, AFTER -> true;
      case START, PENDING, ENDED -> false;
    };
  }

  /** The digest of all lines before the last one read. */
  String digestBefore() {
    return lines.digestBefore();
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the pack cannot be closed", e);
    }
  }
}
