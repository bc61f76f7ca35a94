package dev.remit.cli;

import dev.remit.cli.people.DataFolder;
import dev.remit.cli.people.PeopleApi;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options of every command that asks a running server. */
final class ServerOptions {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = DataFolder.DEFAULT,
      description = "the server's data folder (default: ${DEFAULT-VALUE})")
  private Path data = Path.of(DataFolder.DEFAULT);

  @Option(names = "--json", description = "print JSON, for programs")
  private boolean json;

  DataFolder folder() {
    return new DataFolder(data);
  }

  PeopleApi people() {
    return folder().people();
  }

  boolean isJson() {
    return json;
  }
}
