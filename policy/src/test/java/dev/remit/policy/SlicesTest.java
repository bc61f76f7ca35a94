package dev.remit.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.call.ScopeTruth;
import dev.remit.core.decision.Decision;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.identity.GradeFamily;
import dev.remit.core.release.Release;
import dev.remit.core.tenant.Environment;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import dev.remit.policy.World.Asking;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SlicesTest {
  private static final long SEED = 20260105;
  private static final int QUESTIONS = 3_000;
  private static final CedarFile GUARDRAILS =
      CedarFile.of(
          "policies/guardrails.cedar",
          Layer.GUARDRAIL,
          """
          @id("msp.reads-role") forbid (principal, action == Action::"rmm_wipe", resource)
          when { resource.role == "dc" };
          @id("msp.of-harbor") forbid (principal, action, resource in Tenant::"harbor")
          when { context.tool.effect >= 3 };
          """);
  private static final CedarFile BASELINE =
      CedarFile.of(
          "policies/more.cedar",
          Layer.BASELINE,
          """
          @id("more.site") forbid (principal, action in Action::"low", resource is Device)
          when { resource.site == "archive" && context.task.class == "wide" };
          @id("more.principal") @reason("outside-window")
          forbid (principal in Tenant::"northwind", action in [Action::"rmm_reboot"], resource)
          unless { context.tenant.windows.contains("office") };
          """);
  private static final Release RELEASE = World.release();
  private static final CompiledPolicies POLICIES =
      World.compiled(RELEASE, GUARDRAILS, BASELINE, ofTenant("northwind"), ofTenant("summit"));

  private static CedarFile ofTenant(String tenant) {
    return new CedarFile(
        "policies/tenants/" + tenant + ".cedar",
        Layer.TENANT,
        Optional.of(new TenantId(tenant)),
        """
        @id("%1$s.no-restart") forbid (principal, action == Action::"rmm_restart",
          resource is Device in Tenant::"%1$s")
        when { resource.role == "db" };
        @id("%1$s.nothing-high") @reason("outside-task")
        forbid (principal, action in Action::"high", resource in Tenant::"%1$s");
        """
            .formatted(tenant));
  }

  private static <T> T any(Random random, List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static Asking asking(Random random) {
    var tools = RELEASE.tools().keySet().stream().sorted().toList();
    var asking = World.ask(any(random, List.of("read", "restart", "wide")), any(random, tools));
    var tenants = List.of("harbor", "northwind", "summit");
    var home = any(random, tenants);
    boolean isStraight = random.nextInt(10) < 8;
    asking.callerTenant = isStraight ? home : any(random, tenants);
    asking.taskTenant = isStraight ? home : any(random, tenants);
    asking.targetTenant = isStraight ? home : any(random, tenants);
    asking.callerEnvironment =
        random.nextInt(20) == 0 ? Environment.STAGING : Environment.PRODUCTION;
    asking.family = any(random, List.of(GradeFamily.values()));
    asking.isBound = random.nextBoolean();
    asking.autonomy = any(random, List.of("propose", "supervised", "bounded", "bounded"));
    asking.scopeTruth = any(random, List.of(ScopeTruth.values()));
    var attributes = new TreeMap<String, Value>();
    if (random.nextInt(12) > 0) {
      attributes.put("role", Value.of(any(random, List.of("dc", "db", "workstation", ""))));
    }
    if (random.nextInt(12) > 0) {
      attributes.put("site", Value.of(any(random, List.of("archive", "office"))));
    }
    asking.attributes = new Value.Obj(attributes);
    asking.hasTarget = random.nextInt(8) > 0;
    var approvals = new HashSet<String>();
    POLICIES.askRules().keySet().stream()
        .sorted()
        .filter(rule -> random.nextInt(3) == 0)
        .forEach(approvals::add);
    asking.approvals = approvals;
    asking.at = random.nextBoolean() ? World.MONDAY_NOON : World.SUNDAY_NOON;
    return asking;
  }

  @Test
  void compiledSlicedAndUnslicedPolicyAnswerAlikeOnRandomQuestionsOfSeed20260105() {
    var slices = new PolicySlices(POLICIES, RELEASE.tools());
    var sliced = new CedarDecisionPoint(RELEASE, POLICIES, new OfficialEvaluator(slices, true));
    var whole = new CedarDecisionPoint(RELEASE, POLICIES, new OfficialEvaluator(slices, false));
    var compiled = new CedarDecisionPoint(RELEASE, POLICIES);
    var random = new Random(SEED);
    var kinds = new HashSet<String>();
    for (int i = 0; i < QUESTIONS; i++) {
      var question = asking(random).question(RELEASE);
      Decision expected = whole.decide(question);
      assertThat(sliced.decide(question)).as("question %d of seed %d", i, SEED).isEqualTo(expected);
      assertThat(withoutWords(compiled.decide(question)))
          .as("question %d of seed %d", i, SEED)
          .isEqualTo(withoutWords(expected));
      kinds.add(kind(expected));
    }
    assertThat(kinds)
        .contains(
            "permit", "asks", "policy-error", "tenant-mismatch", "outside-window", "no-permit");
  }

  /** The engines word their errors differently. */
  private static Decision withoutWords(Decision decision) {
    return decision instanceof Decision.Deny deny && deny.reason() == ReasonCode.POLICY_ERROR
        ? new Decision.Deny(
            deny.reason(), deny.determining(), deny.detail().replaceAll(": [^;]*(; |$)", ";"))
        : decision;
  }

  private static String kind(Decision decision) {
    return switch (decision) {
      case Decision.Permit permit -> "permit";
      case Decision.NeedsApproval asks -> "asks";
      case Decision.Deny deny -> deny.reason().code();
    };
  }

  @Test
  void noGuardrailIsEverLeftOut() {
    var slices = new PolicySlices(POLICIES, RELEASE.tools());
    var guardrails =
        POLICIES.policies().stream()
            .filter(policy -> policy.id().startsWith("remit.") || policy.id().startsWith("msp."))
            .toList();
    assertThat(guardrails).hasSize(16);
    for (String tenant : List.of("harbor", "northwind", "summit", "unheard-of", "")) {
      for (var tool : RELEASE.tools().values()) {
        assertThat(slices.selection(tenant, tenant, tool)).containsAll(guardrails);
      }
    }
  }

  @Test
  void policyOfOtherTenantsAndToolsIsLeftOut() {
    var slices = new PolicySlices(POLICIES, RELEASE.tools());
    var restart = java.util.Objects.requireNonNull(RELEASE.tools().get("rmm_restart"));
    assertThat(slices.selection("northwind", "northwind", restart))
        .extracting(CompiledPolicy::id)
        .contains("northwind.no-restart", "task.restart", "ask.restart.1")
        .doesNotContain("summit.no-restart", "northwind.nothing-high", "task.read.tenant");
  }

  @Test
  void whereTwoTenantsMeetThePolicyOfBothIsLookedAt() {
    var slices = new PolicySlices(POLICIES, RELEASE.tools());
    var reboot = java.util.Objects.requireNonNull(RELEASE.tools().get("rmm_reboot"));
    assertThat(slices.selection("northwind", "summit", reboot))
        .extracting(CompiledPolicy::id)
        .contains("more.principal", "summit.nothing-high")
        .doesNotContain("northwind.nothing-high");
    assertThat(slices.of("northwind", "summit", reboot))
        .isNotSameAs(slices.of("summit", "northwind", reboot))
        .isNotSameAs(slices.whole());
  }

  @Test
  void tenantsWithoutPolicyOfTheirOwnShareOneParsedSet() {
    var slices = new PolicySlices(World.compiled(RELEASE), RELEASE.tools());
    var get = java.util.Objects.requireNonNull(RELEASE.tools().get("rmm_get"));
    assertThat(slices.of("harbor", "harbor", get)).isSameAs(slices.of("summit", "summit", get));
    assertThat(slices.of("harbor", "harbor", get).cacheKey()).isPresent();
  }

  @Test
  void aToolThatTheReleaseDoesNotKnowMeetsAllPolicy() {
    var slices = new PolicySlices(POLICIES, RELEASE.tools());
    var unknown = World.tool("other", dev.remit.core.identity.Grade.LOW, true);
    assertThat(slices.of("harbor", "harbor", unknown)).isSameAs(slices.whole());
    assertThat(slices.whole().getNumPolicies()).isEqualTo(POLICIES.policies().size());
  }

  @Test
  void theHeadsOfPoliciesAreReadAsCedarReadsThem() {
    var scope =
        ParsedPolicy.of("permit (principal in Tenant::\"a\", action, resource == Tenant::\"b\");")
            .scope();
    assertThat(scope.principalTenant()).contains("a");
    assertThat(scope.resourceTenant()).contains("b");
    assertThat(scope.actions()).isEmpty();
    assertThat(scope.canMatchTenants("a", "a")).isFalse();
    assertThat(scope.canMatchTenants("b", "a")).isFalse();
    assertThat(scope.canMatchTenants("a", "b")).isTrue();
    assertThat(ParsedPolicy.of("permit (principal, action in [], resource);").scope().actions())
        .contains(Set.of());
  }
}
