package dev.remit.server.sink;

import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.CanonicalJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;

/**
 * Events as lines of JSON, a file for each tenant: {@code <tenant>.jsonl}, and those that are full
 * as {@code <tenant>.<index of the first event after it>.jsonl}.
 *
 * <p>Acknowledged when it is on disk. A line that a crash left half written is cut off before the
 * next one is added, so a reader never sees a broken line in the middle. Nothing is ever removed
 * here; whoever collects the full files does that.
 */
public final class FileReceiver implements Receiver {

  private final Path folder;
  private final long limitBytes;
  private final Set<TenantId> mended = new HashSet<>();

  /**
   * Files in this folder, which exists.
   *
   * @param limitBytes a file that has reached it takes no more
   */
  public FileReceiver(Path folder, long limitBytes) {
    this.folder = folder;
    this.limitBytes = limitBytes;
  }

  @Override
  public void deliver(Batch batch) throws IOException {
    var file = folder.resolve(batch.tenant() + ".jsonl");
    if (Files.exists(file) && !mended.contains(batch.tenant())) {
      mend(file);
    }
    if (Files.exists(file) && Files.size(file) >= limitBytes) {
      Files.move(file, full(batch, 0));
    }
    boolean isNew = !Files.exists(file);
    boolean isDone = false;
    try (var channel = open(file)) {
      channel.position(channel.size());
      var bytes = ByteBuffer.wrap(lines(batch));
      while (bytes.hasRemaining()) {
        int _ = channel.write(bytes);
      }
      channel.force(true);
      isDone = true;
    } finally {
      // What was left half written by a failure is cut off the next time.
      var _ = isDone ? mended.add(batch.tenant()) : mended.remove(batch.tenant());
    }
    if (isNew) {
      forceFolder();
    }
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
  }

  /** A batch that comes again may find a file of that name. */
  private Path full(Batch batch, int again) {
    String suffix = again == 0 ? "" : "-" + again;
    var full = folder.resolve(batch.tenant() + "." + batch.first() + suffix + ".jsonl");
    return Files.exists(full) ? full(batch, again + 1) : full;
  }

  private static void mend(Path file) throws IOException {
    try (var channel = open(file)) {
      mend(channel);
      channel.force(true);
    }
  }

  /** Cuts the file after its last newline. */
  private static void mend(FileChannel channel) throws IOException {
    long end = channel.size();
    var block = ByteBuffer.allocate(1 << 16);
    while (end > 0) {
      long from = Math.max(0, end - block.capacity());
      block.clear().limit((int) (end - from));
      while (block.hasRemaining() && channel.read(block, from + block.position()) >= 0) {
        Thread.onSpinWait();
      }
      for (int i = block.position() - 1; i >= 0; i--) {
        if (block.get(i) == '\n') {
          channel.truncate(from + i + 1);
          return;
        }
      }
      end = from;
    }
    channel.truncate(0);
  }

  private static byte[] lines(Batch batch) {
    var out = new ByteArrayOutputStream();
    for (var event : batch.events()) {
      out.writeBytes(CanonicalJson.bytes(event.ocsf()));
      out.write('\n');
    }
    return out.toByteArray();
  }

  private void forceFolder() throws IOException {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
