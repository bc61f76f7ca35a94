package dev.remit.server.log;

import dev.remit.core.call.Sha256;
import dev.remit.core.evidence.Entry;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Refusals that the database could not take, in a file whose whole length is reserved when the
 * server starts, so that a disk that is full meanwhile takes nothing away.
 *
 * <p>Lines {@code DIGEST JSON}, then zeros. A line whose digest does not fit is of a crash: nobody
 * was told that it is kept. Entries stay until {@link #clear}.
 */
final class RefusalSpool implements AutoCloseable {

  private static final String NAME = "refusals.spool";
  private static final int ZEROS = 1 << 16;

  private final FileChannel channel;
  private final long sizeBytes;
  private final List<Entry> waiting = new ArrayList<>();
  private long end;

  private RefusalSpool(FileChannel channel, long sizeBytes) {
    this.channel = channel;
    this.sizeBytes = sizeBytes;
  }

  /** Opens it and reserves its place; what an earlier life left waits in it. */
  static RefusalSpool open(Path dataFolder, long sizeBytes) {
    try {
      var channel =
          FileChannel.open(
              dataFolder.resolve(NAME),
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      var spool = new RefusalSpool(channel, sizeBytes);
      spool.reserve(channel.size());
      spool.read();
      return spool;
    } catch (IOException e) {
      throw new UncheckedIOException("the place for refusals cannot be reserved", e);
    }
  }

  private void reserve(long from) throws IOException {
    zero(from, sizeBytes);
  }

  private void zero(long from, long to) throws IOException {
    for (long at = from; at < to; ) {
      at += channel.write(ByteBuffer.allocate((int) Math.min(ZEROS, to - at)), at);
    }
    channel.force(true);
  }

  private void read() throws IOException {
    var bytes = ByteBuffer.allocate((int) channel.size());
    while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {
      Thread.onSpinWait();
    }
    byte[] all = bytes.array();
    int from = 0;
    for (int to = from; to < all.length && all[to] != 0; to++) {
      if (all[to] == '\n') {
        line(Arrays.copyOfRange(all, from, to)).ifPresent(waiting::add);
        from = to + 1;
      }
    }
    end = from;
    zero(end, channel.size());
  }

  private static Optional<Entry> line(byte[] line) {
    var text = new String(line, StandardCharsets.UTF_8);
    int space = text.indexOf(' ');
    if (space < 0 || !digest(text.substring(space + 1)).equals(text.substring(0, space))) {
      return Optional.empty();
    }
    return Optional.of(entry(Json.parseObject(text.substring(space + 1))));
  }

  private static String digest(String json) {
    return Sha256.of(json.getBytes(StandardCharsets.UTF_8));
  }

  /** False when there is no room left, or the disk does not take it. */
  synchronized boolean add(Entry entry) {
    var json = CanonicalJson.text(value(entry));
    var bytes =
        ByteBuffer.wrap((digest(json) + " " + json + "\n").getBytes(StandardCharsets.UTF_8));
    if (end + bytes.remaining() > sizeBytes) {
      return false;
    }
    try {
      long at = end;
      while (bytes.hasRemaining()) {
        at += channel.write(bytes, at);
      }
      channel.force(false);
      end = at;
      waiting.add(entry);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** What waits, oldest first. */
  synchronized List<Entry> waiting() {
    return List.copyOf(waiting);
  }

  /** Forgets all, if these are all; else they are entered again, which changes nothing. */
  synchronized void clear(int entered) {
    if (waiting.isEmpty() || waiting.size() != entered) {
      return;
    }
    try {
      zero(0, end);
      end = 0;
      waiting.clear();
    } catch (IOException e) {
      throw new UncheckedIOException("refusals that were entered cannot be forgotten", e);
    }
  }

  private static Value.Obj value(Entry entry) {
    var value =
        Value.object(
            "id", entry.id(),
            "tenant", entry.tenant().value(),
            "kind", entry.kind().name(),
            "at", entry.at().toString(),
            "fields", entry.fields(),
            "body", entry.body(),
            "salt", entry.salt());
    value = entry.call().isPresent() ? value.with("call", Value.of(entry.call().get())) : value;
    return entry.task().isPresent() ? value.with("task", Value.of(entry.task().get())) : value;
  }

  private static Entry entry(Value.Obj value) {
    return new Entry(
        need(value.text("id")),
        new TenantId(need(value.text("tenant"))),
        Entry.Kind.valueOf(need(value.text("kind"))),
        value.text("call"),
        value.text("task"),
        Instant.parse(need(value.text("at"))),
        need(value.object("fields")),
        need(value.object("body")),
        need(value.text("salt")));
  }

  private static <T> T need(Optional<T> member) {
    return member.orElseThrow(
        () -> new InvalidValueException("`" + NAME + "` holds an entry of another version"));
  }

  @Override
  public synchronized void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
