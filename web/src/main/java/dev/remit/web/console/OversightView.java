package dev.remit.web.console;

import dev.remit.core.oversight.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Effects of one tenant that wait for an overseer.
 *
 * @param next where the next page is
 */
public record OversightView(Tenancy tenancy, List<Row> rows, Optional<String> next, Instant now) {

  public OversightView {
    rows = List.copyOf(rows);
  }

  /**
   * One effect.
   *
   * @param title what was done, in words
   * @param targets to what
   * @param whyNot why this reader does not certify it
   */
  public record Row(Item item, String title, String targets, Optional<String> whyNot) {

    /** The whole of it: how it was decided, and what came of it. */
    public String path() {
      return "/console/call/" + item.tenant().value() + "/" + item.call().value();
    }

    /** Text of the log about it. */
    public String text(String name) {
      return item.shown().text(name).orElse("");
    }

    /** How it stands with its time. */
    public Badge due(Instant now) {
      return item.isOverdueAt(now)
          ? new Badge("overdue", "warning", "stop")
          : new Badge(
              Moments.left(item.dueAt(), now),
              "clock",
              Duration.between(now, item.dueAt()).toHours() < 24 ? "warn" : "wait");
    }
  }

  /** Whether the reader may certify any of them. */
  public boolean mayCertify() {
    return rows.stream().anyMatch(row -> row.whyNot().isEmpty());
  }

  /** How many are past their time. */
  public long overdue() {
    return rows.stream().filter(row -> row.item().isOverdueAt(now)).count();
  }

  /** Where a verdict is sent. */
  public String sendTo() {
    return "/v1/oversight/" + tenancy.chosen().id().value();
  }
}
