package dev.remit.web.console;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What happened at one tenant, newest first: a line for each call and for each event beside calls.
 *
 * @param period which of {@link #PERIODS} is shown
 * @param task the one task it is about, if it is
 * @param isCut whether there was more than fits
 */
public record TrailView(
    Tenancy tenancy,
    String period,
    Optional<String> task,
    List<Row> rows,
    boolean isCut,
    Instant now) {

  /** The periods offered. */
  public static final List<String> PERIODS = List.of("1h", "24h", "7d");

  public TrailView {
    rows = List.copyOf(rows);
  }

  /**
   * One line.
   *
   * @param path the decision path of the call, if it is about one
   */
  public record Row(
      Instant at,
      Optional<String> path,
      String what,
      String who,
      String targets,
      Optional<Badge> decision,
      Optional<Badge> outcome) {}
}
