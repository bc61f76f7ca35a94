package dev.remit.e2e;

import dev.remit.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

/**
 * {@code remit connect} as a process: the key's holder for a client that knows an address alone.
 */
final class Bridge implements AutoCloseable {

  private final Child process;

  private Bridge(Child process) {
    this.process = process;
  }

  /** Starts it before the estate's server. */
  static Bridge open(Estate estate, String subject) {
    var command = command(estate, subject, "bridge");
    command.addAll(List.of("--listen"));
    return new Bridge(Child.start(command, Home.TARGET.resolve("estates/bridge.log")));
  }

  /** The command that starts it on standard input, with a folder of this name for its secret. */
  static List<String> command(Estate estate, String subject, String folder) {
    var command = Home.java("cli", "dev.remit.cli.Main", List.of());
    command.addAll(
        List.of(
            "connect",
            "--agent",
            subject.replace('.', '/'),
            "--url",
            estate.server().machines() + "/mcp",
            "--issuer",
            estate.lab().text("oidc", "issuer"),
            "--client-id",
            subject,
            "--client-secret-file",
            secret(estate, subject, Home.fresh(folder)).toString(),
            "--resource",
            "remit"));
    return command;
  }

  private static Path secret(Estate estate, String subject, Path folder) {
    try {
      var description = Json.parseObject(Files.readAllBytes(estate.lab().file()));
      var secret =
          description
              .object("oidc")
              .flatMap(oidc -> oidc.object("clients"))
              .flatMap(clients -> clients.text(subject))
              .orElseThrow();
      var owner =
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
      return Files.writeString(Files.createFile(folder.resolve("secret"), owner), secret);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The address for the client. */
  String url() {
    var scheme = "http://127.0.0.1:";
    return scheme + process.awaitLine(scheme, Duration.ofSeconds(30));
  }

  @Override
  public void close() {
    process.close();
  }
}
