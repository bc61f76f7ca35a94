package dev.remit.connectors.ssh;

/** A host did not do as it should; the message holds no secret and none of the host's own words. */
final class HostException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What it did instead. */
  enum Kind {
    /** It did not answer in time, or the connection was lost. */
    AWAY,
    /** It answered, and its key is not the pinned one. */
    WRONG_KEY,
    /** It refused the login. */
    REFUSED,
    /** What it said cannot be understood. */
    UNCLEAR
  }

  private final Kind kind;
  private final String words;

  HostException(Kind kind, String words) {
    super(words);
    this.kind = kind;
    this.words = words;
  }

  String words() {
    return words;
  }

  Kind kind() {
    return kind;
  }
}
