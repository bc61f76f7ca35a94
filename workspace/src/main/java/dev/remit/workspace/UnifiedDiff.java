package dev.remit.workspace;

import java.util.ArrayList;
import java.util.List;

/**
 * Two texts of one file as a unified diff with three lines around each change, as {@code patch} and
 * {@code git apply} read it (POSIX.1-2024, diff, "Diff -u Output Format").
 */
final class UnifiedDiff {

  private static final int AROUND = 3;

  /** A line of either text: ' ' in both, '-' in the first, '+' in the second. */
  private record Line(char sign, String text) {}

  private UnifiedDiff() {}

  /** The diff; empty when the texts are the same. */
  static String of(String path, String before, String after) {
    var lines = lines(before.lines().toList(), after.lines().toList());
    var text = new StringBuilder();
    int at = 0;
    int oldLine = 1;
    int newLine = 1;
    while (at < lines.size()) {
      int first = at;
      while (first < lines.size() && lines.get(first).sign() == ' ') {
        first++;
      }
      if (first == lines.size()) {
        break;
      }
      int begin = Math.max(at, first - AROUND);
      oldLine += begin - at;
      newLine += begin - at;
      var hunk = lines.subList(begin, end(lines, first));
      text.append(header(hunk, oldLine, newLine));
      hunk.forEach(line -> text.append(line.sign()).append(line.text()).append('\n'));
      oldLine += count(hunk, '-');
      newLine += count(hunk, '+');
      at = begin + hunk.size();
    }
    return text.isEmpty() ? "" : "--- a/" + path + "\n+++ b/" + path + "\n" + text;
  }

  /** Where the hunk of this change ends: changes that are close to each other share one. */
  private static int end(List<Line> lines, int first) {
    int last = first;
    for (int i = first; i < lines.size() && i - last <= 2 * AROUND; i++) {
      last = lines.get(i).sign() == ' ' ? last : i;
    }
    return Math.min(lines.size(), last + 1 + AROUND);
  }

  private static String header(List<Line> hunk, int oldLine, int newLine) {
    int before = count(hunk, '-');
    int after = count(hunk, '+');
    return "@@ -"
        + (before == 0 ? oldLine - 1 : oldLine)
        + ","
        + before
        + " +"
        + (after == 0 ? newLine - 1 : newLine)
        + ","
        + after
        + " @@\n";
  }

  private static int count(List<Line> hunk, char sign) {
    return Math.toIntExact(
        hunk.stream().filter(line -> line.sign() == ' ' || line.sign() == sign).count());
  }

  /** By the longest common subsequence of lines; the files are small. */
  private static List<Line> lines(List<String> before, List<String> after) {
    int[][] common = new int[before.size() + 1][after.size() + 1];
    for (int i = before.size() - 1; i >= 0; i--) {
      for (int j = after.size() - 1; j >= 0; j--) {
        common[i][j] =
            before.get(i).equals(after.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    var lines = new ArrayList<Line>();
    int i = 0;
    int j = 0;
    while (i < before.size() || j < after.size()) {
      if (i < before.size() && j < after.size() && before.get(i).equals(after.get(j))) {
        lines.add(new Line(' ', before.get(i++)));
        j++;
      } else if (j == after.size() || (i < before.size() && common[i + 1][j] >= common[i][j + 1])) {
        lines.add(new Line('-', before.get(i++)));
      } else {
        lines.add(new Line('+', after.get(j++)));
      }
    }
    return lines;
  }
}
