package dev.remit.json;

import com.networknt.schema.regex.RegularExpression;
import dev.remit.core.value.InvalidValueException;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * An ECMA-262 pattern, run by the JDK with a bounded number of looks at the text.
 *
 * <p>Where the two languages differ in what they accept silently, the pattern is rewritten: {@code
 * $} is the very end and not "before a last line break"; {@code [} and {@code &} within a class are
 * themselves.
 */
record BoundedPattern(Pattern pattern) implements RegularExpression {

  private static final int LONGEST_PATTERN = 1_000;
  private static final int LONGEST_TEXT = 10_000;
  private static final int MOST_LOOKS = 200_000;

  static BoundedPattern of(String ecma) {
    if (ecma.length() > LONGEST_PATTERN) {
      throw new InvalidValueException("its schema has a pattern that is too long");
    }
    try {
      return new BoundedPattern(Pattern.compile(translated(ecma)));
    } catch (PatternSyntaxException e) {
      throw new InvalidValueException(
          "its schema has a pattern that cannot be read: `" + Quoted.shortened(ecma) + "`");
    }
  }

  @Override
  public boolean matches(String text) {
    if (text.length() > LONGEST_TEXT) {
      throw new TooMuchWork();
    }
    try {
      return pattern.matcher(new Watched(text, new Looks())).find();
    } catch (StackOverflowError e) {
      throw new TooMuchWork(); // the JDK's matcher recurses on alternatives within repetitions
    }
  }

  private static String translated(String ecma) {
    var out = new StringBuilder();
    boolean isInClass = false;
    for (int i = 0; i < ecma.length(); i++) {
      char c = ecma.charAt(i);
      if (c == '\\' && i + 1 < ecma.length()) {
        char escaped = ecma.charAt(++i);
        out.append(escaped == 'v' ? "\\x0B" : "\\" + escaped);
      } else if (isInClass) {
        out.append(c == '[' || c == '&' ? "\\" + c : String.valueOf(c));
        isInClass = c != ']';
      } else {
        out.append(c == '$' ? "\\z" : String.valueOf(c));
        isInClass = c == '[';
      }
    }
    return out.toString();
  }

  /** The pattern needs more work on this text than any honest argument does. */
  static final class TooMuchWork extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooMuchWork() {
      super("pattern and text need too much work", null, false, false);
    }
  }

  private static final class Looks {
    private int count;

    void one() {
      if (++count > MOST_LOOKS) {
        throw new TooMuchWork();
      }
    }
  }

  /** Text that counts how often it is looked at, over all its parts. */
  private record Watched(CharSequence text, Looks looks) implements CharSequence {

    @Override
    public char charAt(int index) {
      looks.one();
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Watched(text.subSequence(start, end), looks);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
