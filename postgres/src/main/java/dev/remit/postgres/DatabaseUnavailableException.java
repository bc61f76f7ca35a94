package dev.remit.postgres;

import dev.remit.core.evidence.StoreUnavailableException;

/**
 * The database is away, slow, or cannot commit just now: the world failed, and every effect is
 * refused.
 *
 * <p>Whether a write that was under way has committed is not known; asking again with the same
 * entry is safe where a port says so. The message holds neither SQL nor data.
 */
public final class DatabaseUnavailableException extends StoreUnavailableException {

  private static final long serialVersionUID = 1L;

  public DatabaseUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
