package dev.remit.cli.signin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The keyring behind a command of the system: {@code secret-tool} of libsecret, or {@code security}
 * of macOS. The token goes to it on its standard input, never among its arguments, which others on
 * the machine can read.
 */
public final class CommandKeyring implements Keyring {

  private static final long PATIENCE_SECONDS = 10;

  private final Path command;
  private final boolean isMac;

  private CommandKeyring(Path command, boolean isMac) {
    this.command = command;
    this.isMac = isMac;
  }

  /** The keyring of this system; {@link Keyring#NONE} where no command for it is found. */
  public static Keyring of(Map<String, String> environment, String osName) {
    boolean isMac = osName.toLowerCase(Locale.ROOT).startsWith("mac");
    boolean mayBeThere = isMac || environment.containsKey("DBUS_SESSION_BUS_ADDRESS");
    if (!mayBeThere) {
      return NONE;
    }
    String name = isMac ? "security" : "secret-tool";
    for (var folder : environment.getOrDefault("PATH", "").split(":", -1)) {
      var command = Path.of(folder.isEmpty() ? "." : folder, name);
      if (!folder.isEmpty() && Files.isExecutable(command)) {
        return new CommandKeyring(command, isMac);
      }
    }
    return NONE;
  }

  @Override
  public boolean put(String url, String token) {
    return isMac
        ? run(
                List.of("-i"),
                "add-generic-password -U -s remit -a \"" + url + "\" -w \"" + token + "\"\n")
            .isPresent()
        : run(List.of("store", "--label", "Remit", "service", "remit", "url", url), token)
            .isPresent();
  }

  @Override
  public Optional<String> get(String url) {
    var arguments =
        isMac
            ? List.of("find-generic-password", "-s", "remit", "-a", url, "-w")
            : List.of("lookup", "service", "remit", "url", url);
    return run(arguments, "").map(String::strip).filter(token -> !token.isEmpty());
  }

  @Override
  public void remove(String url) {
    var arguments =
        isMac
            ? List.of("delete-generic-password", "-s", "remit", "-a", url)
            : List.of("clear", "service", "remit", "url", url);
    var _ = run(arguments, "");
  }

  private Optional<String> run(List<String> arguments, String input) {
    var line = new java.util.ArrayList<>(List.of(command.toString()));
    line.addAll(arguments);
    try {
      var process = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try (var in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // It did not wait for its input: its exit code tells.
      }
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.exitValue() == 0 ? Optional.of(said) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
