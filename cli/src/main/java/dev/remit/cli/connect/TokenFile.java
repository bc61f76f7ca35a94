package dev.remit.cli.connect;

import dev.remit.cli.CommandException;
import dev.remit.core.value.InvalidValueException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/**
 * A token that something else writes to a file and keeps fresh, such as Kubernetes (projected
 * service account tokens). Read again at every use.
 */
record TokenFile(Path file, String thumbprint, InstantSource clock) implements Token.Source {

  @Override
  public Optional<Token> token(boolean isFresh) {
    try {
      if (Files.size(file) > 20_000) {
        throw new InvalidValueException("too long");
      }
      return Optional.of(Token.read(Files.readString(file), thumbprint, clock.instant()));
    } catch (IOException | InvalidValueException e) {
      throw CommandException.broken(
          "`" + file + "` holds no token that can be read: see what writes it");
    }
  }
}
