package dev.remit.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packed command line as somebody uses it, with a configuration folder of its own. */
final class Cli {

  private final Path home;

  private Cli(Path home) {
    this.home = home;
  }

  /** What a command answered. */
  record Ended(int code, String output, String errors) {}

  /** Signed in for this person with {@code remit login}. */
  static Cli of(Person person, String site, String name) {
    var cli = new Cli(Home.fresh(name));
    try {
      var login = cli.builder(List.of("login", "--url", site, "--no-browser")).start();
      try (var errors = login.errorReader(StandardCharsets.UTF_8)) {
        String line = errors.readLine();
        while (line != null && !line.strip().startsWith(site)) {
          line = errors.readLine();
        }
        person.agree(String.valueOf(line).strip());
        end(login);
      }
      return cli;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs it to its end. */
  Ended run(String... arguments) {
    var output = home.resolve("output");
    var errors = home.resolve("errors");
    try {
      var process =
          builder(List.of(arguments))
              .redirectOutput(output.toFile())
              .redirectError(errors.toFile())
              .start();
      process.getOutputStream().close();
      int code = end(process);
      return new Ended(
          code, java.nio.file.Files.readString(output), java.nio.file.Files.readString(errors));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ProcessBuilder builder(List<String> arguments) {
    var command = new ArrayList<>(Home.java("cli", "dev.remit.cli.Main", List.of()));
    command.addAll(arguments);
    var builder = new ProcessBuilder(command);
    builder.environment().put("XDG_CONFIG_HOME", home.toString());
    builder.environment().remove("DBUS_SESSION_BUS_ADDRESS");
    return builder;
  }

  private static int end(Process process) {
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("the command line runs on");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
