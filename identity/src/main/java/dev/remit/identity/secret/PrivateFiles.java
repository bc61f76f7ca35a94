package dev.remit.identity.secret;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Files that only their owner can read, written as a whole or not at all.
 *
 * <p>Protocol: write a temporary file beside it, force it to disk, give it the name. Its name
 * begins with a dot, which no secret's name does.
 */
final class PrivateFiles {

  private static final Set<PosixFilePermission> OWNER_FILE =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OWNER_FOLDER =
      PosixFilePermissions.fromString("rwx------");

  private PrivateFiles() {}

  static Path folder(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, OWNER_FOLDER);
    return folder;
  }

  static void replace(Path file, byte[] bytes) throws IOException {
    var temporary = write(file, bytes);
    try {
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Leaves a file alone that is there already. */
  static void createOnce(Path file, byte[] bytes) throws IOException {
    var temporary = write(file, bytes);
    try {
      Files.createLink(file, temporary);
    } catch (FileAlreadyExistsException e) {
      return; // another process was first
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  static void requirePrivate(Path file) throws IOException {
    var others = EnumSet.copyOf(Files.getPosixFilePermissions(file));
    others.removeAll(OWNER_FILE);
    if (!others.isEmpty()) {
      throw new IOException(
          "file `" + file.getFileName() + "` can be used by others; set its mode to 600");
    }
  }

  private static Path write(Path file, byte[] bytes) throws IOException {
    var temporary =
        Files.createTempFile(
            file.toAbsolutePath().getParent(),
            ".new-",
            "",
            PosixFilePermissions.asFileAttribute(OWNER_FILE));
    try (var channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
      var buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
    return temporary;
  }
}
