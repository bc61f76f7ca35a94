package dev.remit.cli.demo;

import dev.remit.cli.CommandException;
import dev.remit.cli.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The example workspace with one slip in it: domain controllers fell off the list of hosts on which
 * people of both sides decide. It is valid, and only its scenarios know that it is wrong.
 */
public final class HoleWorkspace {

  /** The file with the slip. */
  public static final String FILE = "tasks/restart-service.yaml";

  private static final String FELL_OFF = "\"domain-controller\", ";

  private HoleWorkspace() {}

  /** Writes it to a folder, which is replaced; the slip must be possible exactly once. */
  public static void write(Path example, Path to) {
    try {
      Folders.remove(to);
      Folders.copy(example, to);
      Path file = to.resolve(FILE);
      String text = Files.readString(file);
      int at = text.indexOf(FELL_OFF);
      if (at < 0 || text.indexOf(FELL_OFF, at + 1) >= 0) {
        throw CommandException.broken(
            "the demo cannot take `" + FELL_OFF.strip() + "` out of `" + FILE + "`");
      }
      Files.writeString(file, text.replace(FELL_OFF, ""));
    } catch (IOException e) {
      throw CommandException.broken("cannot write the workspace with a hole to `" + to + "`");
    }
  }
}
