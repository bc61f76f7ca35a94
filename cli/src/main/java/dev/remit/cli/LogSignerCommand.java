package dev.remit.cli;

import dev.remit.evidence.SignerProcess;
import dev.remit.evidence.pkcs11.CryptokiException;
import dev.remit.evidence.pkcs11.TokenKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code remit log-signer}: the process that holds the log's key where the server does not. */
@Command(
    name = "log-signer",
    mixinStandardHelpOptions = true,
    description = {
      "Signs checkpoints of one installation's logs with the key in a file, or on a PKCS#11 token,",
      "as another user than the server's. It talks over standard input and output with the server",
      "that starts it, and never signs a smaller or another tree than it signed before."
    })
final class LogSignerCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "KEY",
      description = "the key's file; of a key on a token its verifier key")
  private Path key = Path.of("log.key");

  @Option(
      names = "--create",
      paramLabel = "INSTALLATION",
      description = "make the key for this installation (its file `installation`) and end")
  private Optional<String> installation = Optional.empty();

  @ArgGroup(exclusive = false, heading = "The key on a token instead of the file:%n")
  private @Nullable OnToken onToken;

  /** A key on a token: all of it, or none. */
  static final class OnToken {
    @Option(
        names = "--pkcs11",
        required = true,
        paramLabel = "MODULE",
        description = "the token's PKCS#11 module, a shared library")
    private Path module = Path.of("module.so");

    @Option(names = "--token", required = true, paramLabel = "LABEL", description = "its label")
    private String token = "";

    @Option(
        names = "--label",
        required = true,
        paramLabel = "LABEL",
        description = "the label of the ed25519 key on it; --create makes one if there is none")
    private String label = "";

    @Option(
        names = "--pin-file",
        required = true,
        paramLabel = "FILE",
        description = "holds the user's PIN; mode 0600")
    private Path pin = Path.of("pin");

    private TokenKey where() {
      return new TokenKey(module.toAbsolutePath(), token, label);
    }
  }

  @Override
  public Integer call() {
    try {
      if (installation.isPresent()) {
        create(installation.get());
        return 0;
      }
      var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      opened().serve(in, System.out);
      return 0;
    } catch (CryptokiException | UncheckedIOException | IOException e) {
      throw CommandException.broken(Output.printable(String.valueOf(e.getMessage())));
    }
  }

  private void create(String name) {
    var token = onToken;
    if (token == null) {
      SignerProcess.create(key, name, new SecureRandom());
    } else {
      SignerProcess.create(key, name, token.where(), token.pin);
    }
  }

  private SignerProcess opened() {
    var token = onToken;
    return token == null
        ? SignerProcess.open(key)
        : SignerProcess.open(key, token.where(), token.pin);
  }
}
