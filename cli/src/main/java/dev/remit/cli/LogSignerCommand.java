package dev.remit.cli;

import dev.remit.evidence.SignerProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code remit log-signer}: the process that holds the log's key where the server does not. */
@Command(
    name = "log-signer",
    mixinStandardHelpOptions = true,
    description = {
      "Signs checkpoints of one installation's logs with the key in a file, as another user than",
      "the server's. It talks over standard input and output with the server that starts it, and",
      "never signs a smaller or another tree than it signed before."
    })
final class LogSignerCommand implements Callable<Integer> {

  @Parameters(paramLabel = "KEY", description = "the key's file, readable by its owner alone")
  private Path key = Path.of("log.key");

  @Option(
      names = "--create",
      paramLabel = "INSTALLATION",
      description = "make the key for this installation (its file `installation`) and end")
  private Optional<String> installation = Optional.empty();

  @Override
  public Integer call() {
    try {
      if (installation.isPresent()) {
        SignerProcess.create(key, installation.get(), new SecureRandom());
        return 0;
      }
      var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      SignerProcess.open(key).serve(in, System.out);
      return 0;
    } catch (UncheckedIOException | IOException e) {
      throw CommandException.broken(Output.printable(String.valueOf(e.getMessage())));
    }
  }
}
