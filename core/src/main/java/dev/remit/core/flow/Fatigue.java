package dev.remit.core.flow;

import dev.remit.core.evidence.ProposalLedger.Caps;
import dev.remit.core.evidence.ProposalLedger.OpenOf;
import dev.remit.core.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * How much is asked of people, measured and limited: whoever is flooded clicks.
 *
 * <p>The limits are fixed and not the workspace's: five open requests of one task, and twenty for
 * one group of answerers at one tenant. A request beyond them is refused and nothing is stored; one
 * tenant's flood leaves the others' requests alone.
 */
public interface Fatigue {

  /** Open requests at once. */
  Caps CAPS = new Caps(5, 20);

  /** So many refusals of one tool at one set of targets end the task. */
  int REFUSALS = 2;

  /** Whoever grants sooner than this after opening a card has hardly read it. */
  Duration READING = Duration.ofSeconds(5);

  /** What was asked of people at these tenants since then. */
  Measured measured(Set<TenantId> tenants, Instant since);

  /**
   * What was measured.
   *
   * @param requests how many proposals were made
   * @param collapsed how often the same was asked again while it waited, which asks nobody anew
   * @param answers how many answers were given
   * @param grants how many of them said yes
   * @param quickGrants how many of those came within {@link #READING} of opening the card
   * @param medianToAnswer from asking to answering; zero without answers
   * @param medianReading from opening the card to answering; zero without answers
   * @param identical answers to an act that the same person had answered before in this time
   * @param endings how many tasks ended because people said no to one act twice
   * @param perPerson the busiest hours first
   * @param open what waits now by group, the longest queue first; the cap is of {@link #CAPS}
   */
  record Measured(
      int requests,
      int collapsed,
      int answers,
      int grants,
      int quickGrants,
      Duration medianToAnswer,
      Duration medianReading,
      int identical,
      int endings,
      List<PersonHour> perPerson,
      List<OpenOf> open) {
    public Measured {
      perPerson = List.copyOf(perPerson);
      open = List.copyOf(open);
    }

    /** The share of grants that came too quickly to have been read, 0 to 1; zero without grants. */
    public double quickShare() {
      return grants == 0 ? 0 : (double) quickGrants / grants;
    }
  }

  /**
   * One person in one hour.
   *
   * @param hour when it began
   */
  record PersonHour(String person, Instant hour, int answers) {}
}
