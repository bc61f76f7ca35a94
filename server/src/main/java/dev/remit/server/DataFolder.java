package dev.remit.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * What one server keeps on disk: its name, its keys, its embedded database. Everything in it is
 * readable by its owner only.
 *
 * <p>One server at a time holds it; the lock ends with the process, however that ends.
 */
final class DataFolder {

  private final Path root;
  private final SecureRandom random;

  private DataFolder(Path root, SecureRandom random) {
    this.root = root;
    this.random = random;
  }

  /** Opens or makes the folder. */
  static DataFolder open(Path root, SecureRandom random) {
    try {
      Files.createDirectories(
          root.resolve("keys"),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      return new DataFolder(root.toRealPath(), random);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use the data folder `" + root + "`", e);
    }
  }

  Path root() {
    return root;
  }

  /** Holds the folder until the process ends. */
  FileLock lock() {
    try {
      var channel =
          FileChannel.open(
              root.resolve("server.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      var lock = channel.tryLock();
      if (lock == null) {
        throw new StartupException(
            "another server uses `" + root + "`: stop it or choose another folder with --data");
      }
      return lock;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lock the data folder", e);
    }
  }

  /** Gives the folder free. */
  static void release(FileLock lock) {
    try {
      lock.acquiredBy().close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot release the data folder", e);
    }
  }

  /** The installation's random name, 16 hexadecimal digits. */
  String installation() {
    return secret("installation", 8);
  }

  /** The key that principal names are derived with. */
  byte[] namesKey() {
    return HexFormat.of().parseHex(secret("keys/names.key", 32));
  }

  /** The key under which rows that carry people's authority are sealed. */
  byte[] rowsKey() {
    return HexFormat.of().parseHex(secret("keys/rows.key", 32));
  }

  /** The stable name of this replica. */
  String replica() {
    return secret("replica", 8);
  }

  /** What the machine's administrator shows on the people's listener until people can sign in. */
  String operatorToken() {
    return secret("keys/operator.token", 32);
  }

  /** What whoever collects figures shows on the page {@code /metrics}. */
  String metricsToken() {
    return secret("keys/metrics.token", 32);
  }

  /** A random value in hexadecimal that is made once; whoever comes first decides. */
  private String secret(String name, int bytes) {
    var file = root.resolve(name);
    try {
      if (!Files.exists(file)) {
        byte[] fresh = new byte[bytes];
        random.nextBytes(fresh);
        write(name, HexFormat.of().formatHex(fresh));
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read `" + name + "` in the data folder", e);
    }
  }

  /** Writes a private file so that it is there whole or not at all. */
  void write(String name, String text) {
    var file = root.resolve(name);
    try {
      var draft =
          Files.createTempFile(
              file.getParent(),
              ".draft",
              "",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        channel.write(java.nio.ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        channel.force(true);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write `" + name + "` in the data folder", e);
    }
  }
}
