package dev.remit.server.notice;

import dev.remit.core.identity.Organisation;
import java.time.Instant;
import java.util.Optional;

/** One way to tell people of one organisation. */
public interface Channel {

  /** What it is remembered by: the same after a restart, another for another address. */
  String name();

  /** Whose people it reaches. A client's is told of that client alone. */
  Organisation organisation();

  /** The one group or person of the MSP that it reaches, as the workspace names it; else all. */
  default Optional<String> group() {
    return Optional.empty();
  }

  /**
   * Whether it tells in tickets, not people: then it hears of what agents want, whoever is asked,
   * as it begins to wait and as it ends.
   */
  default boolean isOfTickets() {
    return false;
  }

  /** Tells it once, within seconds; false when it should be tried again later. Never throws. */
  boolean tell(Notice notice, Instant at);

  /** The same of an agent; a channel that is for proposals alone tells nothing of it. */
  default boolean tell(AgentNotice notice, Instant at) {
    return true;
  }
}
