package dev.remit.core.value;

/**
 * Wrong or hostile input: the sender's mistake, to be told in the wire's own terms.
 *
 * <p>The message is lower-case, says what to do, and holds nothing secret; mappers of the wires
 * show it.
 */
public final class InvalidValueException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public InvalidValueException(String message) {
    super(message);
  }
}
