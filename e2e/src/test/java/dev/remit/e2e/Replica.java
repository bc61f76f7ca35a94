package dev.remit.e2e;

import dev.remit.identity.secret.SealedSecrets;
import dev.remit.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A second server on the database of the first: its folder has the installation's name and keys and
 * the serving role's sealed password, and a replica name of its own.
 */
final class Replica {

  private static final List<String> SHARED =
      List.of("installation", "log.pub", "keys/names.key", "keys/log.key", "keys/rows.key");

  private Replica() {}

  /** Starts it; {@code options} besides the database. */
  static Server of(Server first, String name, List<String> options) {
    var data = Home.fresh(name).resolve("server");
    try {
      Files.createDirectories(data.resolve("keys"));
      for (var file : SHARED) {
        Files.copy(
            first.data().resolve(file),
            data.resolve(file),
            java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
      }
      SealedSecrets.open(data).put("database-serve", password(first.data()));
      return Server.start(data, with(first, options));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The options that put a server on the first one's database. */
  static List<String> with(Server first, List<String> options) {
    try {
      var port = Files.readString(first.data().resolve("postgres/port")).strip();
      var all = new ArrayList<>(options);
      all.addAll(List.of("--database", "postgresql://127.0.0.1:" + port + "/remit"));
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] password(Path data) throws IOException {
    return Json.parseObject(Files.readAllBytes(data.resolve("keys/postgres.json")))
        .text("serving")
        .orElseThrow()
        .getBytes(StandardCharsets.UTF_8);
  }
}
