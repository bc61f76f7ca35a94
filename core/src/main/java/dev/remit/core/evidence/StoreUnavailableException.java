package dev.remit.core.evidence;

/**
 * The store of state and evidence is away, slow, or cannot commit just now: the world failed, and
 * every effect is refused.
 *
 * <p>The message holds neither statements nor data; the cause may, and goes to logs only.
 */
public class StoreUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
