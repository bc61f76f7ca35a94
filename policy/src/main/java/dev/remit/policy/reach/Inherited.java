package dev.remit.policy.reach;

import dev.remit.core.release.Surroundings.Reach;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Authority at a system that an agent has through tools of other systems.
 *
 * @param chain the shortest way there; the last step gives the authority
 * @param isOwn whether the agent has a tool of its own there with at least this effect
 */
public record Inherited(List<Step> chain, boolean isOwn) {

  /** A tool, or an operation that the authority before includes, and where it reaches. */
  public record Step(String tool, Reach reach) {}

  public Inherited {
    chain = List.copyOf(chain);
  }

  /** The declaration that gives it. */
  public Reach reach() {
    return chain.getLast().reach();
  }

  /** Such as {@code scripts_run_script -> directory (high)}. */
  public String words() {
    return chain.stream()
        .map(step -> step.tool() + " -> " + place(step.reach()))
        .collect(Collectors.joining(" -> "));
  }

  private static String place(Reach reach) {
    return reach.to() + " (" + reach.effect().text() + ")";
  }

  /** How it stands on a day: {@code own}, {@code accepted}, {@code ended} or {@code open}. */
  public String standing(LocalDate today) {
    if (isOwn) {
      return "own";
    }
    return reach()
        .accepted()
        .map(accepted -> accepted.holdsOn(today) ? "accepted" : "ended")
        .orElse("open");
  }
}
