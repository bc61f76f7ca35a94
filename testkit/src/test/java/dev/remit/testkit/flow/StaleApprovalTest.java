package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.WIPE;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static dev.remit.testkit.flow.FlowWorld.OWN_TOO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.approval.Proposal;
import dev.remit.core.decision.Decision;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.identity.PersonFunction;
import dev.remit.core.release.People;
import dev.remit.core.release.Release;
import dev.remit.core.release.VersionId;
import dev.remit.core.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** An approval serves what was approved: what changed since makes it stale. */
class StaleApprovalTest extends ResumableWipe {
  @Test
  void hostileCase15AnApprovalServesNoOtherTarget() {
    grant();
    assertThat(waiting(world.call(WIPE, OWN_TOO))).isNotEqualTo(proposal);
    assertThat(wipes()).isZero();
    assertDone(resume());
  }

  @Test
  void hostileCase15AnApprovalServesNoOtherArgumentsAndAMismatchingRetryBurnsNothing() {
    grant();
    var other = FlowWorld.on(OWN).with("service", Value.of("all"));
    assertThat(waiting(world.call(world.desk, WIPE, other, Optional.empty())))
        .isNotEqualTo(proposal);
    assertDone(resume());
  }

  @Test
  void hostileCase15AnApprovalIsStaleWhenThePolicyThatAskedIsAnother() {
    grant();
    world.policy.forget();
    world.policy.when(
        q -> q.approvals().isEmpty(),
        new Decision.NeedsApproval(List.of("another-policy"), List.of(BOTH)));
    assertRefused(resume(), ReasonCode.APPROVAL_STALE);
    assertThat(stored(proposal).state()).isEqualTo(Proposal.State.STALE);
  }

  @Test
  void hostileCase15AnApprovalIsStaleWhenThePolicyThatAskedSaysSomethingElseNow() {
    grant();
    world.policy.rewrite("policy-of-both", "other words");
    assertRefused(resume(), ReasonCode.APPROVAL_STALE);
  }

  @Test
  void hostileCase15AnApprovalIsStaleWhenTheRuleWantsMore() {
    grant();
    world.policy.forget();
    var more = new dev.remit.core.task.TaskClass.Answers(2, "tenant.approvers");
    var b = BOTH;
    world.policy.ask(
        WIPE,
        new dev.remit.core.task.TaskClass.AskRule(
            b.id(), b.condition(), List.of(more), b.answerWithin(), b.useWithin()));
    assertRefused(resume(), ReasonCode.APPROVAL_STALE);
  }

  @Test
  void anApprovalIsStaleWhenPolicyAsksNoMore() {
    grant();
    world.policy.forget();
    assertRefused(resume(), ReasonCode.APPROVAL_STALE);
  }

  @Test
  void anotherTenantsPolicyChangeLeavesItAlone() {
    grant();
    activate(r -> r, "v2");
    assertDone(resume());
  }

  private void activate(UnaryOperator<Release> change, String version) {
    world.ledgers.activate(new VersionId(version));
    world.releases.activate(change.apply(FlowRelease.of(version)), world.policy);
  }

  private void people(UnaryOperator<People> change) {
    activate(
        r ->
            new Release(
                r.version(),
                r.organisation(),
                r.tenants(),
                r.agentClasses(),
                r.orchestrators(),
                r.taskClasses(),
                r.tools(),
                r.connectors(),
                r.ticketConnector(),
                change.apply(r.people()),
                Set.of()),
        "v2");
  }

  @Test
  void anApprovalIsStaleWhenTheGroupThatAnsweredIsGone() {
    grant();
    people(p -> {
      var groups = new HashMap<>(p.groups());
      groups.remove("senior-technicians");
      return new People(groups, p.approvers());
    });
    assertRefused(resume(), ReasonCode.APPROVAL_STALE);
  }

  @Test
  void anApprovalIsStaleWhenTheGroupMeansOthersNow() {
    grant();
    people(p -> {
      var groups = new HashMap<>(p.groups());
      groups.put(
          "senior-technicians",
          new People.Group("staff", "everybody", Set.of(PersonFunction.APPROVE)));
      return new People(groups, p.approvers());
    });
    assertRefused(resume(), ReasonCode.APPROVAL_STALE);
  }

  @Test
  void anApproverWhoseKeyWasRemovedReleasesNothing() {
    grant();
    crowd.keys().remove(crowd.hanna.person(), crowd.hanna.key().credentialId());
    assertRefused(resume(), ReasonCode.APPROVAL_STALE);
    assertThat(waiting(world.call(WIPE, OWN))).isNotEqualTo(proposal);
  }

  @Test
  void aHeartbeatLeavesItAlone() {
    grant();
    world.put(FlowWorld.reading(OWN, "1", "workstation", "99"));
    assertDone(resume());
  }

  @Test
  void aTargetInAnotherRoleMakesItStale() {
    grant();
    world.put(FlowWorld.reading(OWN, "1", "domain-controller", "99"));
    assertRefused(resume(), ReasonCode.APPROVAL_STALE);
    assertThat(stored(proposal).state()).isEqualTo(Proposal.State.STALE);
  }

  @Test
  void approvedThenTheDeviceMovesToAnotherClient() {
    grant();
    world.move(OWN, "2");
    assertRefused(resume(), ReasonCode.TENANT_MISMATCH);
    assertThat(world.intents()).isEmpty();
  }

  @Test
  void approvedThenTheDeviceIsGone() {
    grant();
    world.vendor.remove(FlowWorld.device(OWN));
    assertRefused(resume(), ReasonCode.TARGET_UNKNOWN);
    assertThat(world.intents()).isEmpty();
  }

  @Test
  void approvedThenTheArgumentMeansAnotherDeviceByARename() {
    grant();
    var other = FlowWorld.reading(OWN, "2", "server", "renamed");
    world.put(other);
    assertRefused(resume(), ReasonCode.TENANT_MISMATCH);
  }

  @Test
  void approvedThenTheToolIsNotAsItWas() {
    grant();
    world.vendor.changed(Set.of(WIPE));
    assertRefused(resume(), ReasonCode.TOOL_CHANGED);
  }

  @Test
  void aSecondDecisionThatDeniesIsADeny() {
    grant();
    world.policy.forget();
    world.policy.ask(WIPE, BOTH);
    world.policy.when(
        q -> !q.approvals().isEmpty(),
        new Decision.Deny(ReasonCode.OUTSIDE_WINDOW, List.of("window"), "closed"));
    assertRefused(resume(), ReasonCode.OUTSIDE_WINDOW);
    assertThat(stored(proposal).state()).isEqualTo(Proposal.State.GRANTED);
  }
}
