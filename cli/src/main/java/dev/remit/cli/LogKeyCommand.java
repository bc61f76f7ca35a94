package dev.remit.cli;

import dev.remit.evidence.CommandSigner;
import dev.remit.evidence.KeyRotation;
import dev.remit.evidence.MlDsaKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code remit log-key}: replaces the key that signs the logs. */
@Command(
    name = "log-key",
    mixinStandardHelpOptions = true,
    description = {
      "Replaces the key that signs the logs, while the server stands still. Without options the",
      "key in the data folder; else that behind one command by that behind another. Hand the new",
      "`log.pub` to whoever verifies: its last line is the new key, the others verify what is old."
    })
final class LogKeyCommand implements Callable<Integer> {

  private static final Duration DEADLINE = Duration.ofSeconds(10);

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = ".remit",
      description = "the server's data folder (default: ${DEFAULT-VALUE})")
  private Path data = Path.of(".remit");

  @Option(
      names = "--from",
      paramLabel = "WORD",
      description = "the command that signs now; once for each word")
  private List<String> from = new ArrayList<>();

  @Option(
      names = "--to",
      paramLabel = "WORD",
      description = "the command that is to sign; once for each word")
  private List<String> to = new ArrayList<>();

  @Option(
      names = "--ml-dsa",
      description = {
        "make a key of ML-DSA-44 that signs beside the other, or another one for it;",
        "its public part stands in `log-ml-dsa.pub`"
      })
  private boolean isMlDsa;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    if (isMlDsa && !from.isEmpty()) {
      throw CommandException.usage("a key of ML-DSA-44 lies in the data folder: leave --from out");
    }
    if (from.isEmpty() != to.isEmpty()) {
      throw CommandException.usage("name both commands, --from and --to, or neither");
    }
    try (var channel =
        FileChannel.open(
            data.resolve("server.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (channel.tryLock() == null) {
        throw CommandException.usage("a server uses this data folder: stop it first");
      }
      spec.commandLine().getOut().println("new key: " + rotated());
      return 0;
    } catch (UncheckedIOException | IOException e) {
      throw CommandException.broken(Output.printable(String.valueOf(e.getMessage())));
    }
  }

  private String rotated() {
    if (isMlDsa) {
      return MlDsaKey.create(data, new SecureRandom());
    }
    if (from.isEmpty()) {
      return KeyRotation.rotate(data, new SecureRandom());
    }
    try (var old = CommandSigner.start(from, DEADLINE);
        var fresh = CommandSigner.start(to, DEADLINE)) {
      return KeyRotation.rotate(data, old, fresh);
    }
  }
}
