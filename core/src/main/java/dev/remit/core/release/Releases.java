package dev.remit.core.release;

import dev.remit.core.decision.DecisionPoint;

/** The policy version in force. */
public interface Releases {

  /**
   * The active version as this replica last read it from the database, with its decision point.
   *
   * @throws PolicyUnavailableException when none is active or it could not be read
   */
  Active active();

  /** Reads again which version is active; called when {@code admit} says that it changed. */
  void refresh();

  /** A version in force. */
  record Active(Release release, DecisionPoint decisionPoint) {}

  /** No policy can be had: every effect is refused. */
  final class PolicyUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PolicyUnavailableException(String message) {
      super(message);
    }
  }
}
