package dev.remit.policy;

import dev.remit.cedar.PolicyFailure;
import dev.remit.cedar.PolicySet;
import dev.remit.policy.Evaluation.Evaluator;

/** The compiled engine over the whole set; its index leaves out what cannot match. Thread safe. */
record CompiledEvaluator(PolicySet policies) implements Evaluator {
  @Override
  public Evaluation evaluate(Facts facts) {
    var answer = policies.decide(facts.request());
    return new Evaluation(
        answer.isAllowed(),
        answer.determining(),
        answer.failures().stream().map(CompiledEvaluator::words).toList());
  }

  private static String words(PolicyFailure failure) {
    return "policy `" + failure.policy() + "`: " + failure.failure().message();
  }
}
