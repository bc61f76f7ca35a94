package dev.remit.evidence;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Files that only their owner reads, written whole or not at all.
 *
 * <p>Crash order: content reaches the disk under another name, then the name is changed, then the
 * folder reaches the disk.
 */
final class PrivateFile {

  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private PrivateFile() {}

  /** What is written. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  static void write(Path file, Content content) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder == null) {
        throw new IOException("a folder is no file");
      }
      // Created with mode 0600 where the system knows modes.
      Path unfinished = Files.createTempFile(folder, ".", ".unfinished");
      try {
        fill(unfinished, content);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(unfinished);
      }
      sync(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("`" + file + "` cannot be written", e);
    }
  }

  private static void fill(Path unfinished, Content content) throws IOException {
    try (var out = Files.newOutputStream(unfinished, StandardOpenOption.WRITE)) {
      content.writeTo(out);
    }
    try (var channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static void sync(Path folder) throws IOException {
    if (POSIX) {
      try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /** The bytes before the first end of a line. */
  static byte[] firstLine(Path file) throws IOException {
    byte[] all = Files.readAllBytes(file);
    int end = 0;
    while (end < all.length && all[end] != '\n' && all[end] != '\r') {
      end++;
    }
    byte[] line = Arrays.copyOf(all, end);
    Arrays.fill(all, (byte) 0);
    return line;
  }

  /** Whether others than the owner may read or write it; false where the system knows no modes. */
  static boolean isOpenToOthers(Path file) throws IOException {
    return POSIX && !ownerOnly().containsAll(Files.getPosixFilePermissions(file));
  }

  private static Set<PosixFilePermission> ownerOnly() {
    return EnumSet.of(
        PosixFilePermission.OWNER_READ,
        PosixFilePermission.OWNER_WRITE,
        PosixFilePermission.OWNER_EXECUTE);
  }
}
