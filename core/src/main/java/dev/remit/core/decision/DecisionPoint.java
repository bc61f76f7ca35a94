package dev.remit.core.decision;

import dev.remit.core.task.TaskClass.AskRule;

/**
 * Decides by the policy of one version.
 *
 * <p>Promises: never throws and never permits on doubt; an evaluation error of any policy is {@code
 * Deny(policy-error)}; silence is {@code Deny(no-permit)}.
 */
public interface DecisionPoint {

  /** The decision for one target of a call. */
  Decision decide(Question question);

  /**
   * A digest of what a policy says, so that an approval goes stale when the policy that asked was
   * changed under its name, and only then.
   */
  String contentOf(String policy);

  /**
   * What a rule asks and when, as people read it: from the same source as what is evaluated, and
   * where that has no sentence, the expression itself.
   */
  default String wordsOf(AskRule rule) {
    return rule.condition().equals("true")
        ? rule.id() + " always asks"
        : rule.id() + " asks if " + rule.condition();
  }
}
