package dev.remit.server.notice;

import dev.remit.core.approval.Proposal;
import java.time.Instant;
import java.util.List;

/** Who else may answer a proposal when those who were asked do not. */
@FunctionalInterface
public interface StandIns {

  /** Nobody ever. */
  StandIns NONE = proposal -> List.of();

  /** Those of this proposal, in the order in which their time comes. */
  List<StandIn> of(Proposal proposal);

  /**
   * A group that may answer from a moment on.
   *
   * @param group as rules name it, such as {@code msp.on-call}
   */
  record StandIn(String group, Instant from) {}
}
