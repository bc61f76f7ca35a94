package dev.remit.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.release.Release;
import dev.remit.policy.Evaluation.Evaluator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OracleTest {
  private static final Release RELEASE = World.release();
  private static final CedarFile MORE =
      CedarFile.of(
          "policies/more.cedar",
          Layer.BASELINE,
          """
          @id("more.like") forbid (principal, action in Action::"low", resource is Device)
          when { resource.site like "arch*" };
          @id("more.age") forbid (principal, action, resource)
          when { context.task.ageSeconds + 1 > 3600 };
          @id("more.count") forbid (principal, action == Action::"rmm_restart", resource)
          when { context.arguments has count && context.arguments.count >= 3 };
          """);
  private static final CompiledPolicies POLICIES = World.compiled(RELEASE, MORE);

  private static Agreement compare(Evaluator engine) {
    return new Oracle(RELEASE, POLICIES, engine).compare(3_000);
  }

  private static CompiledEvaluator engineOf(List<CompiledPolicy> policies) {
    return new CompiledEvaluator(CedarPolicies.engine(policies).orThrow());
  }

  @Test
  void theEnginesAgree() {
    var agreement = Oracle.compare(RELEASE, POLICIES, Oracle.AT_ACTIVATION);
    assertThat(agreement.disagreement()).isEmpty();
    assertThat(agreement.onSlices()).isGreaterThanOrEqualTo(10_000);
    assertThat(agreement.onWholeSet()).isGreaterThanOrEqualTo(100);
  }

  @Test
  void aLostPolicyIsNoticedWhicheverItIs() {
    var unnoticed = new ArrayList<String>();
    for (var lost : POLICIES.policies()) {
      var rest = POLICIES.policies().stream().filter(policy -> !policy.equals(lost)).toList();
      if (compare(engineOf(rest)).isWhole()) {
        unnoticed.add(lost.id());
      }
    }
    assertThat(unnoticed).isEmpty();
  }

  @Test
  void aFaultInTheEngineIsNoticed() {
    var right = new CompiledEvaluator(POLICIES.engine());
    var faults = new HashMap<String, Evaluator>();
    faults.put("allows now and then", facts -> allowing(right.evaluate(facts), facts));
    faults.put("forgets errors", facts -> forgetful(right.evaluate(facts)));
    faults.put("names too few", facts -> curt(right.evaluate(facts)));
    faults.put("throws", facts -> throwing(right.evaluate(facts)));
    faults.forEach((name, faulty) -> assertThat(compare(faulty).isWhole()).as(name).isFalse());
    assertThat(compare(right).isWhole()).isTrue();
  }

  /** One request in some hundred is allowed wrongly. */
  private static Evaluation allowing(Evaluation answer, Facts facts) {
    return facts.request().context().hashCode() % 300 == 0
        ? new Evaluation(true, answer.determining(), answer.errors())
        : answer;
  }

  private static Evaluation forgetful(Evaluation answer) {
    return new Evaluation(answer.isAllowed(), answer.determining(), List.of());
  }

  private static Evaluation curt(Evaluation answer) {
    return new Evaluation(
        answer.isAllowed(), answer.determining().stream().limit(3).toList(), answer.errors());
  }

  private static Evaluation throwing(Evaluation answer) {
    if (answer.isAllowed()) {
      throw new IllegalStateException("broken");
    }
    return answer;
  }

  @Test
  void theSameVersionIsComparedOnTheSameRequests() {
    var first = new GeneratedFacts(RELEASE, POLICIES, new Random(1));
    var second = new GeneratedFacts(RELEASE, POLICIES, new Random(1));
    for (int i = 0; i < 100; i++) {
      assertThat(first.next().entities()).isEqualTo(second.next().entities());
    }
  }

  @Test
  void generatedRequestsReachEveryKindOfAnswer() {
    var generated = new GeneratedFacts(RELEASE, POLICIES, new Random(2));
    var engine = new CompiledEvaluator(POLICIES.engine());
    int allowed = 0;
    int silent = 0;
    int erring = 0;
    for (int i = 0; i < 2_000; i++) {
      var answer = engine.evaluate(generated.next());
      allowed += answer.isAllowed() ? 1 : 0;
      silent += !answer.isAllowed() && answer.determining().isEmpty() ? 1 : 0;
      erring += answer.errors().isEmpty() ? 0 : 1;
    }
    assertThat(allowed).isGreaterThan(20);
    assertThat(silent).isGreaterThan(10);
    assertThat(erring).isGreaterThan(20);
  }
}
