package dev.remit.core.decision;

/**
 * Decides by the policy of one version.
 *
 * <p>Promises: never throws and never permits on doubt; an evaluation error of any policy is {@code
 * Deny(policy-error)}; silence is {@code Deny(no-permit)}.
 */
public interface DecisionPoint {

  /** The decision for one target of a call. */
  Decision decide(Question question);
}
