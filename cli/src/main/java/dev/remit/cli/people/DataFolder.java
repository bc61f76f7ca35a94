package dev.remit.cli.people;

import dev.remit.cli.CommandException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The data folder of an installation.
 *
 * @param path {@code .remit} unless the command line says otherwise
 */
public record DataFolder(Path path) {

  /** The folder that commands use when none is named. */
  public static final String DEFAULT = ".remit";

  /** What the running server wrote about itself: its listeners and the operator's token. */
  public Value.Obj server() {
    Path file = file();
    try {
      return Json.parseObject(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw CommandException.broken(
          "no server runs on the data folder `"
              + path
              + "`: start one with `remit up`, or name its folder with `--data`");
    } catch (IOException e) {
      throw CommandException.broken("cannot read `" + file + "`: run as the user of the server");
    }
  }

  /** The people's listener of the running server. */
  public PeopleApi people() {
    var server = server();
    return new PeopleApi(text(server, "people"), text(server, "operatorToken"));
  }

  /** Where a server describes itself; one that the demo kept up is found below its folder. */
  private Path file() {
    Path own = path.resolve("server.json");
    Path demo = path.resolve("demo/server.json");
    return !Files.exists(own) && Files.exists(demo) ? demo : own;
  }

  private String text(Value.Obj server, String name) {
    return server
        .text(name)
        .orElseThrow(() ->
            CommandException.broken(
                "`" + path.resolve("server.json") + "` has no `" + name + "`: restart it"));
  }
}
