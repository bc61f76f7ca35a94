package dev.remit.core.flow;

import dev.remit.core.evidence.ProposalLedger.Caps;
import dev.remit.core.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

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

  /** What was asked of people at one tenant since then. */
  Measured measured(TenantId tenant, Instant since);

  /**
   * What was measured.
   *
   * @param answers how many answers were given
   * @param medianToAnswer from asking to answering; zero without answers
   * @param identical answers to an act that the same person had answered before in this time
   * @param perPerson the busiest first
   */
  record Measured(int answers, Duration medianToAnswer, int identical, List<PersonHour> perPerson) {
    public Measured {
      perPerson = List.copyOf(perPerson);
    }
  }

  /**
   * One person in one hour.
   *
   * @param hour when it began
   */
  record PersonHour(String person, Instant hour, int answers) {}
}
