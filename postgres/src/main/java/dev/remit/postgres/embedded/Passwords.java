package dev.remit.postgres.embedded;

import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/**
 * The passwords of one embedded cluster: random, made once per data folder, in a file that only we
 * can read.
 */
record Passwords(String administrator, String serving) {

  private static final int BYTES = 24;

  /** Reads the file, or makes it with fresh passwords. */
  static Passwords of(Path file, SecureRandom random) {
    try {
      if (!Files.exists(file)) {
        write(file, new Passwords(fresh(random), fresh(random)));
      }
      var stored = Json.parseObject(Files.readAllBytes(file));
      return new Passwords(text(stored, "administrator"), text(stored, "serving"));
    } catch (IOException e) {
      throw new EmbeddedDatabaseException("the passwords in `" + file + "` cannot be kept", e);
    }
  }

  private static String text(Value.Obj stored, String name) {
    return stored
        .text(name)
        .orElseThrow(() -> new EmbeddedDatabaseException("the database's key file is damaged"));
  }

  private static String fresh(SecureRandom random) {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static void write(Path file, Passwords passwords) throws IOException {
    var folder = file.resolveSibling("");
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    var half = privateFile(folder.resolve(file.getFileName() + ".half"));
    Files.write(
        half,
        CanonicalJson.bytes(
            Value.object("administrator", passwords.administrator, "serving", passwords.serving)));
    Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** A file that nobody else could open at any moment. */
  static Path privateFile(Path file) throws IOException {
    Files.deleteIfExists(file);
    Files.newByteChannel(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
        .close();
    return file;
  }

  @Override
  public String toString() {
    return "passwords of the embedded database";
  }
}
