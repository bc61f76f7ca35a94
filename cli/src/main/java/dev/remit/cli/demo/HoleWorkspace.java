package dev.remit.cli.demo;

import dev.remit.cli.CommandException;
import dev.remit.cli.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The example workspace with one slip in it, as they happen in a hurry. */
public final class HoleWorkspace {

  /** The file with the slip that only scenarios know. */
  public static final String FILE = "tasks/restart-service.yaml";

  private static final String FELL_OFF = "\"domain-controller\", ";

  private static final String ACCEPTED =
      """
          accepted:
            owner: service-managers
            why: Only scripts of the catalogue run, byte for byte, and each was read for what it does to a device.
            until: "2030-06-30"
      """;

  private HoleWorkspace() {}

  /**
   * Writes it to a folder, which is replaced: domain controllers fell off the list of hosts on
   * which people of both sides decide. It is valid, and only its scenarios know that it is wrong.
   */
  public static void write(Path example, Path to) {
    write(example, to, FILE, FELL_OFF);
  }

  /** Writes it to a folder, which is replaced: nobody accepted what scripts reach on devices. */
  public static void writeUnaccepted(Path example, Path to) {
    write(example, to, "connectors/scripts.yaml", ACCEPTED);
  }

  /** The slip must be possible exactly once. */
  private static void write(Path example, Path to, String name, String lost) {
    try {
      Folders.remove(to);
      Folders.copy(example, to);
      Path file = to.resolve(name);
      String text = Files.readString(file);
      int at = text.indexOf(lost);
      if (at < 0 || text.indexOf(lost, at + 1) >= 0) {
        throw CommandException.broken(
            "the demo cannot take `" + lost.strip() + "` out of `" + name + "`");
      }
      Files.writeString(file, text.replace(lost, ""));
    } catch (IOException e) {
      throw CommandException.broken("cannot write the workspace with a hole to `" + to + "`");
    }
  }
}
