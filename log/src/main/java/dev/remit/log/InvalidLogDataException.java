package dev.remit.log;

/**
 * Bytes or text are not what they claim to be: not a note, not a checkpoint, not a key.
 *
 * <p>The one exception for hostile or wrong input in this package. It speaks of form only; whether
 * well-formed data is true is answered by a {@link Verified}.
 */
public final class InvalidLogDataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InvalidLogDataException(String message) {
    super(message);
  }
}
