package dev.remit.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.call.ScopeTruth;
import dev.remit.core.decision.Decision;
import dev.remit.core.decision.Decision.Deny;
import dev.remit.core.decision.Decision.NeedsApproval;
import dev.remit.core.decision.Decision.Permit;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.identity.GradeFamily;
import dev.remit.core.release.Release;
import dev.remit.core.task.TaskClass.AskRule;
import dev.remit.core.tenant.Environment;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import dev.remit.policy.World.Asking;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class CedarDecisionPointTest {
  private static final Release RELEASE = World.release();
  private static final CedarDecisionPoint POINT = World.decisionPoint();

  private static Decision decide(String taskClass, String tool, Consumer<Asking> change) {
    var asking = World.ask(taskClass, tool);
    change.accept(asking);
    return POINT.decide(asking.question(RELEASE));
  }

  private static void assertDenied(Decision decision, ReasonCode reason) {
    assertThat(decision)
        .isInstanceOfSatisfying(Deny.class, deny -> assertThat(deny.reason()).isEqualTo(reason));
  }

  private static void assertAsks(Decision decision, String... rules) {
    assertThat(decision)
        .isInstanceOfSatisfying(
            NeedsApproval.class,
            asks -> assertThat(asks.rules()).extracting(AskRule::id).containsExactly(rules));
  }

  private static CedarDecisionPoint sparing(String role) {
    return World.decisionPoint(
        new CedarFile(
            "policies/tenants/harbor.cedar",
            Layer.TENANT,
            Optional.of(new TenantId("harbor")),
            """
            @id("harbor.spared") @reason("outside-task")
            forbid (principal, action == Action::"rmm_restart",
              resource is Device in Tenant::"harbor")
            when { resource.role == "%s" };
            """
                .formatted(role)));
  }

  @Test
  void aPolicyThatSaysSomethingElseUnderTheSameNameHasAnotherContent() {
    var before = sparing("db").contentOf("harbor.spared");
    assertThat(sparing("hypervisor").contentOf("harbor.spared")).isNotEqualTo(before);
    assertThat(sparing("db").contentOf("harbor.spared")).isEqualTo(before);
    assertThat(POINT.contentOf("task.restart")).isNotEqualTo("task.restart");
  }

  @Test
  void whatATaskClassSaysIsPermitted() {
    assertThat(decide("restart", "rmm_restart", a -> {}))
        .isEqualTo(new Permit(List.of("task.restart")));
  }

  @Test
  void aToolWithoutTargetActsOnTheTenantItself() {
    assertThat(decide("read", "rmm_list", a -> a.hasTarget = false))
        .isEqualTo(new Permit(List.of("task.read.tenant")));
  }

  @Test
  void aToolThatNeedsATargetIsNotPermittedWithoutOne() {
    assertDenied(decide("read", "rmm_get", a -> a.hasTarget = false), ReasonCode.NO_PERMIT);
  }

  @Test
  void aTargetOfAnotherTenantIsAMismatch() {
    assertDenied(
        decide("read", "rmm_get", a -> a.targetTenant = "northwind"), ReasonCode.TENANT_MISMATCH);
  }

  @Test
  void aCallerOfAnotherTenantIsAMismatch() {
    assertDenied(
        decide("read", "rmm_get", a -> a.callerTenant = "northwind"), ReasonCode.TENANT_MISMATCH);
  }

  @Test
  void callerAndTargetOfOneTenantDoNotReachATaskOfAnother() {
    assertDenied(
        decide(
            "read",
            "rmm_get",
            a -> {
              a.callerTenant = "northwind";
              a.targetTenant = "northwind";
            }),
        ReasonCode.TENANT_MISMATCH);
  }

  @Test
  void environmentsNeverCross() {
    assertDenied(
        decide("read", "rmm_get", a -> a.callerEnvironment = Environment.TEST),
        ReasonCode.ENVIRONMENT_MISMATCH);
  }

  @Test
  void aToolOutsideTheTaskClassIsOutsideTheTask() {
    assertDenied(decide("read", "rmm_restart", a -> {}), ReasonCode.OUTSIDE_TASK);
    assertDenied(decide("wide", "rmm_unlisted", a -> {}), ReasonCode.OUTSIDE_TASK);
  }

  @Test
  void aTaskClassThatIsNotOfTheAgentIsOutsideTheTask() {
    assertDenied(
        decide("restart", "rmm_restart", a -> a.agentTaskClasses = Set.of("read")),
        ReasonCode.OUTSIDE_TASK);
  }

  @Test
  void hostileCase04AnEmptyAllowListMeansNone() {
    assertDenied(
        decide("read", "rmm_get", a -> a.agentTaskClasses = Set.of()), ReasonCode.OUTSIDE_TASK);
    var none =
        World.release(
            List.of(
                World.taskClass(
                    "read",
                    dev.remit.core.identity.Grade.OBSERVE,
                    Set.of(),
                    java.util.Optional.empty(),
                    List.of())));
    var point = new CedarDecisionPoint(none, World.compiled(none));
    assertDenied(
        point.decide(World.ask("read", "rmm_get").question(none)), ReasonCode.OUTSIDE_TASK);
  }

  @Test
  void anObserveIdentityChangesNothing() {
    assertDenied(
        decide("restart", "rmm_restart", a -> a.family = GradeFamily.OBSERVE),
        ReasonCode.GUARDRAIL);
    assertDenied(
        decide("wide", "rmm_wipe", a -> a.family = GradeFamily.CHANGE), ReasonCode.GUARDRAIL);
  }

  @Test
  void anUnboundAgentDoesLowThingsAlone() {
    assertThat(decide("restart", "rmm_restart", a -> a.isBound = false)).isInstanceOf(Permit.class);
  }

  @Test
  void anUnboundAgentDoesNothingAboveLowWithoutAnApproval() {
    assertAsks(decide("wide", "rmm_reboot", a -> a.isBound = false), "remit.unbound");
    assertThat(
            decide(
                "wide",
                "rmm_reboot",
                a -> {
                  a.isBound = false;
                  a.approvals = Set.of("remit.unbound");
                }))
        .isInstanceOf(Permit.class);
  }

  @Test
  void anUnboundAgentDoesNothingDestructiveAtAll() {
    assertDenied(
        decide(
            "wide",
            "rmm_wipe",
            a -> {
              a.isBound = false;
              a.approvals = Set.of("remit.unbound", "remit.autonomy");
            }),
        ReasonCode.GUARDRAIL);
  }

  @Test
  void withoutScopeTruthNoEffectGoesAlone() {
    assertAsks(
        decide("restart", "rmm_restart", a -> a.scopeTruth = ScopeTruth.NONE), "remit.scope-truth");
    assertThat(decide("read", "rmm_get", a -> a.scopeTruth = ScopeTruth.NONE))
        .isInstanceOf(Permit.class);
    assertDenied(
        decide(
            "wide",
            "rmm_wipe",
            a -> {
              a.scopeTruth = ScopeTruth.NONE;
              a.approvals = Set.of("remit.scope-truth", "remit.autonomy");
            }),
        ReasonCode.SCOPE_TRUTH_NONE);
  }

  @Test
  void autonomyBoundsWhatGoesAlone() {
    assertAsks(decide("restart", "rmm_restart", a -> a.autonomy = "propose"), "remit.autonomy");
    assertAsks(decide("wide", "rmm_reboot", a -> a.autonomy = "supervised"), "remit.autonomy");
    assertAsks(decide("restart", "rmm_restart", a -> a.autonomy = ""), "remit.autonomy");
    assertAsks(decide("wide", "rmm_wipe", a -> {}), "remit.autonomy");
    assertThat(decide("wide", "rmm_reboot", a -> {})).isInstanceOf(Permit.class);
  }

  @Test
  void aRuleThatAsksWaitsAndItsApprovalLifts() {
    Consumer<Asking> domainController = a -> a.attributes = Value.object("role", "dc", "site", "x");
    assertAsks(decide("restart", "rmm_restart", domainController), "restart.1");
    assertThat(
            decide(
                "restart",
                "rmm_restart",
                domainController.andThen(a -> a.approvals = Set.of("restart.1"))))
        .isInstanceOf(Permit.class);
  }

  @Test
  void twoMatchingRulesMeanBoth() {
    Consumer<Asking> both = a -> a.attributes = Value.object("role", "dc", "site", "archive");
    assertAsks(decide("restart", "rmm_restart", both), "restart.1", "restart.2");
    assertAsks(
        decide("restart", "rmm_restart", both.andThen(a -> a.approvals = Set.of("restart.1"))),
        "restart.2");
  }

  @Test
  void anApprovalOfAnotherRuleLiftsNothing() {
    assertAsks(
        decide(
            "restart",
            "rmm_restart",
            a -> {
              a.attributes = Value.object("role", "db", "site", "x");
              a.approvals = Set.of("restart.2", "remit.unbound", "", "restart");
            }),
        "restart.1");
  }

  @Test
  void anApprovalIsNoWayAroundAGuardrail() {
    assertDenied(
        decide(
            "restart",
            "rmm_restart",
            a -> {
              a.attributes = Value.object("role", "dc", "site", "x");
              a.targetTenant = "summit";
              a.approvals = Set.copyOf(World.compiled(RELEASE).askRules().keySet());
            }),
        ReasonCode.TENANT_MISMATCH);
  }

  @Test
  void outsideItsWindowATaskClassSaysSo() {
    assertDenied(
        decide("restart", "rmm_restart", a -> a.at = World.SUNDAY_NOON), ReasonCode.OUTSIDE_WINDOW);
    assertDenied(
        decide(
            "restart",
            "rmm_restart",
            a -> {
              a.at = World.SUNDAY_NOON;
              a.attributes = Value.object("role", "dc", "site", "x");
            }),
        ReasonCode.OUTSIDE_WINDOW);
  }

  @Test
  void anAttributeThatTheRecordLacksIsARefusal() {
    assertDenied(
        decide("restart", "rmm_restart", a -> a.attributes = Value.object("site", "x")),
        ReasonCode.POLICY_ERROR);
    assertDenied(
        decide(
            "restart",
            "rmm_restart",
            a -> a.attributes = Value.object("role", Value.Null.NULL, "site", "x")),
        ReasonCode.POLICY_ERROR);
    assertThat(decide("read", "rmm_get", a -> a.attributes = Value.Obj.EMPTY))
        .isInstanceOf(Permit.class);
  }

  @Test
  void factsOfTheCallAreReadAsData() {
    var quoting = "dc\"]) || [\"";
    assertThat(
            decide(
                "restart",
                "rmm_restart",
                a -> a.attributes = Value.object("role", quoting, "site", "\\\"; permit(")))
        .isInstanceOf(Permit.class);
  }

  @Test
  void equalQuestionsGetEqualDecisions() {
    var point = World.decisionPoint();
    for (String role : List.of("dc", "workstation")) {
      Consumer<Asking> change = a -> a.attributes = Value.object("role", role, "site", "archive");
      var asking = World.ask("restart", "rmm_restart");
      change.accept(asking);
      assertThat(point.decide(asking.question(RELEASE)))
          .isEqualTo(decide("restart", "rmm_restart", change));
    }
  }
}
