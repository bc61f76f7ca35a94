package dev.remit.cli.replica;

import dev.remit.cli.CommandException;
import dev.remit.core.value.InvalidValueException;
import dev.remit.identity.secret.BackupKey;
import dev.remit.identity.secret.SealedSecrets;
import dev.remit.json.Json;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What every replica of an installation has alike: its name, its keys and its sealed secrets, in a
 * file that is sealed with a key of its own. A replica's own name, its operator's token and its
 * database are not among it.
 */
public final class Bundle {

  private static final String FIRST_LINE = "remit replica bundle 1";

  /** The serving role's password, where the first replica made it with its embedded database. */
  private static final String EMBEDDED = "keys/postgres.json";

  private static final String SERVING_SECRET = "database-serve";
  private static final Set<String> OWN = Set.of("keys/operator.token", EMBEDDED);
  private static final Set<String> NEEDED =
      Set.of("installation", "keys/names.key", "keys/rows.key", "keys/log.key");
  private static final int MOST_FILES = 10_000;
  private static final int MOST_BYTES = 1 << 20;

  private Bundle() {}

  /** Writes the bundle of this data folder; the names of what is in it. */
  public static List<String> write(Path data, Path file, BackupKey key) {
    var content = content(data);
    if (!content.keySet().containsAll(NEEDED)) {
      throw new InvalidValueException(
          "`" + data + "` is no data folder of a server that has run: name it with `--data`");
    }
    try (var out =
        new DataOutputStream(
            key.seal(new BufferedOutputStream(Files.newOutputStream(created(file)))))) {
      out.writeUTF(FIRST_LINE);
      out.writeInt(content.size());
      for (var each : content.entrySet()) {
        out.writeUTF(each.getKey());
        out.writeInt(each.getValue().length);
        out.write(each.getValue());
      }
      return List.copyOf(content.keySet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SortedMap<String, byte[]> content(Path data) {
    var found = new TreeMap<String, byte[]>();
    try {
      for (var name : List.of("installation", "log.pub")) {
        if (Files.isRegularFile(data.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
          found.put(name, Files.readAllBytes(data.resolve(name)));
        }
      }
      for (var folder : List.of("keys", "secrets")) {
        for (var file : files(data.resolve(folder))) {
          found.put(folder + "/" + file.getFileName(), Files.readAllBytes(file));
        }
      }
    } catch (IOException e) {
      throw CommandException.broken("cannot read `" + data + "`: run as the user of the server");
    }
    found.keySet().removeAll(OWN);
    return found;
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .filter(file -> isName(file.getFileName().toString()))
          .toList();
    }
  }

  /** Drafts begin with a dot; whatever else does is none of ours either. */
  private static boolean isName(String name) {
    return name.matches("[A-Za-z0-9_-][A-Za-z0-9._-]{0,120}");
  }

  private static Path created(Path file) throws IOException {
    try {
      return Files.createFile(file, permissions("rw-------"));
    } catch (FileAlreadyExistsException e) {
      throw new InvalidValueException("`" + file + "` is there already: name another file");
    }
  }

  private static java.nio.file.attribute.FileAttribute<Set<PosixFilePermission>> permissions(
      String text) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
  }

  /**
   * Makes a data folder of it; what is there already is left alone. A bundle that does not open to
   * its end leaves nothing behind.
   */
  public static List<String> join(Path file, BackupKey key, Path data) {
    if (Files.exists(data, LinkOption.NOFOLLOW_LINKS)) {
      throw new InvalidValueException("`" + data + "` is there already: name a new folder");
    }
    var content = read(file, key);
    try {
      Files.createDirectories(data.toAbsolutePath().getParent());
      Files.createDirectory(data, permissions("rwx------"));
      for (var folder : List.of("keys", "secrets")) {
        Files.createDirectory(data.resolve(folder), permissions("rwx------"));
      }
      for (var each : content.entrySet()) {
        var made = Files.createFile(data.resolve(each.getKey()), permissions("rw-------"));
        Files.write(made, each.getValue());
      }
      return List.copyOf(content.keySet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SortedMap<String, byte[]> read(Path file, BackupKey key) {
    var content = new TreeMap<String, byte[]>();
    try (var in =
        new DataInputStream(new BufferedInputStream(key.open(Files.newInputStream(file))))) {
      if (!in.readUTF().equals(FIRST_LINE)) {
        throw new IOException("no bundle");
      }
      int count = in.readInt();
      for (int i = 0; i < count && count <= MOST_FILES; i++) {
        var name = in.readUTF();
        int size = in.readInt();
        if (!isPlace(name) || size < 0 || size > MOST_BYTES) {
          throw new IOException("no bundle");
        }
        content.put(name, in.readNBytes(size));
      }
      if (content.size() != count || in.read() >= 0) {
        throw new IOException("no bundle");
      }
      return content;
    } catch (IOException e) {
      throw new InvalidValueException(
          "`"
              + file
              + "` is no bundle that this key opens: it was changed, cut off, or is another's");
    }
  }

  private static boolean isPlace(String name) {
    int slash = name.indexOf('/');
    if (slash < 0) {
      return Set.of("installation", "log.pub").contains(name);
    }
    return Set.of("keys", "secrets").contains(name.substring(0, slash))
        && isName(name.substring(slash + 1))
        && !OWN.contains(name);
  }

  /**
   * Where an embedded database answers, and its serving role's password for a replica beside it.
   */
  public static void shareEmbedded(Path first, Path second) {
    var file = first.resolve(EMBEDDED);
    if (!Files.isRegularFile(file)) {
      return;
    }
    try {
      var password = Json.parseObject(Files.readAllBytes(file)).text("serving").orElseThrow();
      SealedSecrets.open(second).put(SERVING_SECRET, password.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
