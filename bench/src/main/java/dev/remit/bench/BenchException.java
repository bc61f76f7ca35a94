package dev.remit.bench;

/** A benchmark cannot go on; the message says what to do. */
public final class BenchException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private BenchException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** The caller's mistake. */
  public static BenchException usage(String message) {
    return new BenchException(2, message);
  }

  /** Something else is broken. */
  public static BenchException broken(String message) {
    return new BenchException(3, message);
  }

  /** The exit code of the process. */
  public int exitCode() {
    return exitCode;
  }
}
