package dev.remit.cli.demo;

import dev.remit.cli.CommandException;
import dev.remit.cli.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The example workspace in which a reviewed script may reach the clients' directories, and nobody
 * accepted that. It is valid; what it lets agents do is told by {@code remit reach} and refused by
 * {@code remit check}.
 */
public final class InheritedWorkspace {

  /** The agents that inherit it. */
  public static final String AGENT = "security-desk";

  /** The file with the declaration. */
  public static final String FILE = "connectors/scripts.yaml";

  private static final String BEFORE = "reaches:\n";

  private static final String REACH =
      "  - connector: directory\n    effect: destructive\n    through: [run_script]\n";

  private InheritedWorkspace() {}

  /** Writes it to a folder, which is replaced; the place for it must be there exactly once. */
  public static void write(Path example, Path to) {
    try {
      Folders.remove(to);
      Folders.copy(example, to);
      Path file = to.resolve(FILE);
      String text = Files.readString(file);
      int at = text.indexOf(BEFORE);
      if (at < 0 || text.indexOf(BEFORE, at + 1) >= 0) {
        throw CommandException.broken("the demo cannot add to `reaches` in `" + FILE + "`");
      }
      Files.writeString(file, text.replace(BEFORE, BEFORE + REACH));
    } catch (IOException e) {
      throw CommandException.broken(
          "cannot write the workspace that reaches further to `" + to + "`");
    }
  }
}
