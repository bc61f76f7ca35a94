package dev.remit.server.restore;

import dev.remit.core.value.InvalidValueException;
import dev.remit.postgres.Database;
import dev.remit.postgres.PostgresLogFiles;
import dev.remit.postgres.embedded.EmbeddedDatabase;
import dev.remit.server.log.HeadsFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A data folder that came back, before anything is served from it. */
public final class Restored {

  private static final int LONGEST_CAUSE = 300;

  private Restored() {}

  /** Says that the data of this folder is of an earlier life. */
  public static void declare(Path data, String cause) {
    if (!Files.isDirectory(data)) {
      throw new InvalidValueException("`" + data + "` is no data folder");
    }
    if (cause.isBlank() || cause.length() > LONGEST_CAUSE) {
      throw new InvalidValueException("say why in at most " + LONGEST_CAUSE + " characters");
    }
    try {
      Files.deleteIfExists(data.resolve(HeadsFile.NAME));
    } catch (IOException e) {
      throw new UncheckedIOException("`" + HeadsFile.NAME + "` cannot be removed", e);
    }
    new Memory(data).mark(cause);
  }

  /** What is wrong with the logs by these checkpoints of others; empty when nothing is. */
  public static List<String> objections(Path data, List<Path> notes, SecureRandom random) {
    if (notes.isEmpty()) {
      return List.of();
    }
    try (var embedded = EmbeddedDatabase.start(data, random);
        var database = new Database(embedded.serving(), 2)) {
      var heads = Heads.of(new PostgresLogFiles(database, InstantSource.system()), data);
      return notes.stream().map(heads::objection).flatMap(Optional::stream).toList();
    }
  }
}
