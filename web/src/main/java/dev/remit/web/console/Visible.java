package dev.remit.web.console;

import gg.jte.Content;
import gg.jte.TemplateOutput;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Text that others wrote, as a reader may trust it: each character that draws nothing, reorders its
 * neighbours or combines without end is spelled out as its code point.
 *
 * <p>Promises: nothing is left out or shortened; a text without such characters looks like itself;
 * markup in it stays text, because every run goes through the template's own escaping.
 *
 * @param isBlock whether line ends and tabs may lay the text out; in a line they are spelled out
 */
public record Visible(String text, boolean isBlock) implements Content {

  /** More combining marks in a row than any script needs would cover other lines. */
  private static final int COMBINING_AT_MOST = 3;

  /** Text within a line. */
  public static Visible line(String text) {
    return new Visible(text, false);
  }

  /** Text of several lines. */
  public static Visible block(String text) {
    return new Visible(text, true);
  }

  /** The same for an attribute or a title, where nothing can be set off. */
  public static String plain(String text) {
    var out = new StringBuilder(text.length());
    line(text)
        .walk(
            new Sink() {
              @Override
              public void seen(String run) {
                out.append(run);
              }

              @Override
              public void hidden(String codePoints) {
                out.append('[').append(codePoints).append(']');
              }
            });
    return out.toString();
  }

  /** How often each character that cannot be seen occurs in these texts, by its name. */
  public static Map<String, Integer> census(Iterable<String> texts) {
    var found = new TreeMap<Integer, Integer>();
    for (var text : texts) {
      text.codePoints()
          .filter(point -> point != '\n' && point != '\t' && isHidden(point))
          .forEach(point -> found.merge(point, 1, Integer::sum));
    }
    var named = new TreeMap<String, Integer>();
    found.forEach((point, count) -> named.put(codePoint(point) + " " + nameOf(point), count));
    return named;
  }

  @Override
  public void writeTo(TemplateOutput output) {
    walk(
        new Sink() {
          @Override
          public void seen(String run) {
            output.writeUserContent(run);
          }

          @Override
          public void hidden(String codePoints) {
            output.writeContent("<mark class=\"hid\">");
            output.writeUserContent(codePoints);
            output.writeContent("</mark>");
          }
        });
  }

  private interface Sink {
    void seen(String run);

    void hidden(String codePoints);
  }

  private void walk(Sink sink) {
    int begun = 0;
    int combining = 0;
    int i = 0;
    while (i < text.length()) {
      int point = text.codePointAt(i);
      combining = isCombining(point) ? combining + 1 : 0;
      boolean isPiled = combining > COMBINING_AT_MOST;
      if (!isPiled && !isSpelledOut(point)) {
        i += Character.charCount(point);
        continue;
      }
      if (begun < i) {
        sink.seen(text.substring(begun, i));
      }
      i = run(i, isPiled, sink);
      begun = i;
    }
    if (begun < text.length()) {
      sink.seen(text.substring(begun));
    }
  }

  /**
   * Spells out the hidden characters from here on, equal neighbours counted; says where it ends.
   */
  private int run(int from, boolean isPiled, Sink sink) {
    var names = new StringBuilder();
    int i = from;
    while (i < text.length()) {
      int point = text.codePointAt(i);
      if (!isSpelledOut(point) && !(isPiled && isCombining(point))) {
        break;
      }
      int count = 0;
      while (i < text.length() && text.codePointAt(i) == point) {
        i += Character.charCount(point);
        count++;
      }
      names.append(names.isEmpty() ? "" : " ").append(codePoint(point));
      names.append(count > 1 ? " ×" + count : "");
    }
    sink.hidden(names.toString());
    return i;
  }

  private boolean isSpelledOut(int point) {
    boolean isLayout = isBlock && (point == '\n' || point == '\t');
    return !isLayout && isHidden(point);
  }

  private static boolean isCombining(int point) {
    int type = Character.getType(point);
    return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
  }

  /**
   * Whether a character draws nothing of its own: control, format and unassigned ones, separators
   * but the plain space, and the fillers, selectors and joiners that Unicode lists as ignorable
   * (Unicode Standard, section 5.21).
   */
  private static boolean isHidden(int point) {
    if (point >= 0x20 && point < 0x7f) {
      return false;
    }
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR ->
          true;
      default -> isFiller(point);
    };
  }

  private static boolean isFiller(int point) {
    return point == 0x034F // combining grapheme joiner
        || point == 0x115F
        || point == 0x1160
        || point == 0x3164
        || point == 0xFFA0 // Hangul fillers
        || point == 0x17B4
        || point == 0x17B5 // Khmer inherent vowels
        || point == 0x2800 // Braille blank
        || (point >= 0x180B && point <= 0x180F)
        || (point >= 0xFE00 && point <= 0xFE0F)
        || (point >= 0xE0100 && point <= 0xE01EF); // variation selectors
  }

  private static String codePoint(int point) {
    return String.format(Locale.ROOT, "U+%04X", point);
  }

  private static String nameOf(int point) {
    String name = Character.getName(point);
    return name == null ? "unassigned" : name.toLowerCase(Locale.ROOT);
  }
}
