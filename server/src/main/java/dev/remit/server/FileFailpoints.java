package dev.remit.server;

import dev.remit.core.flow.Failpoints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Ends or holds the process at a named place when a file says so; only on a lab estate.
 *
 * <p>The file holds one name: the process halts there, and the file is removed before, so that the
 * next start runs on. Or it holds {@code hold NAME}: whoever comes there first changes that to
 * {@code held NAME} and stands still until the file is gone.
 */
final class FileFailpoints implements Failpoints {

  private static final int STEP_MILLIS = 20;

  private final Path file;

  FileFailpoints(Path file) {
    this.file = file;
  }

  @Override
  public void reached(String name) {
    try {
      if (!Files.exists(file)) {
        return;
      }
      var order = Files.readString(file).strip();
      if (order.equals(name)) {
        Files.delete(file);
        Runtime.getRuntime().halt(137);
      } else if (order.equals("hold " + name)) {
        hold(name);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void hold(String name) throws IOException {
    var draft = Files.writeString(file.resolveSibling("failpoint.held"), "held " + name);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    try {
      while (Files.exists(file)) {
        Thread.sleep(STEP_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
