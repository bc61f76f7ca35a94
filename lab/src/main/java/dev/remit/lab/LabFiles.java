package dev.remit.lab;

import dev.remit.lab.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The lab's data folder: 0700, its files 0600, each written whole or not at all. */
public final class LabFiles {
  private final Path folder;

  private LabFiles(Path folder) {
    this.folder = folder;
  }

  /** Opens the folder and makes it if it is not there. */
  public static LabFiles open(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    return new LabFiles(folder.toAbsolutePath().normalize());
  }

  public Path path(String name) {
    return folder.resolve(name);
  }

  /** Takes the folder for this process; waits a little for one that is about to leave. */
  public FileLock lock() throws IOException, InterruptedException {
    FileChannel channel =
        FileChannel.open(
            path("lab.lock"),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    for (int tries = 0; tries < 60; tries++) {
      try {
        FileLock lock = channel.tryLock();
        if (lock != null) {
          return lock;
        }
      } catch (OverlappingFileLockException e) {
        // Held by this very process: the same answer as for another one.
      }
      Thread.sleep(50);
    }
    channel.close();
    throw new IOException("another lab uses `" + folder + "`; stop it or name another folder");
  }

  /** The file's object, if the file is there. */
  public Optional<Map<String, Object>> read(String name) throws IOException {
    Path file = path(name);
    return Files.exists(file)
        ? Optional.of(Json.parseObject(Files.readAllBytes(file)))
        : Optional.empty();
  }

  /** Replaces the file by rename. */
  public void write(String name, Object json) {
    try {
      Path temporary =
          Files.createTempFile(
              folder,
              name,
              ".tmp",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(temporary, Json.pretty(json));
      Files.move(
          temporary,
          path(name),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void delete(String name) throws IOException {
    Files.deleteIfExists(path(name));
  }

  /** Random secrets by name, made at the first start and kept; a name that is new is added. */
  public Map<String, String> secrets(Iterable<String> names) throws IOException {
    SecureRandom random = new SecureRandom();
    Map<String, Object> kept = new LinkedHashMap<>(read("secrets.json").orElse(Map.of()));
    Map<String, String> secrets = new LinkedHashMap<>();
    for (String name : names) {
      Object secret = kept.computeIfAbsent(name, n -> secret(random));
      secrets.put(name, secret.toString());
    }
    write("secrets.json", kept);
    return secrets;
  }

  private static String secret(SecureRandom random) {
    byte[] bytes = new byte[24];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
