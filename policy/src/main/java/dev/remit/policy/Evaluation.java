package dev.remit.policy;

import com.cedarpolicy.model.exception.AuthException;
import java.util.List;

/**
 * What Cedar answered: allowed or not, which policies decided, which could not be evaluated.
 *
 * @param determining sorted by id
 * @param errors one sentence each that begins with the policy, in an order that is always the same
 */
record Evaluation(boolean isAllowed, List<String> determining, List<String> errors) {

  /** Asks an engine about the policies it holds. */
  @FunctionalInterface
  interface Evaluator {
    Evaluation evaluate(Facts facts) throws AuthException;
  }
}
