package dev.remit.web.console;

import java.util.ArrayList;
import java.util.List;

/**
 * What a text was and would be, line by line.
 *
 * <p>Promises: the lines without the added ones are the old text, without the removed ones the new;
 * nothing is folded away. Work is bounded: texts that differ in too much are shown as all removed,
 * then all added.
 */
public record Diff(List<Line> lines, int added, int removed) {

  /** Largest table of comparisons; beyond it no common lines are looked for. */
  private static final long CELLS_AT_MOST = 4_000_000;

  public Diff {
    lines = List.copyOf(lines);
  }

  /** One line and what becomes of it. */
  public record Line(Mark mark, String text) {

    /** The words for a reader who does not see the sign. */
    public String spoken() {
      return switch (mark) {
        case SAME -> "";
        case REMOVED -> "removed: ";
        case ADDED -> "added: ";
      };
    }
  }

  /** What becomes of a line. */
  public enum Mark {
    SAME(" ", "same"),
    REMOVED("−", "removed"),
    ADDED("+", "added");

    private final String sign;
    private final String style;

    Mark(String sign, String style) {
      this.sign = sign;
      this.style = style;
    }

    /** The sign in front of the line. */
    public String sign() {
      return sign;
    }

    /** The name of its look. */
    public String style() {
      return style;
    }
  }

  /** The difference of two texts. */
  public static Diff of(String before, String after) {
    var old = before.isEmpty() ? List.<String>of() : List.of(before.split("\n", -1));
    var fresh = after.isEmpty() ? List.<String>of() : List.of(after.split("\n", -1));
    int head = commonHead(old, fresh);
    int tail = commonTail(old, fresh, head);
    var lines = new ArrayList<Line>();
    old.subList(0, head).forEach(text -> lines.add(new Line(Mark.SAME, text)));
    middle(old.subList(head, old.size() - tail), fresh.subList(head, fresh.size() - tail), lines);
    old.subList(old.size() - tail, old.size())
        .forEach(text -> lines.add(new Line(Mark.SAME, text)));
    return new Diff(lines, count(lines, Mark.ADDED), count(lines, Mark.REMOVED));
  }

  private static int commonHead(List<String> old, List<String> fresh) {
    int head = 0;
    while (head < old.size() && head < fresh.size() && old.get(head).equals(fresh.get(head))) {
      head++;
    }
    return head;
  }

  private static int commonTail(List<String> old, List<String> fresh, int head) {
    int tail = 0;
    while (old.size() - tail > head
        && fresh.size() - tail > head
        && old.get(old.size() - 1 - tail).equals(fresh.get(fresh.size() - 1 - tail))) {
      tail++;
    }
    return tail;
  }

  private static void middle(List<String> old, List<String> fresh, List<Line> lines) {
    if ((long) old.size() * fresh.size() > CELLS_AT_MOST) {
      old.forEach(text -> lines.add(new Line(Mark.REMOVED, text)));
      fresh.forEach(text -> lines.add(new Line(Mark.ADDED, text)));
      return;
    }
    int[][] longest = longestCommon(old, fresh);
    int i = 0;
    int j = 0;
    while (i < old.size() || j < fresh.size()) {
      if (i < old.size() && j < fresh.size() && old.get(i).equals(fresh.get(j))) {
        lines.add(new Line(Mark.SAME, old.get(i++)));
        j++;
      } else if (j == fresh.size() || (i < old.size() && longest[i + 1][j] >= longest[i][j + 1])) {
        lines.add(new Line(Mark.REMOVED, old.get(i++)));
      } else {
        lines.add(new Line(Mark.ADDED, fresh.get(j++)));
      }
    }
  }

  /** The length of the longest common subsequence of what is left from each pair of places. */
  private static int[][] longestCommon(List<String> old, List<String> fresh) {
    var longest = new int[old.size() + 1][fresh.size() + 1];
    for (int i = old.size() - 1; i >= 0; i--) {
      for (int j = fresh.size() - 1; j >= 0; j--) {
        longest[i][j] =
            old.get(i).equals(fresh.get(j))
                ? longest[i + 1][j + 1] + 1
                : Math.max(longest[i + 1][j], longest[i][j + 1]);
      }
    }
    return longest;
  }

  private static int count(List<Line> lines, Mark mark) {
    return (int) lines.stream().filter(line -> line.mark() == mark).count();
  }
}
