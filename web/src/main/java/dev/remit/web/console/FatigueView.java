package dev.remit.web.console;

import java.util.List;

/**
 * How much is asked of people, as a page shows it.
 *
 * @param figures what was measured, the worrying ones marked
 * @param slots persons and hours, the busiest first
 * @param open what waits by group, the longest queue first
 * @param more how many further persons and hours are not shown
 */
public record FatigueView(
    int hours, List<Figure> figures, List<Slot> slots, long more, List<Open> open) {

  /** The periods that a reader may choose, in hours. */
  public static final List<Integer> PERIODS = List.of(1, 24, 168, 720);

  public FatigueView {
    figures = List.copyOf(figures);
    slots = List.copyOf(slots);
    open = List.copyOf(open);
  }

  /** A period in words. */
  public static String words(int hours) {
    return switch (hours) {
      case 1 -> "hour";
      case 24 -> "day";
      case 168 -> "week";
      default -> "30 days";
    };
  }

  /**
   * One number with what it says.
   *
   * @param isFine whether it gives no reason to look
   */
  public record Figure(String name, String value, String meaning, boolean isFine) {}

  /** So many answers of one person in one hour. */
  public record Slot(String person, String hour, int answers, boolean isMany) {}

  /** So many open requests of one group at one tenant, against the cap. */
  public record Open(String tenant, String group, int open, int cap) {
    /** Whether the cap is near. */
    public boolean isNear() {
      return open * 4 >= cap * 3;
    }
  }
}
