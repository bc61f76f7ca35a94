package dev.remit.evidence;

/**
 * A pack that is not of the form it should have, with the place where that was seen.
 *
 * <p>The message is for people and holds nothing of a body.
 */
public final class InvalidPackException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Finding.Code code;
  private final transient Place place;

  InvalidPackException(Finding.Code code, Place place, String message) {
    super(message);
    this.code = code;
    this.place = place;
  }

  /** What was seen, as verification reports it. */
  public Finding finding() {
    return new Finding(code, place, String.valueOf(getMessage()));
  }
}
