package dev.remit.core.secret;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Forms that keys and tokens of well-known makers have, and nothing else has by chance.
 *
 * <p>It finds what is written whole in one text. What is split, encoded or of no known form passes:
 * this catches mistakes, and no one who hides a secret. A form is looked for only where its four
 * characters of anchor stand, so a text is read once, however many forms there are; what one look
 * may cost is bounded, whatever the text.
 */
final class KnownForms {
  private static final int FILTER_BITS = 14;
  private static final String ALONE = "(?<![A-Za-z0-9])";
  private static final String ENTRA = "[A-Za-z0-9_~.-]";

  /** Looks at the place where an anchor ends. */
  private interface Look {
    @Nullable Found at(String text, int last);
  }

  private final Map<Integer, List<Look>> looks = new HashMap<>();
  private final boolean[] filter = new boolean[1 << FILTER_BITS];

  KnownForms() {
    look("-BEG", KnownForms::pem);
    look("PuTT", KnownForms::putty);
    look(".eyJ", KnownForms::signedToken);
    form("private-key", "AGE-", 0, "AGE-SECRET-KEY-1[A-Z0-9]{20,80}");
    for (var kind : List.of("AKIA", "ASIA")) {
      form("aws-key", kind, 0, ALONE + kind + "[A-Z0-9]{16}(?![A-Za-z0-9])");
    }
    form("azure-key", "Key=", 0, "(?<=Account|SharedAccess)Key=[A-Za-z0-9+/]{40,128}={0,2}");
    for (var kind : List.of("7Q~", "8Q~")) {
      // Three characters, the mark of a version, then the rest; the anchor is one longer.
      for (char c = '-'; c <= '~'; c++) {
        if (String.valueOf(c).matches(ENTRA)) {
          form("entra-secret", kind + c, 3, "(?<!" + ENTRA + ")" + entra(kind));
        }
      }
    }
    form("google-key", "AIza", 0, ALONE + "AIza[A-Za-z0-9_-]{35}");
    for (var kind : List.of("ghp_", "gho_", "ghu_", "ghs_", "ghr_")) {
      form("github-token", kind, 0, ALONE + kind + "[A-Za-z0-9]{30,255}");
    }
    form("github-token", "_pat", 6, ALONE + "github_pat_[A-Za-z0-9_]{22,255}");
    form("gitlab-token", "glpa", 0, ALONE + "glpat-[A-Za-z0-9_-]{20,255}");
    for (var kind : List.of("xoxa", "xoxb", "xoxe", "xoxo", "xoxp", "xoxr", "xoxs")) {
      form("slack-token", kind, 0, ALONE + kind + "-[A-Za-z0-9-]{10,255}");
    }
    for (var kind : List.of("rk_l", "sk_l")) {
      form("stripe-key", kind, 0, ALONE + kind + "ive_[A-Za-z0-9]{16,255}");
    }
    form("vault-token", "hvs.", 0, ALONE + "hvs\\.[A-Za-z0-9_-]{24,255}");
    form("npm-token", "npm_", 0, ALONE + "npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])");
    form("model-key", "sk-a", 0, ALONE + "sk-ant-[A-Za-z0-9_-]{24,255}");
    form("model-key", "sk-p", 0, ALONE + "sk-proj-[A-Za-z0-9_-]{24,255}");
  }

  private static String entra(String kind) {
    return ENTRA + "{3}" + kind + ENTRA + "{31,34}";
  }

  private void form(String name, String anchor, int before, String pattern) {
    var compiled = Pattern.compile(pattern);
    look(
        anchor,
        (text, last) -> {
          int from = last + 1 - anchor.length() - before;
          var matcher = compiled.matcher(text).useTransparentBounds(true);
          return from >= 0 && matcher.region(from, text.length()).lookingAt()
              ? new Found(from, matcher.end(), name)
              : null;
        });
  }

  private void look(String anchor, Look look) {
    int key = (int) Windows.last(anchor);
    looks.computeIfAbsent(key, k -> new ArrayList<>()).add(look);
    filter[slot(key)] = true;
  }

  private static int slot(int key) {
    return (key * 0x9E3779B1) >>> (Integer.SIZE - FILTER_BITS);
  }

  /** Whether an anchor may end at this window; quick, and seldom wrong. */
  boolean mayEnd(long window) {
    return filter[slot((int) window)];
  }

  /** What stands where an anchor ends with the character at {@code last}; null for nothing. */
  @Nullable Found at(String text, long window, int last) {
    for (var look : looks.getOrDefault((int) window, List.of())) {
      var found = look.at(text, last);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static final Pattern PEM =
      Pattern.compile("-----BEGIN [A-Z0-9 ]{0,32}PRIVATE KEY(?: BLOCK)?");
  private static final String PEM_END = "PRIVATE KEY";

  /** A key without its end line is taken to be cut off: all the rest is the key. */
  private static @Nullable Found pem(String text, int last) {
    int from = last - "-----BEG".length() + 1;
    var matcher = PEM.matcher(text);
    if (from < 0 || !matcher.region(from, text.length()).lookingAt()) {
      return null;
    }
    int end = text.indexOf("-----END ", matcher.end());
    int key = end < 0 ? -1 : text.indexOf(PEM_END, end);
    int to = key < 0 ? -1 : text.indexOf("-----", key);
    return new Found(from, to < 0 ? text.length() : to + "-----".length(), "private-key");
  }

  /** The private lines stand at the end of such a file. */
  private static @Nullable Found putty(String text, int last) {
    int from = last - "PuTT".length() + 1;
    return text.startsWith("PuTTY-User-Key-File-", from)
        ? new Found(from, text.length(), "private-key")
        : null;
  }

  /** A signed token (RFC 7515, compact form), from the dot between its first two parts. */
  private static @Nullable Found signedToken(String text, int last) {
    int dot = last - ".eyJ".length() + 1;
    int from = dot;
    while (from > 0 && isOfToken(text.charAt(from - 1))) {
      from--;
    }
    int second = endOfPart(text, dot + 1);
    int to = second < text.length() && text.charAt(second) == '.' ? endOfPart(text, second + 1) : 0;
    int first = text.indexOf("eyJ", from);
    boolean isToken = dot - first >= 11 && second - dot >= 12 && to - second >= 9;
    return isToken ? new Found(first, to, "signed-token") : null;
  }

  private static int endOfPart(String text, int from) {
    int to = from;
    while (to < text.length() && isOfToken(text.charAt(to))) {
      to++;
    }
    return to;
  }

  private static boolean isOfToken(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }
}
