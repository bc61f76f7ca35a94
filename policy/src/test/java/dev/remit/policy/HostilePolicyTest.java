package dev.remit.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.decision.Decision;
import dev.remit.core.decision.Decision.Deny;
import dev.remit.core.decision.Decision.Permit;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.release.Release;
import dev.remit.core.value.Value;
import dev.remit.policy.Evaluation.Evaluator;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostilePolicyTest {
  private static final Release RELEASE = World.release();

  private static void assertDenied(Decision decision, ReasonCode reason) {
    assertThat(decision)
        .isInstanceOfSatisfying(Deny.class, deny -> assertThat(deny.reason()).isEqualTo(reason));
  }

  private static CedarDecisionPoint failing(Throwable failure) {
    Evaluator evaluator =
        facts -> {
          if (failure instanceof Error error) {
            throw error;
          }
          throw (RuntimeException) failure;
        };
    return new CedarDecisionPoint(RELEASE, World.compiled(RELEASE), evaluator);
  }

  @Test
  void hostileCase23AGuardrailThatErrsDenies() {
    var erring =
        CedarFile.of(
            "policies/guardrails.cedar",
            Layer.GUARDRAIL,
            """
            @id("msp.errs") forbid (principal, action == Action::"rmm_get", resource)
            when { resource.role == "vault" };
            """);
    var point = World.decisionPoint(erring);
    var whole = World.ask("read", "rmm_get");
    assertThat(point.decide(whole.question(RELEASE))).isInstanceOf(Permit.class);
    var without = World.ask("read", "rmm_get");
    without.attributes = Value.object("site", "office");
    assertThat(point.decide(without.question(RELEASE)))
        .isInstanceOfSatisfying(
            Deny.class,
            deny -> {
              assertThat(deny.reason()).isEqualTo(ReasonCode.POLICY_ERROR);
              assertThat(deny.detail()).contains("msp.errs");
            });
  }

  @Test
  void hostileCase23AnOverflowInAGuardrailDenies() {
    var erring =
        CedarFile.of(
            "policies/guardrails.cedar",
            Layer.GUARDRAIL,
            """
            @id("msp.overflow") forbid (principal, action, resource)
            when { context.task.ageSeconds * 9223372036854775807 == 7 };
            """);
    assertDenied(
        World.decisionPoint(erring).decide(World.ask("read", "rmm_get").question(RELEASE)),
        ReasonCode.POLICY_ERROR);
  }

  @Test
  void hostileCase23APermitThatErrsDoesNotLeaveAnotherToDecide() {
    var permits =
        CedarFile.of(
            "policies/more.cedar",
            Layer.BASELINE,
            """
            @id("more.errs") permit (principal, action == Action::"rmm_get", resource)
            when { resource.site == "office" };
            """);
    var asking = World.ask("read", "rmm_get");
    asking.attributes = Value.object("role", "workstation");
    assertDenied(
        World.decisionPoint(permits).decide(asking.question(RELEASE)), ReasonCode.POLICY_ERROR);
  }

  @Test
  void hostileCase03NamesAreComparedAndNeverMatchedAsPatterns() {
    for (String pattern : List.of(".*", "", "resta", "RESTART", "restart ", "*", "restart|read")) {
      var asking = World.ask("restart", "rmm_restart");
      asking.agentTaskClasses = java.util.Set.of(pattern);
      assertDenied(World.decisionPoint().decide(asking.question(RELEASE)), ReasonCode.OUTSIDE_TASK);
    }
  }

  @Test
  void hostileCase03AnEmptyNameOfAnApprovalLiftsNothing() {
    var asking = World.ask("restart", "rmm_restart");
    asking.attributes = Value.object("role", "dc", "site", "x");
    asking.approvals = java.util.Set.of("", ".*", "restart", "restart.");
    assertThat(World.decisionPoint().decide(asking.question(RELEASE)))
        .isInstanceOf(Decision.NeedsApproval.class);
  }

  @Test
  void anEngineThatFailsRefuses() {
    var question = World.ask("read", "rmm_get").question(RELEASE);
    for (Throwable failure :
        List.of(
            new IllegalStateException("secret words"),
            new UnsatisfiedLinkError("no library"),
            new NoClassDefFoundError("gone"),
            new StackOverflowError(),
            new NullPointerException())) {
      assertThat(failing(failure).decide(question))
          .isInstanceOfSatisfying(
              Deny.class,
              deny -> {
                assertThat(deny.reason()).isEqualTo(ReasonCode.POLICY_UNAVAILABLE);
                assertThat(deny.detail()).doesNotContain("secret");
              });
    }
  }

  @Test
  void anEngineThatAllowsWithErrorsIsNotBelieved() {
    Evaluator evaluator = facts -> new Evaluation(true, List.of("task.read"), List.of("broken"));
    var point = new CedarDecisionPoint(RELEASE, World.compiled(RELEASE), evaluator);
    assertDenied(
        point.decide(World.ask("read", "rmm_get").question(RELEASE)), ReasonCode.POLICY_ERROR);
  }

  @Test
  void aPolicyThatAsksButIsNeverLiftedIsNoWait() {
    var stuck =
        CedarFile.of(
            "policies/more.cedar",
            Layer.BASELINE,
            """
            @id("more.stuck") @ask("restart.1")
            forbid (principal, action == Action::"rmm_get", resource);
            """);
    assertDenied(
        World.decisionPoint(stuck).decide(World.ask("read", "rmm_get").question(RELEASE)),
        ReasonCode.APPROVAL_INSUFFICIENT);
  }

  @Test
  void factsThatContradictOneAnotherAreRefused() {
    var straight = World.ask("read", "rmm_get").question(RELEASE);
    var other =
        new dev.remit.core.decision.Question(
            straight.call(),
            straight.agentClass(),
            straight.autonomy(),
            java.util.Objects.requireNonNull(RELEASE.taskClasses().get("wide")),
            straight.tenant(),
            straight.scopeTruth(),
            straight.target(),
            straight.approvals(),
            straight.at());
    assertDenied(World.decisionPoint().decide(other), ReasonCode.POLICY_ERROR);
  }
}
