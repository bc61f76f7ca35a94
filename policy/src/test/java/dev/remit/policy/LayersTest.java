package dev.remit.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.decision.Decision;
import dev.remit.core.decision.Decision.Deny;
import dev.remit.core.decision.Decision.NeedsApproval;
import dev.remit.core.decision.Decision.Permit;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.release.Release;
import dev.remit.core.task.TaskClass.AskRule;
import dev.remit.core.tenant.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Guardrails, baseline, tenant variation, exception: each below narrows or is named above. */
class LayersTest {
  private static final Release RELEASE = World.release();
  private static final TenantId HARBOR = new TenantId("harbor");

  private static Compilation compile(
      List<CedarFile> files, Map<String, Duration> exceptions, Variation... variations) {
    return CedarPolicies.compile(
        new PolicySource(
            RELEASE, files, World.GUARDRAIL, List.of(), Map.of(), List.of(variations), exceptions));
  }

  private static CompiledPolicies compiled(Map<String, Duration> exceptions, Variation... some) {
    return switch (compile(List.of(), exceptions, some)) {
      case Compilation.Compiled(CompiledPolicies policies) -> policies;
      case Compilation.Refused(List<Diagnostic> problems) ->
          throw new AssertionError(problems.toString());
    };
  }

  private static Variation variation(
      Set<String> without, Optional<String> when, List<AskRule> ask, Set<String> askWithout) {
    return new Variation(HARBOR, "restart", without, when, ask, askWithout);
  }

  private static Decision decide(CompiledPolicies policies, String tenant, String role) {
    var asking = World.ask("restart", "rmm_restart");
    asking.callerTenant = tenant;
    asking.taskTenant = tenant;
    asking.targetTenant = tenant;
    asking.attributes = dev.remit.core.value.Value.object("role", role, "site", "office");
    return new CedarDecisionPoint(RELEASE, policies).decide(asking.question(RELEASE));
  }

  private static void assertDenied(Decision decision, ReasonCode reason) {
    assertThat(decision)
        .isInstanceOfSatisfying(Deny.class, deny -> assertThat(deny.reason()).isEqualTo(reason));
  }

  @Test
  void aToolThatOneTenantTakesAwayIsGoneThereAlone() {
    var policies =
        compiled(Map.of(), variation(Set.of("rmm_restart"), Optional.empty(), List.of(), Set.of()));
    assertDenied(decide(policies, "harbor", "workstation"), ReasonCode.OUTSIDE_TASK);
    assertThat(decide(policies, "summit", "workstation")).isInstanceOf(Permit.class);
  }

  @Test
  void aConditionOfOneTenantHoldsThereToo() {
    var never = Optional.of("resource.role == \"kiosk\" && tenant.window.office");
    var policies = compiled(Map.of(), variation(Set.of(), never, List.of(), Set.of()));
    assertDenied(decide(policies, "harbor", "workstation"), ReasonCode.OUTSIDE_WINDOW);
    assertThat(decide(policies, "harbor", "kiosk")).isInstanceOf(Permit.class);
    assertThat(decide(policies, "summit", "workstation")).isInstanceOf(Permit.class);
  }

  @Test
  void aRuleOfOneTenantAsksThereAlone() {
    var rule = World.rule("restart.harbor.kiosks", "resource.role == \"kiosk\"");
    var policies =
        compiled(Map.of(), variation(Set.of(), Optional.empty(), List.of(rule), Set.of()));
    assertThat(decide(policies, "harbor", "kiosk"))
        .isInstanceOfSatisfying(
            NeedsApproval.class, needs -> assertThat(needs.rules()).containsExactly(rule));
    assertThat(decide(policies, "summit", "kiosk")).isInstanceOf(Permit.class);
  }

  @Test
  void aRuleThatOneTenantDoesWithoutAsksTheOthers() {
    var policies =
        compiled(Map.of(), variation(Set.of(), Optional.empty(), List.of(), Set.of("restart.1")));
    assertThat(decide(policies, "harbor", "dc")).isInstanceOf(Permit.class);
    assertThat(decide(policies, "summit", "dc")).isInstanceOf(NeedsApproval.class);
  }

  private static Decision under(CompiledPolicies policies, Set<String> exceptions, String role) {
    var asking = World.ask("restart", "rmm_restart");
    asking.attributes = dev.remit.core.value.Value.object("role", role, "site", "archive");
    return new CedarDecisionPoint(
            policies,
            new ReleaseFacts(RELEASE, question -> exceptions),
            new CompiledEvaluator(policies.engine()))
        .decide(asking.question(RELEASE));
  }

