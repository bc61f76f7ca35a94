package dev.remit.policy.reach;

import dev.remit.core.release.Release;
import dev.remit.policy.reach.ReachGraph.Box;
import dev.remit.policy.reach.ReachGraph.Line;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/**
 * A picture (SVG 1.1) of what agents could do. It holds no script, no style from elsewhere and no
 * link; words of the workspace are escaped.
 */
public final class ReachSvg {
  private static final int WIDTH = 380;
  private static final int GAP = 70;
  private static final int HEIGHT = 24;
  private static final int ROW = 34;
  private static final int TOP = 60;
  private static final int MOST = 60;

  private ReachSvg() {}

  /** The picture of these agents on a day. */
  public static String of(
      String title, Release release, List<Authority> authorities, LocalDate today) {
    var graph = ReachGraph.of(release, authorities, today);
    int width = ReachGraph.COLUMNS.size() * (WIDTH + GAP);
    int height = TOP + graph.rows() * ROW + 20;
    var svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d"
                + " %d\" role=\"img\" font-family=\"sans-serif\" font-size=\"12\">%n",
            width,
            height,
            width,
            height));
    svg.append("<title>").append(SvgText.escaped(title)).append("</title>\n");
    svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
    for (int i = 0; i < ReachGraph.COLUMNS.size(); i++) {
      svg.append(text(x(i), TOP - 20, "#333333", "bold", ReachGraph.COLUMNS.get(i)));
    }
    graph.lines().forEach(line -> svg.append(line(line)));
    graph.boxes().forEach(box -> svg.append(box(box)));
    return svg.append("</svg>\n").toString().replace("\r\n", "\n");
  }

  private static int x(int column) {
    return GAP / 2 + column * (WIDTH + GAP);
  }

  private static int y(Box box) {
    return TOP + box.row() * ROW;
  }

  private static String line(Line line) {
    int from = x(line.from().column()) + WIDTH;
    int to = line.to().column() > line.from().column() ? x(line.to().column()) : from;
    int y1 = y(line.from()) + HEIGHT / 2;
    int y2 = y(line.to()) + HEIGHT / 2;
    int bend = Math.max(GAP / 2, (to - from) / 2);
    return String.format(
        Locale.ROOT,
        "<path d=\"M%d %d C%d %d %d %d %d %d\" fill=\"none\" stroke=\"%s\"%s/>%n",
        from,
        y1,
        from + bend,
        y1,
        to == from ? to + bend : to - bend,
        y2,
        to,
        y2,
        line.to().isOpen() ? "#b00020" : "#888888",
        line.to().column() == ReachGraph.COLUMNS.size() - 1 ? " stroke-dasharray=\"5 3\"" : "");
  }

  private static String box(Box box) {
    var colour = box.isOpen() ? "#b00020" : "#445566";
    return String.format(
            Locale.ROOT,
            "<g><title>%s</title><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\""
                + " fill=\"%s\" stroke=\"%s\"/>",
            SvgText.escaped(box.text()),
            x(box.column()),
            y(box),
            WIDTH,
            HEIGHT,
            box.isOpen() ? "#fff0f0" : "#f4f7fa",
            colour)
        + text(
                x(box.column()) + 8,
                y(box) + 16,
                box.isOpen() ? colour : "#111111",
                box.isOpen() ? "bold" : "normal",
                shortened(box.text()))
            .strip()
        + "</g>\n";
  }

  /** The whole is in the box's title. */
  private static String shortened(String text) {
    return text.codePointCount(0, text.length()) <= MOST
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MOST - 1)) + "…";
  }

  private static String text(int x, int y, String colour, String weight, String words) {
    return String.format(
        Locale.ROOT,
        "<text x=\"%d\" y=\"%d\" fill=\"%s\" font-weight=\"%s\">%s</text>%n",
        x,
        y,
        colour,
        weight,
        SvgText.escaped(words));
  }
}
