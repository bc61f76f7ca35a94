package dev.remit.policy;

import com.cedarpolicy.AuthorizationEngine;
import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationResponse;
import com.cedarpolicy.model.exception.AuthException;
import dev.remit.policy.Evaluation.Evaluator;
import java.util.List;

/** The official library: the oracle for the compiled engine. Thread safe. */
final class OfficialEvaluator implements Evaluator {
  private final AuthorizationEngine engine = new BasicAuthorizationEngine();
  private final PolicySlices slices;
  private final boolean isSliced;

  /** Evaluates slices, or if not sliced the whole set. */
  OfficialEvaluator(PolicySlices slices, boolean isSliced) {
    this.slices = slices;
    this.isSliced = isSliced;
  }

  @Override
  public Evaluation evaluate(Facts facts) throws AuthException {
    var policies =
        isSliced ? slices.of(facts.tenant(), facts.owner(), facts.tool()) : slices.whole();
    var official = OfficialFacts.of(facts);
    return of(engine.isAuthorized(official.request(), policies, official.entities()));
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
