package dev.remit.cli;

import dev.remit.cli.people.DataFolder;
import dev.remit.identity.secret.SealedSecrets;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code remit secret}. */
@Command(
    name = "secret",
    mixinStandardHelpOptions = true,
    description = "Seals secrets of connectors.")
final class SecretCommand implements Runnable {

  private static final int MOST_BYTES = 64 * 1024;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name a command: put");
  }

  @Command(
      name = "put",
      mixinStandardHelpOptions = true,
      description = {
        "Seals a secret from standard input, at once, in place of the one of that name.",
        "One line end after it is not part of it."
      })
  int put(
      @Parameters(paramLabel = "NAME", description = "lower-case letters, digits and hyphens")
          String name,
      @Option(
              names = "--data",
              paramLabel = "DIR",
              defaultValue = DataFolder.DEFAULT,
              description = "the server's data folder (default: ${DEFAULT-VALUE})")
          Path data) {
    byte[] secret = {};
    try {
      secret = read(System.in);
      SealedSecrets.open(data).put(name, secret);
    } catch (IOException e) {
      throw CommandException.broken("cannot read the secret from standard input");
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
    spec.commandLine().getOut().println("sealed `" + name + "`");
    return 0;
  }

  /** All of it, without one line end; nothing, or too much, is wrong input. */
  static byte[] read(InputStream in) throws IOException {
    byte[] room = in.readNBytes(MOST_BYTES + 2);
    int length = room.length;
    if (length > 0 && room[length - 1] == '\n') {
      length--;
    }
    if (length > 0 && room[length - 1] == '\r') {
      length--;
    }
    byte[] secret = Arrays.copyOf(room, length);
    Arrays.fill(room, (byte) 0);
    if (length == 0 || length > MOST_BYTES) {
      throw CommandException.usage(
          "give the secret on standard input, 1 to " + MOST_BYTES + " bytes");
    }
    return secret;
  }
}
