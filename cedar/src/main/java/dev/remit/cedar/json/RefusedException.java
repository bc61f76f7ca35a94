package dev.remit.cedar.json;

/** Input that is not what it should be; never leaves a {@link Reading}. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a sentence that says what is wrong. */
  public RefusedException(String message) {
    super(message, null, false, false);
  }
}
