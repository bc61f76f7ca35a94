package dev.remit.web.console;

import java.util.List;

/**
 * Answers that people gave beforehand, as a page shows them.
 *
 * @param mayEnd whether the reader may end them
 */
public record StandingView(Tenancy tenancy, List<Row> rows, boolean mayEnd) {

  public StandingView {
    rows = List.copyOf(rows);
  }

  /**
   * One of them.
   *
   * @param exactly the arguments that are the same each time, and those that may differ
   */
  public record Row(
      String handle,
      String tenant,
      String tool,
      String agent,
      String taskClass,
      String exactly,
      int used,
      int uses,
      String until,
      String askedBy,
      String reason,
      Badge badge) {

    /** How many are left. */
    public int left() {
      return Math.max(0, uses - used);
    }
  }
}
