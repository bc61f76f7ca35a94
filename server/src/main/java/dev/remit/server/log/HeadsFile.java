package dev.remit.server.log;

import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.log.Hash;
import dev.remit.log.InvalidLogDataException;
import dev.remit.log.TreeHead;
import dev.remit.postgres.SignedHeads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The heads that this server signed, in a file of its data folder: lines {@code TENANT SIZE ROOT},
 * of which the last one of a tenant counts.
 *
 * <p>Lines are added and forced to disk before a head is given away; the file is written anew at
 * each start and when it grew large. A last line without its end is of a crash and says nothing,
 * because what it stands for was not given away; any other line that is wrong stops the start.
 */
public final class HeadsFile implements SignedHeads, AutoCloseable {

  /** Its name in the data folder. */
  public static final String NAME = "log.heads";

  private static final long LARGE_BYTES = 4 << 20;

  private final Path file;
  private final Map<TenantId, TreeHead> heads;
  private FileChannel channel;

  private HeadsFile(Path file, Map<TenantId, TreeHead> heads) throws IOException {
    this.file = file;
    this.heads = heads;
    this.channel = compacted();
  }

  /** Opens or makes it. */
  public static HeadsFile open(Path dataFolder) {
    var file = dataFolder.resolve(NAME);
    try {
      var text = Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
      return new HeadsFile(file, read(text));
    } catch (IOException e) {
      throw new UncheckedIOException("`" + NAME + "` cannot be read or written", e);
    }
  }

  private static Map<TenantId, TreeHead> read(String text) {
    var heads = new HashMap<TenantId, TreeHead>();
    int end = text.lastIndexOf('\n') + 1;
    text.substring(0, end).lines().forEach(line -> put(heads, line));
    return heads;
  }

  private static void put(Map<TenantId, TreeHead> heads, String line) {
    var words = line.split(" ", -1);
    try {
      if (words.length == 3) {
        heads.put(
            new TenantId(words[0]),
            new TreeHead(Long.parseLong(words[1]), Hash.fromBase64(words[2])));
        return;
      }
    } catch (NumberFormatException | InvalidLogDataException | InvalidValueException e) {
      // told below
    }
    throw new InvalidValueException(
        "`"
            + NAME
            + "` is damaged: restore it, or remove it when you know that the logs are whole");
  }

  @Override
  public synchronized Optional<TreeHead> last(TenantId tenant) {
    return Optional.ofNullable(heads.get(tenant));
  }

  @Override
  public synchronized void signed(Map<TenantId, TreeHead> signed) {
    try {
      if (channel.size() > LARGE_BYTES) {
        channel.close();
        channel = compacted();
      }
      append(channel, signed);
      heads.putAll(signed);
    } catch (IOException e) {
      throw new UncheckedIOException("signed heads cannot be remembered", e);
    }
  }

  /** A new file with one line for each tenant takes the place of the old one. */
  private FileChannel compacted() throws IOException {
    var draft =
        Files.createTempFile(
            file.toAbsolutePath().getParent(),
            ".heads",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    var fresh = FileChannel.open(draft, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    append(fresh, heads);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return fresh;
  }

  private static void append(FileChannel channel, Map<TenantId, TreeHead> heads)
      throws IOException {
    var lines = new StringBuilder();
    heads.forEach((tenant, head) ->
        lines.append(tenant + " " + head.size() + " " + head.root().toBase64() + "\n"));
    var bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.force(false);
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
