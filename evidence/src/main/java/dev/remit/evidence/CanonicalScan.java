package dev.remit.evidence;

import dev.remit.core.value.Value;

/**
 * Walks over canonical JSON (RFC 8785 over I-JSON) without building anything of it: says whether
 * the bytes are canonical, and where the members of the outermost object stand.
 *
 * <p>It is sure or it says nothing: what it accepts is what parsing and writing again would give
 * byte for byte, and what it does not accept may still be so (numbers with a fraction, names beyond
 * ASCII). Whoever uses it asks the slow way then, which also says what is wrong. Not for two
 * threads at once.
 */
final class CanonicalScan {

  private static final int MOST_MEMBERS = 16;
  private static final int LONGEST_NAME = 4_096;
  private static final int SAFE_DIGITS = 16;

  private byte[] text = new byte[0];
  private int at;
  private int end;
  private boolean isSure;
  private int count;

  // Of the outermost object: where names and values begin and end.
  private final int[] nameFrom = new int[MOST_MEMBERS];
  private final int[] nameTo = new int[MOST_MEMBERS];
  private final int[] from = new int[MOST_MEMBERS];
  private final int[] to = new int[MOST_MEMBERS];
  private final int[] depth = new int[MOST_MEMBERS];

  /** Whether the bytes are one canonical object that nests at most so deep, for sure. */
  boolean isObject(byte[] bytes, int length, int deepest) {
    text = bytes;
    at = 0;
    end = length;
    count = 0;
    isSure = length > 1 && bytes[0] == '{';
    if (isSure) {
      outermost(deepest);
    }
    return isSure && at == end;
  }

  private void outermost(int deepest) {
    at++;
    if (peek() == '}') {
      at++;
      return;
    }
    int before = -1;
    while (isSure) {
      if (count == MOST_MEMBERS) {
        isSure = false;
        return;
      }
      int nameAt = at;
      before = name(before);
      nameFrom[count] = nameAt + 1;
      nameTo[count] = at - 2;
      from[count] = at;
      depth[count] = value(deepest - 1);
      to[count++] = at;
      if (!another('}')) {
        return;
      }
    }
  }

  private int peek() {
    return at < end ? text[at] : -1;
  }

  /** Takes a comma, or the end of an object or array. */
  private boolean another(char close) {
    int next = peek();
    at++;
    if (next != ',' && next != close) {
      isSure = false;
    }
    return next == ',';
  }

  /** A name and its colon; answers where it begins, for the comparison with the next one. */
  private int name(int before) {
    int start = at;
    if (peek() != '"') {
      isSure = false;
      return start;
    }
    at++;
    while (at < end && text[at] != '"') {
      if (text[at] < 0x20 || text[at] == '\\') {
        isSure = false;
        return start;
      }
      at++;
    }
    if (at - start > LONGEST_NAME || at + 1 >= end || text[at + 1] != ':') {
      isSure = false;
      return start;
    }
    if (before >= 0 && !isAfter(before + 1, start + 1)) {
      isSure = false;
    }
    at += 2;
    return start;
  }

  /** Whether the second of two names sorts behind the first; both end at their quotes. */
  private boolean isAfter(int first, int second) {
    int a = first;
    int b = second;
    while (text[a] == text[b] && text[a] != '"') {
      a++;
      b++;
    }
    if (text[a] == '"') {
      return text[b] != '"';
    }
    return text[b] != '"' && text[a] < text[b];
  }

  /** One value; answers how deep it nests. */
  private int value(int deepest) {
    switch (peek()) {
      case '"' -> string();
      case '{', '[' -> {
        return deepest > 0 ? container(deepest) : unsure();
      }
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      default -> number();
    }
    return 0;
  }

  private int unsure() {
    isSure = false;
    return 0;
  }

  private int container(int deepest) {
    boolean isObject = text[at] == '{';
    char close = isObject ? '}' : ']';
    int inner = 0;
    at++;
    if (peek() == close) {
      at++;
      return 1;
    }
    int before = -1;
    boolean hasMore = true;
    while (isSure && hasMore) {
      if (isObject) {
        before = name(before);
      }
      if (isSure) {
        inner = Math.max(inner, value(deepest - 1));
        hasMore = another(close);
      }
    }
    return inner + 1;
  }

  private void word(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (at + i >= end || text[at + i] != word.charAt(i)) {
        isSure = false;
        return;
      }
    }
    at += word.length();
  }

  private void number() {
    int start = at;
    if (peek() == '-') {
      at++;
    }
    int first = at;
    long number = 0;
    while (at < end && text[at] >= '0' && text[at] <= '9' && at - first < SAFE_DIGITS) {
      number = 10 * number + text[at++] - '0';
    }
    boolean isZero = at == first + 1 && number == 0;
    isSure &=
        at > first
            && number <= Value.MAX_SAFE_INTEGER
            && (isZero ? first == start : text[first] != '0')
            && (at == end || text[at] == ',' || text[at] == '}' || text[at] == ']');
  }

  private void string() {
    at++;
    while (at < end) {
      byte next = text[at];
      if (next == '"') {
        at++;
        return;
      }
      if (next == '\\') {
        escape();
      } else if (next < 0) {
        at += Utf8.sequence(text, at, end);
      } else if (next < 0x20) {
        break;
      } else {
        at++;
      }
      if (!isSure || at > end) {
        break;
      }
    }
    isSure = false;
  }

  /** The escapes that the canonical form has, and no others (RFC 8785, section 3.2.2.2). */
  private void escape() {
    int next = at + 1 < end ? text[at + 1] : -1;
    switch (next) {
      case '"', '\\', 'b', 'f', 'n', 'r', 't' -> at += 2;
      case 'u' -> {
        isSure &= at + 5 < end && text[at + 2] == '0' && text[at + 3] == '0' && isControl(at + 4);
        at += 6;
      }
      default -> isSure = false;
    }
  }

  private boolean isControl(int digits) {
    int high = text[digits] - '0';
    int low = Character.digit(text[digits + 1], 16);
    boolean isLower = text[digits + 1] < 'A' || text[digits + 1] > 'F';
    int code = 16 * high + low;
    boolean hasShort = code == '\b' || code == '\t' || code == '\n' || code == '\f' || code == '\r';
    return (high == 0 || high == 1) && low >= 0 && isLower && !hasShort;
  }

  /** How many members the outermost object has. */
  int count() {
    return count;
  }

  /** The place of a member among the others, or -1. */
  int find(String name) {
    for (int i = 0; i < count; i++) {
      if (nameTo[i] - nameFrom[i] == name.length() && isAt(nameFrom[i], name)) {
        return i;
      }
    }
    return -1;
  }

  private boolean isAt(int place, String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      if (text[place + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Where a member's value begins. */
  int from(int member) {
    return from[member];
  }

  /** Where it ends. */
  int to(int member) {
    return to[member];
  }

  /** How deep it nests; a scalar is of depth 0. */
  int depth(int member) {
    return depth[member];
  }
}
