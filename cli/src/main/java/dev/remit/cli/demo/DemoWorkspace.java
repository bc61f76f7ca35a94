package dev.remit.cli.demo;

import dev.remit.cli.CommandException;
import dev.remit.cli.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The example workspace with the few times shortened that would make the demo long, and with one
 * agent that its certificate proves.
 *
 * <p>Nothing else differs. Each edit must find its text exactly once, so that a changed example
 * fails here and not in an act.
 */
final class DemoWorkspace {

  private record Edit(String file, String from, String to) {}

  private static final List<Edit> EDITS =
      List.of(
          new Edit("tasks/restart-service.yaml", "answer-within: 30m", "answer-within: 5s"),
          new Edit("connectors/rmm.yaml", "timeout: 4s", "timeout: 2s"),
          new Edit(
              "agents/device-helper.yaml",
              "issuer: lab\n    subject: device-helper.harbor-dental.production.observe\n",
              "spiffe: " + Svids.NAME + Svids.HELPER + "\n"));

  private DemoWorkspace() {}

  /** Writes it to a folder, which is replaced. */
  static void write(Path example, Path to) {
    try {
      Folders.remove(to);
      Folders.copy(example, to);
      for (Edit edit : EDITS) {
        apply(edit, to.resolve(edit.file()));
      }
    } catch (IOException e) {
      throw CommandException.broken("cannot write the demo's workspace to `" + to + "`");
    }
  }

  private static void apply(Edit edit, Path file) throws IOException {
    String text = Files.readString(file);
    int at = text.indexOf(edit.from());
    if (at < 0 || text.indexOf(edit.from(), at + 1) >= 0) {
      throw CommandException.broken(
          "the demo cannot shorten `"
              + edit.from()
              + "` in `"
              + edit.file()
              + "`: it must stand there exactly once");
    }
    Files.writeString(file, text.replace(edit.from(), edit.to()));
  }
}
