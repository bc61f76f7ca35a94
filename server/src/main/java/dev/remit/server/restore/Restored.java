package dev.remit.server.restore;

import dev.remit.core.flow.Ids;
import dev.remit.core.value.InvalidValueException;
import dev.remit.postgres.Database;
import dev.remit.postgres.DatabaseConfig;
import dev.remit.postgres.PostgresLogFiles;
import dev.remit.postgres.PostgresTail;
import dev.remit.server.log.HeadsFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

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

  /** Whether the data of this folder came back and was not served from since. */
  public static boolean isMarked(Path data) {
    return new Memory(data).marked().isPresent();
  }

  /**
   * Takes back what these mirrors have and the logs lack, and compares the logs with what others
   * saw.
   *
   * @param mirrors packs, folders of tiles or addresses of tiles
   * @param notes checkpoints that others kept
   * @param told hears what was taken back
   * @return what is wrong with the logs then; empty when nothing is
   */
  public static List<String> takeBack(
      Path data,
      DatabaseConfig serving,
      DatabaseConfig administration,
      List<String> mirrors,
      List<Path> notes,
      Ids ids,
      Consumer<String> told) {
    var clock = InstantSource.system();
    try (var database = new Database(serving, 2)) {
      var heads = Heads.of(new PostgresLogFiles(database, clock), data);
      var back = new TakeBack(heads, new PostgresTail(administration), ids, clock, told);
      notes.forEach(back::note);
      mirrors.forEach(back::mirror);
      return back.run();
    }
  }
}
