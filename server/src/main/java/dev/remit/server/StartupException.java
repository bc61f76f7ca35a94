package dev.remit.server;

/** The server refuses to start; the message says why and what to do. */
final class StartupException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StartupException(String message) {
    super(message);
  }
}
