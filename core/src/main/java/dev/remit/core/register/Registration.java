package dev.remit.core.register;

import dev.remit.core.identity.AgentClassId;
import java.time.Instant;
import java.util.Optional;

/**
 * What the register holds of one class of agents.
 *
 * @param revision counts its changes from 1 on; a change names the one that it follows
 * @param launched what people launched last; absent before the first time
 * @param cause why it is in this state, such as {@code launch}, {@code widened} or {@code
 *     owner-gone}
 * @param since when it came into this state
 * @param certifiedAt when its owner last signed for it, or it was launched
 * @param entry the id of the entry that tells of the last change
 */
public record Registration(
    AgentClassId agentClass,
    AgentState state,
    long revision,
    Optional<Boundaries> launched,
    String cause,
    Instant since,
    Optional<Instant> certifiedAt,
    String entry) {

  /** Of a row that does not hold: it does not work. */
  public static Registration unreadable(AgentClassId agentClass, long revision) {
    return new Registration(
        agentClass,
        AgentState.SUSPENDED,
        revision,
        Optional.empty(),
        "the stored registration is forged",
        Instant.EPOCH,
        Optional.empty(),
        "");
  }

  /** Whether it may work with these boundaries. */
  public boolean isActive(Boundaries now) {
    return state == AgentState.ACTIVE && launched.filter(now::isWithin).isPresent();
  }
}
