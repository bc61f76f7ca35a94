package dev.remit.web.console;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The decision path of one call: from what was asked to what came of it. */
public record CallView(
    Tenancy tenancy,
    String call,
    String title,
    Optional<Badge> decision,
    Optional<Badge> outcome,
    List<Step> steps) {

  public CallView {
    steps = List.copyOf(steps);
  }

  /**
   * One step.
   *
   * @param at when; absent where the step was not reached
   * @param leaf its place in the tenant's log, such as {@code leaf 4711}, or that it is on its way
   */
  public record Step(
      String name,
      String icon,
      String said,
      Optional<Badge> badge,
      Optional<Instant> at,
      String leaf,
      List<Fact> facts) {

    public Step {
      facts = List.copyOf(facts);
    }

    /** Whether the call got here. */
    public boolean isReached() {
      return at.isPresent();
    }
  }

  /**
   * One thing that was recorded.
   *
   * @param isCode whether it is shown in the letters of code
   */
  public record Fact(String name, String text, boolean isCode) {}
}
