package dev.remit.cli.process;

import dev.remit.cli.CommandException;
import dev.remit.cli.Folders;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A running part.
 *
 * <p>Promises: its output is read until its end, so it never blocks on a full pipe; it is asked to
 * stop and, after a while, made to. It ends by itself when this process is gone, because it is told
 * this process's id. Thread safe.
 */
public final class Child implements AutoCloseable {

  private static final Duration GRACE = Duration.ofSeconds(20);
  private static final int LAST_LINES = 12;

  private final Part part;
  private final Process process;
  private final CompletableFuture<String> ready = new CompletableFuture<>();
  private final Deque<String> last = new ArrayDeque<>(); // guarded by itself

  private Child(Part part, Process process) {
    this.part = part;
    this.process = process;
  }

  /**
   * Starts the part.
   *
   * @param echo where each line is shown besides the log file
   */
  public static Child start(Part part, Installation installation, Consumer<String> echo) {
    try {
      Folders.own(part.cache());
      Folders.own(part.log().resolveSibling(".").normalize());
      var process =
          new ProcessBuilder(part.commandLine(installation)).redirectErrorStream(true).start();
      process.getOutputStream().close();
      var child = new Child(part, process);
      Thread.ofVirtual().name(part.name() + "-output").start(() -> child.read(echo));
      return child;
    } catch (IOException e) {
      throw CommandException.broken("cannot start the " + part.name() + ": " + e.getMessage());
    }
  }

  private void read(Consumer<String> echo) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        Writer log = Files.newBufferedWriter(part.log())) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        log.write(line + "\n");
        log.flush();
        echo.accept(line);
        remember(line);
      }
    } catch (IOException e) {
      // The pipe or the log file is gone; the exit below tells all that is left to tell.
    }
    ready.completeExceptionally(new IOException("the output ended"));
  }

  private void remember(String line) {
    if (line.startsWith(part.ready())) {
      ready.complete(line.substring(part.ready().length()).strip());
    }
    synchronized (last) {
      last.addLast(line);
      if (last.size() > LAST_LINES) {
        last.removeFirst();
      }
    }
  }

  /** What follows the ready words, once they are said. */
  public String awaitReady(Duration atMost) {
    try {
      return ready.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw notReady("is not ready after " + atMost.toSeconds() + " s");
    } catch (ExecutionException e) {
      throw notReady("ended before it was ready");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.broken("interrupted");
    }
  }

  private CommandException notReady(String what) {
    String words;
    synchronized (last) {
      words = last.isEmpty() ? "it said nothing" : String.join("\n  ", last);
    }
    return CommandException.broken(
        "the " + part.name() + " " + what + "; see `" + part.log() + "`:\n  " + words);
  }

  /** Waits for its end and tells its exit code. */
  public int await() {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      return CommandException.BROKEN;
    }
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /**
   * Stops it; returns when it is gone, and its database with it: a part that is killed, or stopped
   * while it starts, leaves that behind.
   */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
      StalePostgres.stopBelow(part.database());
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // The next start looks for it again and says so if it cannot be ended.
    }
  }
}
