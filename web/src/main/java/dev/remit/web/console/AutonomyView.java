package dev.remit.web.console;

import dev.remit.core.identity.AutonomyLevel;
import dev.remit.core.oversight.Promotions.Rung;
import dev.remit.core.oversight.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far agents go alone at one tenant.
 *
 * @param mayAsk whether the reader may ask that one goes further
 */
public record AutonomyView(Tenancy tenancy, List<Rung> rungs, boolean mayAsk, Instant now) {

  public AutonomyView {
    rungs = List.copyOf(rungs);
  }

  /** A level as a badge. */
  public static Badge badge(AutonomyLevel level) {
    return switch (level) {
      case PROPOSE -> new Badge("propose", "person", "quiet");
      case SUPERVISED -> new Badge("supervised", "eye", "wait");
      case BOUNDED -> new Badge("bounded", "gauge", "warn");
    };
  }

  /** Why it is where it is. */
  public static String why(Rung rung) {
    return rung.standing().map(AutonomyView::cause).orElse("where the workspace lets it start");
  }

  private static String cause(Standing standing) {
    return switch (standing.cause()) {
      case "promotion" -> "people raised it";
      case "overdue" -> "effects were not looked at in time";
      case "objection" -> "an overseer objected to an effect";
      case "tenant-mismatch" -> "it reached for another tenant's target";
      case "kill" -> "its agent was stopped";
      default -> Visible.plain(standing.cause());
    };
  }

  /** What people would be asked for; empty when it may rise no further. */
  public Optional<String> next(Rung rung) {
    return mayAsk && rung.overdue() == 0 ? rung.next().map(AutonomyLevel::text) : Optional.empty();
  }

  /** Where the wish is sent. */
  public String sendTo() {
    return "/v1/autonomy/" + tenancy.chosen().id().value() + "/promote";
  }
}
