package dev.remit.policy;

import com.cedarpolicy.AuthorizationEngine;
import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationResponse;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.policy.PolicySet;
import java.util.List;

/**
 * What Cedar answered: allowed or not, which policies decided, which could not be evaluated.
 *
 * @param determining sorted by id
 * @param errors one sentence each, sorted
 */
record Evaluation(boolean isAllowed, List<String> determining, List<String> errors) {

  /** Asks an engine. */
  interface Evaluator {
    Evaluation evaluate(Facts facts, PolicySet policies) throws AuthException;
  }

  /** The official library. */
  static Evaluator official() {
    AuthorizationEngine engine = new BasicAuthorizationEngine();
    return (facts, policies) ->
        of(engine.isAuthorized(facts.request(), policies, facts.entities()));
  }

  private static Evaluation of(AuthorizationResponse response) {
    if (response.success.isEmpty()) {
      var errors =
          response
              .errors
              .map(list -> list.stream().map(error -> error.message).sorted().toList())
              .orElse(List.of());
      return new Evaluation(
          false, List.of(), errors.isEmpty() ? List.of("cedar gave no answer") : errors);
    }
    var success = response.success.get();
    var errors =
        success.getErrors().stream()
            .map(error -> "policy `" + error.getPolicyId() + "`: " + error.getError().message)
            .sorted()
            .toList();
    return new Evaluation(
        success.isAllowed(), success.getReason().stream().sorted().toList(), errors);
  }
}
