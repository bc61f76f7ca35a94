package dev.remit.identity.secret;

/** A sealed secret or its keyset is not what was written; nothing was opened. */
public final class SecretUnreadableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SecretUnreadableException(String message, Throwable cause) {
    super(message, cause);
  }
}
