package dev.remit.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.release.Release;
import dev.remit.core.task.TaskClass.Answers;
import dev.remit.core.task.TaskClass.AskRule;
import dev.remit.core.tenant.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client reads its own policies, and nothing from which another client could be told. */
class TenantPoliciesTest {
  private static final Release RELEASE = World.release();
  private static final TenantId HARBOR = new TenantId("harbor");
  private static final TenantId SUMMIT = new TenantId("summit");

  private static CompiledPolicies compiled(
      List<CedarFile> files, List<AskRule> asks, Variation... variations) {
    var source =
        new PolicySource(
            RELEASE, files, World.GUARDRAIL, asks, Map.of(), List.of(variations), Map.of());
    return switch (CedarPolicies.compile(source)) {
      case Compilation.Compiled(CompiledPolicies policies) -> policies;
      case Compilation.Refused(List<Diagnostic> problems) ->
          throw new AssertionError(problems.toString());
    };
  }

  private static List<String> said(CompiledPolicies policies, TenantId tenant) {
    var view = TenantPolicies.of(policies, tenant);
    return Stream.concat(
            view.policies().stream()
                .flatMap(one ->
                    Stream.of(
                        one.policy().id(), one.policy().origin().file(), one.text(), one.words())),
            view.beside().stream().flatMap(one -> Stream.of(one.words(), one.origin().file())))
        .toList();
  }

  private static void assertSilentOfSummit(CompiledPolicies policies) {
    assertThat(said(policies, HARBOR))
        .isNotEmpty()
        .allSatisfy(text -> assertThat(text).doesNotContainIgnoringCase("summit"));
  }

  private static Variation ofSummit(
      Set<String> without, Optional<String> when, List<AskRule> ask, Set<String> askWithout) {
    return new Variation(SUMMIT, "restart", without, when, ask, askWithout);
  }

  @Test
  void aRuleThatAnotherClientDoesWithoutIsShownAsIfEverybodyHadIt() {
    var plain = compiled(List.of(), List.of());
    var varied =
        compiled(
            List.of(),
            List.of(),
            ofSummit(Set.of(), Optional.empty(), List.of(), Set.of("restart.1")));

    assertThat(varied.find("ask.restart.1").orElseThrow().text()).contains("summit");
    assertSilentOfSummit(varied);
    assertThat(said(varied, HARBOR)).isEqualTo(said(plain, HARBOR));
    assertThat(said(varied, SUMMIT)).anySatisfy(text -> assertThat(text).contains("summit"));
  }

  @Test
  void whatAnotherClientVariesIsSeenThereAlone() {
    var rule = World.rule("restart.summit.kiosks", "resource.role == \"kiosk\"");
    var varied =
        compiled(
            List.of(),
            List.of(),
            ofSummit(
                Set.of("rmm_restart"),
                Optional.of("resource.role == \"kiosk\""),
                List.of(rule),
                Set.of()));

    assertThat(said(varied, HARBOR)).isEqualTo(said(compiled(List.of(), List.of()), HARBOR));
    assertThat(TenantPolicies.of(varied, SUMMIT).policies())
        .extracting(one -> one.policy().id())
        .contains(
            "ask.restart.summit.kiosks", "vary.restart.summit.tools", "vary.restart.summit.when");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@id(\"x\") forbid (principal in Tenant::\"summit\", action, resource);",
        "@id(\"x\") forbid (principal, action, resource) unless { resource in Tenant::\"summit\" };",
        "@id(\"x\") forbid (principal, action, resource)"
            + " when { resource in [Tenant::\"harbor\", Tenant::\"summit\"] };",
        "@id(\"x.summit\") forbid (principal, action, resource);",
        "@id(\"x\") forbid (principal, action, resource is Device)"
            + " when { resource.site == \"SUMMIT_office\" };",
        "@id(\"x\") forbid (principal, action, resource is Device)"
            + " when { resource.site == \"\\u{73}ummit\" };",
        "@id(\"x\") forbid (principal, action, resource is Device)"
            + " when { resource.site like \"summit-*\" };",
        "@id(\"x\") forbid (principal, action, resource is Device)"
            + " when { resource.site like \"*s\\u{75}mmit\" };",
        "@id(\"x\") forbid (principal == Agent::\"service-desk/summit/production/change\","
            + " action, resource);",
      })
  void aPolicyThatNamesAnotherClientAnywhereIsNotShown(String text) {
    var policies =
        compiled(List.of(CedarFile.of("policies/x.cedar", Layer.GUARDRAIL, text)), List.of());

    assertSilentOfSummit(policies);
    assertThat(said(policies, HARBOR)).isEqualTo(said(compiled(List.of(), List.of()), HARBOR));
  }

  @Test
  void commentsAreNotShown() {
    var policies =
        compiled(
            List.of(
                CedarFile.of(
                    "policies/x.cedar",
                    Layer.GUARDRAIL,
                    """
                    @id("x.kept") // since what happened at Summit
                    forbid (principal, action == Action::"rmm_wipe", resource);
                    """)),
            List.of());

    assertSilentOfSummit(policies);
    assertThat(TenantPolicies.of(policies, HARBOR).policies())
        .anySatisfy(one -> assertThat(one.policy().id()).isEqualTo("x.kept"));
  }

  @Test
  void aRuleThatOnlyAnotherClientsPolicyAsksByIsNotStated() {
    var rule =
        new AskRule(
            "x.frozen",
            "true",
            List.of(new Answers(2, "msp.senior-technicians")),
            Duration.ofMinutes(30),
            Duration.ofMinutes(10));
    var file =
        new CedarFile(
            "policies/tenants/summit.cedar",
            Layer.TENANT,
            Optional.of(SUMMIT),
            """
            @id("x.frozen") @ask("x.frozen")
            forbid (principal, action, resource in Tenant::"summit")
            unless { context.approvals.contains("x.frozen") };
            """);
    var policies = compiled(List.of(file), List.of(rule));

    assertThat(said(policies, HARBOR)).noneSatisfy(text -> assertThat(text).contains("x.frozen"));
    assertThat(said(policies, SUMMIT)).anySatisfy(text -> assertThat(text).contains("x.frozen"));
  }

  @Test
  void aClientThatTheReleaseDoesNotKnowReadsNothing() {
    assertThat(said(compiled(List.of(), List.of()), new TenantId("elsewhere"))).isEmpty();
  }
}
