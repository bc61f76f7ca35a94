package dev.remit.server.restore;

import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.identity.secret.BackupKey;
import dev.remit.json.Json;
import dev.remit.postgres.embedded.ClusterCopy;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A data folder as one sealed file: its keys, its sealed secrets and its embedded database.
 *
 * <p>The file is a ZIP archive under {@link BackupKey}: {@code manifest.json} first, then {@code
 * folder/…} and {@code cluster/…}. Promises: a backup is there whole or not at all; a restore fills
 * an empty folder or leaves none, and marks it before it has its name, so that no server takes it
 * for the life that went on meanwhile.
 */
public final class Backup {

  private static final String MANIFEST = "manifest.json";
  private static final String FOLDER = "folder/";
  private static final String CLUSTER = "cluster/";
  private static final String FORMAT = "remit-backup";
  private static final String EMBEDDED = "embedded";

  /** What is not carried: what runs, what is made anew, and what other commands keep here. */
  private static final List<String> LEFT_OUT =
      List.of(
          "postgres",
          "cache",
          "log",
          "lab",
          "server.lock",
          "server.json",
          "failpoint",
          // what was signed after the copy of the database was made is of no use beside it
          "log.heads");

  private Backup() {}

  /**
   * Backs up a folder whose database runs.
   *
   * @param hasDatabase whether the database is embedded; else its own tools carry it
   */
  public static void write(Path data, Path file, BackupKey key, boolean hasDatabase, Instant at) {
    if (Files.exists(file)) {
      throw new InvalidValueException("`" + file + "` is there already: name another file");
    }
    var draft = file.resolveSibling("." + file.getFileName() + ".part");
    try {
      Files.deleteIfExists(draft);
      Files.createFile(
          draft,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        var out = key.seal(new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16));
        var zip = new ZipOutputStream(out);
        zip.setLevel(Deflater.BEST_SPEED);
        put(zip, MANIFEST, manifest(hasDatabase, at));
        folder(zip, data);
        if (hasDatabase) {
          ClusterCopy.take(data, new Into(zip));
        }
        zip.finish();
        // The seal's last segment is written by its close, which closes the channel as well.
        out.close();
      }
      force(draft);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("the backup could not be written: " + e.getMessage(), e);
    } finally {
      drop(draft);
    }
  }

  private static void force(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static void drop(Path draft) {
    try {
      Files.deleteIfExists(draft);
    } catch (IOException e) {
      // The next backup of this name removes it.
    }
  }

  private record Into(ZipOutputStream zip) implements ClusterCopy.Taker {
    @Override
    public void folder(String name) throws IOException {
      zip.putNextEntry(new ZipEntry(CLUSTER + name + "/"));
      zip.closeEntry();
    }

    @Override
    public void file(String name, InputStream content) throws IOException {
      put(zip, CLUSTER + name, content);
    }
  }

  private static InputStream manifest(boolean hasDatabase, Instant at) {
    return new ByteArrayInputStream(
        CanonicalJson.text(
                Value.object(
                    "format",
                    FORMAT,
                    "version",
                    1,
                    "at",
                    at.toString(),
                    "database",
                    hasDatabase ? EMBEDDED : "own"))
            .getBytes(StandardCharsets.UTF_8));
  }

  private static void put(ZipOutputStream zip, String name, InputStream content)
      throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    content.transferTo(zip);
    zip.closeEntry();
  }

  private static void folder(ZipOutputStream zip, Path data) throws IOException {
    try (var files = Files.walk(data)) {
      for (var file : files.sorted().toList()) {
        var name = data.relativize(file).toString().replace('\\', '/');
        var top = name.split("/", 2)[0];
        if (Files.isRegularFile(file) && !LEFT_OUT.contains(top) && !top.startsWith(".")) {
          try (var content = Files.newInputStream(file)) {
            put(zip, FOLDER + name, content);
          }
        }
      }
    }
  }

  /** What a backup says of itself. */
  public record About(Instant at, boolean hasDatabase) {}

  /** Fills a new data folder from a backup and marks it as restored. */
  public static About restore(Path file, BackupKey key, Path data) {
    if (Files.exists(data)) {
      throw new InvalidValueException(
          "`" + data + "` is there already: a restore fills a new folder; move it away");
    }
    // A name is held against the folder by its spelling, so that has no way up in it.
    var target = data.toAbsolutePath().normalize();
    var draft = target.resolveSibling("." + target.getFileName() + ".restoring");
    try {
      Trees.delete(draft);
      Trees.folder(draft);
      About about;
      try (var in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
          var opened = key.open(in)) {
        about = unpack(new ZipInputStream(opened), draft);
        // Past the archive's end lies the seal's: read it, or a cut file would pass.
        opened.transferTo(OutputStream.nullOutputStream());
      }
      new Memory(draft).mark("restored from a backup of " + about.at());
      Trees.force(draft);
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
      return about;
    } catch (FileAlreadyExistsException e) {
      throw new InvalidValueException("`" + data + "` is there already");
    } catch (IOException e) {
      throw new InvalidValueException(
          "`" + file + "` cannot be restored: it is damaged, cut off or sealed with another key");
    } finally {
      Trees.delete(draft);
    }
  }

  private static About unpack(ZipInputStream zip, Path folder) throws IOException {
    var first = zip.getNextEntry();
    if (first == null || !first.getName().equals(MANIFEST)) {
      throw new IOException("no backup");
    }
    var manifest = Json.parseObject(zip.readNBytes(1 << 16));
    if (!manifest.text("format").orElse("").equals(FORMAT)
        || manifest.integer("version").orElse(0L) != 1) {
      throw new IOException("a backup of another version");
    }
    for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      var place = place(folder, entry.getName());
      if (entry.isDirectory()) {
        Trees.folder(place);
      } else {
        Trees.file(place, zip);
      }
    }
    return new About(
        Instant.parse(manifest.text("at").orElseThrow(() -> new IOException("no time"))),
        manifest.text("database").orElse("").equals(EMBEDDED));
  }

  /** A name leads below the folder or is refused, whoever sealed it. */
  private static Path place(Path folder, String name) throws IOException {
    String below;
    if (name.startsWith(CLUSTER)) {
      below = "postgres/cluster/" + name.substring(CLUSTER.length());
    } else if (name.startsWith(FOLDER)) {
      below = name.substring(FOLDER.length());
    } else {
      throw new IOException("a file of no kind");
    }
    var place = folder.resolve(below).normalize();
    if (!place.startsWith(folder) || place.equals(folder)) {
      throw new IOException("a file outside the folder");
    }
    return place;
  }
}
