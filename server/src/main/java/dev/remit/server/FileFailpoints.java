package dev.remit.server;

import dev.remit.core.flow.Failpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Ends the process at a named place when a file says so; only on a lab estate.
 *
 * <p>The file holds one name. It is removed before the process is halted, so that the next start
 * runs on.
 */
final class FileFailpoints implements Failpoints {

  private final Path file;

  FileFailpoints(Path file) {
    this.file = file;
  }

  @Override
  public void reached(String name) {
    try {
      if (Files.exists(file) && Files.readString(file).strip().equals(name)) {
        Files.delete(file);
        Runtime.getRuntime().halt(137);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
