package dev.remit.evidence;

import dev.remit.core.value.InvalidValueException;
import dev.remit.log.Ed25519Verifier;
import dev.remit.log.InvalidLogDataException;
import dev.remit.log.KeyId;
import dev.remit.log.KeyName;
import dev.remit.log.NoteSigner;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Signs by a command that holds the key: another program, perhaps as another user, on another
 * machine or over a hardware module.
 *
 * <p>The command runs as long as it is used. It first writes its verifier key on a line; then each
 * line {@code sign BASE64} (the note's text) is answered by {@code signature BASE64} or {@code
 * refused WHY}. Every signature is checked before it is given on. A command that ends, that answers
 * wrongly or not within the deadline is ended and started anew with the next note; nothing is
 * signed meanwhile. Its key may not change while it is used.
 */
public final class CommandSigner implements NoteSigner, AutoCloseable {

  private static final int LONGEST_LINE = 8_192;

  private final List<String> command;
  private final Duration deadline;
  private final Ed25519Verifier verifier;
  private @Nullable Process process;
  private @Nullable BufferedReader answers;

  private CommandSigner(List<String> command, Duration deadline) {
    this.command = List.copyOf(command);
    this.deadline = deadline;
    this.verifier = start();
  }

  /**
   * Starts it.
   *
   * @throws InvalidValueException when the command does not tell a key in time
   */
  public static CommandSigner start(List<String> command, Duration deadline) {
    if (command.isEmpty()) {
      throw new InvalidValueException("the command that signs the log has no words");
    }
    return new CommandSigner(command, deadline);
  }

  private Ed25519Verifier start() {
    try {
      var started =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      process = started;
      answers =
          new BufferedReader(
              new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
      return Ed25519Verifier.parse(line());
    } catch (IOException e) {
      throw failed("the command that signs the log cannot be started: " + command.getFirst());
    } catch (InvalidLogDataException e) {
      throw failed("the command that signs the log did not begin with its verifier key");
    }
  }

  private InvalidValueException failed(String why) {
    close();
    return new InvalidValueException(why);
  }

  public Ed25519Verifier verifier() {
    return verifier;
  }

  @Override
  public KeyName name() {
    return verifier.name();
  }

  @Override
  public KeyId id() {
    return verifier.id();
  }

  @Override
  public synchronized byte[] sign(byte[] text) {
    if (process == null && !start().equals(verifier)) {
      throw failed("the command that signs the log has another key now");
    }
    send("sign " + Base64.getEncoder().encodeToString(text) + "\n");
    String answer = line();
    if (answer.startsWith("refused ")) {
      throw new InvalidValueException(
          "the log's signer refused: " + Printable.of(answer.substring("refused ".length())));
    }
    byte[] signature = signature(answer);
    if (!verifier.verifies(text, signature)) {
      throw failed("the command that signs the log gave a wrong signature");
    }
    return signature;
  }

  private byte[] signature(String answer) {
    try {
      return Base64.getDecoder().decode(answer.replaceFirst("^signature ", ""));
    } catch (IllegalArgumentException e) {
      throw failed("the command that signs the log gave no signature");
    }
  }

  private void send(String line) {
    var running = process;
    try {
      if (running == null) {
        throw new IOException("it does not run");
      }
      Writer out = running.outputWriter(StandardCharsets.UTF_8);
      out.write(line);
      out.flush();
    } catch (IOException e) {
      throw failed("the command that signs the log is gone");
    }
  }

  private String line() {
    var reader = answers;
    var line =
        CompletableFuture.supplyAsync(
            () -> reader == null ? "" : read(reader), task -> Thread.ofVirtual().start(task));
    try {
      return line.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw failed("the command that signs the log did not answer in time");
    } catch (ExecutionException e) {
      throw failed("the command that signs the log is gone");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("interrupted while the log was signed");
    }
  }

  private static String read(BufferedReader reader) {
    var line = new StringBuilder();
    try {
      for (int next = reader.read(); next != '\n'; next = reader.read()) {
        if (next < 0 || line.length() > LONGEST_LINE) {
          throw new IllegalStateException("no line");
        }
        line.append((char) next);
      }
    } catch (IOException e) {
      throw new IllegalStateException("no line", e);
    }
    return line.toString();
  }

  /** Ends the command; the next signature starts it again. */
  @Override
  public synchronized void close() {
    var running = process;
    process = null;
    answers = null;
    if (running != null) {
      running.destroyForcibly();
    }
  }

  /** Name and id only. */
  @Override
  public String toString() {
    return name() + "+" + id();
  }
}
