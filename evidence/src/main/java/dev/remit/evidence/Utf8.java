package dev.remit.evidence;

/** UTF-8 as Unicode's table 3-7 has it: no overlong forms, no surrogates, nothing cut short. */
final class Utf8 {

  /** Beyond every text. */
  private static final int BAD = 1 << 30;

  private Utf8() {}

  /**
   * How long the well-formed sequence beginning at a byte beyond ASCII is; far too long if none.
   */
  static int sequence(byte[] text, int at, int end) {
    int first = text[at] & 0xff;
    if (first >= 0xc2 && first <= 0xdf) {
      return isTail(text, at + 1, end, 0x80, 0xbf) ? 2 : BAD;
    }
    if (first >= 0xe0 && first <= 0xef) {
      int low = first == 0xe0 ? 0xa0 : 0x80;
      int high = first == 0xed ? 0x9f : 0xbf;
      return isTail(text, at + 1, end, low, high) && isTail(text, at + 2, end, 0x80, 0xbf)
          ? 3
          : BAD;
    }
    if (first >= 0xf0 && first <= 0xf4) {
      int low = first == 0xf0 ? 0x90 : 0x80;
      int high = first == 0xf4 ? 0x8f : 0xbf;
      return isTail(text, at + 1, end, low, high)
              && isTail(text, at + 2, end, 0x80, 0xbf)
              && isTail(text, at + 3, end, 0x80, 0xbf)
          ? 4
          : BAD;
    }
    return BAD;
  }

  private static boolean isTail(byte[] text, int at, int end, int low, int high) {
    int next = at < end ? text[at] & 0xff : 0;
    return next >= low && next <= high;
  }
}
