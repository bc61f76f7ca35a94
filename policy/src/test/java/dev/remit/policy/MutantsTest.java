package dev.remit.policy;

import static dev.remit.policy.World.ask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.call.Tool;
import dev.remit.core.decision.Decision;
import dev.remit.core.decision.Decision.NeedsApproval;
import dev.remit.core.decision.Decision.Permit;
import dev.remit.core.release.Release;
import dev.remit.core.value.Value;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What breaking a policy does, on the compiled engine. */
class MutantsTest {
  private static final Release RELEASE = World.release();
  private static final CedarFile GUARDRAILS =
      CedarFile.of(
          "policies/guardrails.cedar",
          Layer.GUARDRAIL,
          """
          @id("msp.archive")
          forbid (
            principal,
            action in [Action::"rmm_restart", Action::"rmm_reboot"],
            resource is Device
          )
          when { resource.site == "archive" }
          unless { context.arguments has count && context.arguments.count == 1 };
          """);
  private static final CompiledPolicies POLICIES = World.compiled(RELEASE, GUARDRAILS);
  private static final List<Mutant> MUTANTS = Mutants.of(POLICIES);

  private static List<String> changes(String policy) {
    return MUTANTS.stream()
        .filter(mutant -> mutant.policy().id().equals(policy))
        .map(Mutant::change)
        .toList();
  }

  private static CedarDecisionPoint broken(String policy, String change) {
    return MUTANTS.stream()
        .filter(mutant -> mutant.policy().id().equals(policy))
        .filter(mutant -> mutant.change().equals(change))
        .map(mutant -> new CedarDecisionPoint(RELEASE, mutant.policies()))
        .findFirst()
        .orElseThrow();
  }

  private static Decision restart(CedarDecisionPoint point, String role, String site) {
    var asking = ask("restart", "rmm_restart");
    asking.attributes = Value.object("role", role, "site", site);
    return point.decide(asking.question(RELEASE));
  }

  @Test
  void everyPolicyIsBrokenAtLeastOnce() {
    assertThat(MUTANTS.stream().map(mutant -> mutant.policy().id()).distinct())
        .containsExactlyElementsOf(POLICIES.policies().stream().map(CompiledPolicy::id).toList());
  }

  @Test
  void eachClauseAndEachActionThatAPersonWroteIsBrokenByItself() {
    assertThat(changes("msp.archive"))
        .containsExactly(
            "removed",
            "its condition turned round",
            "clause 1, `when`, always true",
            "clause 2, `unless`, always false",
            "no longer for `rmm_restart`",
            "no longer for `rmm_reboot`");
    assertThat(changes("remit.environment"))
        .containsExactly("removed", "its condition turned round", "its `unless` always false");
  }

  @Test
  void theTestForATaskClassIsTheCompilersAndStays() {
    assertThat(changes("task.read")).containsExactly("removed");
    assertThat(changes("task.restart"))
        .containsExactly("removed", "its condition turned round", "its `when` always true");
  }

  @Test
  void aRemovedPermitLeavesSilence() {
    assertThat(restart(broken("task.restart", "removed"), "workstation", "office"))
        .isInstanceOf(Decision.Deny.class);
  }

  @Test
  void aRemovedQuestionLetsTheCallGo() {
    var whole = new CedarDecisionPoint(RELEASE, POLICIES);
    assertThat(restart(whole, "dc", "office")).isInstanceOf(NeedsApproval.class);
    assertThat(restart(broken("ask.restart.1", "removed"), "dc", "office"))
        .isInstanceOf(Permit.class);
  }

  @Test
  void aConditionTurnedRoundHoldsWhereItDidNot() {
    var turned = broken("ask.restart.1", "its condition turned round");
    assertThat(restart(turned, "dc", "office")).isInstanceOf(Permit.class);
  }

  @Test
  void aClauseThatAlwaysHoldsReachesFurther() {
    var wide = broken("msp.archive", "clause 1, `when`, always true");
    assertThat(restart(wide, "workstation", "office")).isInstanceOf(Decision.Deny.class);
  }

  @Test
  void anActionTakenOffIsNoLongerForbidden() {
    var narrow = broken("msp.archive", "no longer for `rmm_restart`");
    assertThat(restart(narrow, "workstation", "archive")).isInstanceOf(NeedsApproval.class);
  }

  @Test
  void aChangeConcernsTheToolsOfItsHead() {
    var archive =
        MUTANTS.stream().filter(m -> m.policy().id().equals("msp.archive")).findFirst().get();
    assertThat(archive.mayConcern(tool("rmm_restart"))).isTrue();
    assertThat(archive.mayConcern(tool("rmm_get"))).isFalse();
    var tenant =
        MUTANTS.stream().filter(m -> m.policy().id().equals("remit.tenant")).findFirst().get();
    assertThat(tenant.mayConcern(tool("rmm_get"))).isTrue();
  }

  private static Tool tool(String name) {
    return Objects.requireNonNull(RELEASE.tools().get(name));
  }
}
