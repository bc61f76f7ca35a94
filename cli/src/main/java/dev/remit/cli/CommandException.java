package dev.remit.cli;

/**
 * A command that cannot go on: one lower-case line that says what to do, and an exit code.
 *
 * <p>The message is shown to people as it is and holds no secret.
 */
public final class CommandException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Refused, or not verified. */
  public static final int REFUSED = 1;

  /** Wrong usage or invalid input. */
  public static final int USAGE = 2;

  /** Something else is broken. */
  public static final int BROKEN = 3;

  private final int exitCode;

  private CommandException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** Exit 1: the answer is no. */
  public static CommandException refused(String message) {
    return new CommandException(REFUSED, message);
  }

  /** Exit 2: the caller's mistake. */
  public static CommandException usage(String message) {
    return new CommandException(USAGE, message);
  }

  /** Exit 3: the world's fault. */
  public static CommandException broken(String message) {
    return new CommandException(BROKEN, message);
  }

  /** What the process ends with. */
  public int exitCode() {
    return exitCode;
  }
}