  @Test
  void anExceptionLiftsExactlyItsRule() {
    var policies = compiled(Map.of("restart.2", Duration.ofDays(30)));
    assertThat(policies.exceptions()).containsExactly(Map.entry("restart.2", Duration.ofDays(30)));
    assertThat(under(policies, Set.of(), "workstation")).isInstanceOf(NeedsApproval.class);
    assertThat(under(policies, Set.of("restart.2"), "workstation")).isInstanceOf(Permit.class);
    assertThat(under(policies, Set.of("restart.1"), "workstation"))
        .isInstanceOf(NeedsApproval.class);
    assertThat(under(policies, Set.of("restart.2"), "dc")).isInstanceOf(NeedsApproval.class);
  }

  @Test
  void anExceptionLiftsNothingThatDoesNotSayIt() {
    var policies = compiled(Map.of());
    var all = Set.of("restart.1", "restart.2", "ask.restart.1", "remit.tenant", "remit.autonomy");
    assertThat(under(policies, all, "dc")).isInstanceOf(NeedsApproval.class);
    assertThat(policies.exceptions()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '%',
      quoteCharacter = '^',
      value = {
        "GUARDRAIL % @id(\"a\") @exception(\"30d\") forbid (principal, action, resource)"
            + " unless { context.exceptions.contains(\"a\") }; % nothing lifts a guardrail",
        "GUARDRAIL % @id(\"a\") forbid (principal, action, resource)"
            + " unless { context.exceptions.contains(\"a\") }; % nothing lifts a guardrail",
        "GUARDRAIL % @id(\"a\") forbid (principal, action, resource)"
            + " unless { context has exceptions }; % nothing lifts a guardrail",
        "BASELINE % @id(\"a\") forbid (principal, action, resource)"
            + " unless { context.exceptions.contains(\"a\") }; % has `@exception",
        "BASELINE % @id(\"a\") @exception(\"30d\") forbid (principal, action, resource);"
            + " % has `@exception",
        "BASELINE % @id(\"a\") @exception(\"30d\") forbid (principal, action, resource)"
            + " unless { context.exceptions.contains(\"b\") }; % asks for its own",
        "BASELINE % @id(\"a\") @exception(\"30d\") forbid (principal, action, resource)"
            + " unless { context.exceptions.contains(\"a\") || context.exceptions.contains(\"b\") };"
            + " % asks for its own",
        "BASELINE % @id(\"a\") @exception(\"30d\") forbid (principal, action, resource)"
            + " unless { !context.exceptions.isEmpty() }; % asks for its own",
        "BASELINE % @id(\"a\") @exception(\"for ever\") forbid (principal, action, resource)"
            + " unless { context.exceptions.contains(\"a\") }; % longest time",
        "BASELINE % @id(\"a\") @resaon(\"guardrail\") forbid (principal, action, resource);"
            + " % no annotation is named `@resaon`",
        "BASELINE % @id(\"a\") @serves(\"iso-9000/1\") forbid (principal, action, resource);"
            + " % names no framework",
        "BASELINE % @id(\"a\") @serves(\"nist-csf-2.0/XX.AA-01\")"
            + " forbid (principal, action, resource); % no identifier of",
        "BASELINE % @id(\"a\") @serves(\"\") forbid (principal, action, resource); % is empty",
        "BASELINE % @id(\"vary.x\") forbid (principal, action, resource); % reserved",
        "BASELINE % @id(\"a\") forbid (principal, action, resource)"
            + " when { context.task.agent.tenant == principal.tenant"
            + " && principal.tenant.name == \"x\" }; % name",
      })
  void whatALayerMayNotSayIsRefused(Layer layer, String text, String words) {
    var file = CedarFile.of("policies/x.cedar", layer, text.strip());
    assertThat(compile(List.of(file), Map.of()))
        .isInstanceOfSatisfying(
            Compilation.Refused.class,
            refused ->
                assertThat(refused.diagnostics())
                    .extracting(Diagnostic::message)
                    .anySatisfy(message -> assertThat(message).contains(words)));
  }

  @Test
  void aHandWrittenPolicyMayBeLiftedByItsOwnException() {
    var file =
        CedarFile.of(
            "policies/x.cedar",
            Layer.BASELINE,
            """
            @id("x.frozen") @exception("7d") @serves("nist-csf-2.0/PR.AA-05, owasp-asi-2026/ASI02")
            forbid (principal, action == Action::"rmm_restart", resource)
            unless { context.exceptions.contains("x.frozen") };
            """);
    var policies = World.compiled(RELEASE, file);
    assertDenied(under(policies, Set.of(), "workstation"), ReasonCode.GUARDRAIL);
    assertThat(under(policies, Set.of("x.frozen", "restart.2"), "kiosk"))
        .isInstanceOf(NeedsApproval.class);
    assertThat(policies.find("x.frozen").orElseThrow().serves())
        .containsExactly("nist-csf-2.0/PR.AA-05", "owasp-asi-2026/ASI02");
  }
}
