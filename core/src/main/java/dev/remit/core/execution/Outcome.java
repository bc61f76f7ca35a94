package dev.remit.core.execution;

/** The one first outcome of an intent; later knowledge is a resolution linked to it. */
public enum Outcome {
  /** It happened, and where it can be read back it was. */
  SUCCEEDED,
  /** The vendor said no. */
  REJECTED,
  /** It did not happen. */
  FAILED,
  /** It may have happened; never retried by itself. */
  UNKNOWN;

  /** The lower-case form used in entries. */
  public String text() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
