package dev.remit.core.secret;

/** The last characters of a text while it is read, as one number: a byte of each. */
final class Windows {
  /** How many characters a window holds. */
  static final int LENGTH = Long.BYTES;

  private Windows() {}

  /** The window one character on. */
  static long next(long window, char read) {
    return window << Byte.SIZE | (read & 0xff);
  }

  /** The window at the end of a text. */
  static long last(String text) {
    long window = 0;
    for (int i = Math.max(0, text.length() - LENGTH); i < text.length(); i++) {
      window = next(window, text.charAt(i));
    }
    return window;
  }
}
