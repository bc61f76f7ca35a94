package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static dev.remit.testkit.flow.FlowRelease.WIPE;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static dev.remit.testkit.flow.FlowWorld.OWN_TOO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.approval.Answer;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Verdict;
import dev.remit.core.call.CallRequest;
import dev.remit.core.decision.Decision;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.Entry.Kind;
import dev.remit.core.execution.Cut;
import dev.remit.core.execution.Outcome;
import dev.remit.core.flow.CallResult;
import dev.remit.core.flow.CallResult.Answered;
import dev.remit.core.flow.CallResult.Joined;
import dev.remit.core.flow.CallResult.Refused;
import dev.remit.core.flow.CallResult.Waiting;
import dev.remit.core.flow.Drivers;
import dev.remit.core.identity.PersonFunction;
import dev.remit.core.kill.KillScope;
import dev.remit.core.release.People;
import dev.remit.core.release.Release;
import dev.remit.core.release.VersionId;
import dev.remit.core.task.Task;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a granted approval releases, and what it does not. */
class ResumeTest {
  private final FlowWorld world = new FlowWorld();
  private final Crowd crowd = new Crowd(world);
  private ProposalId proposal = new ProposalId("none");
  private Task task = world.open();

  @BeforeEach
  void aWipeWaits() {
    world.policy.ask(WIPE, AnswerTest.BOTH);
    world.seeInventory();
    proposal = waiting(world.call(WIPE, OWN));
    world.watch.forget();
  }

  private static ProposalId waiting(CallResult result) {
    assertThat(result).isInstanceOf(Waiting.class);
    return ((Waiting) result).handle();
  }

  private void grant() {
    grant(proposal);
  }

  private void grant(ProposalId id) {
    crowd.grant(crowd.sam, id);
    crowd.grant(crowd.hanna, id);
    assertThat(state(id)).isEqualTo(Proposal.State.GRANTED);
    world.watch.forget();
  }

  private Proposal.State state(ProposalId id) {
    return world.ledgers.proposals().find(HARBOR, id).orElseThrow().state();
  }

  private CallResult resume() {
    return resume(world.drivers());
  }

  private CallResult resume(Drivers process) {
    return process.resume(world.desk, proposal, new Cut());
  }

  private void assertDone(CallResult result) {
    assertThat(result)
        .isInstanceOfSatisfying(
            Answered.class, a -> assertThat(a.outcome()).isEqualTo(Outcome.SUCCEEDED));
    assertThat(wipes()).isEqualTo(1);
  }

  private long wipes() {
    return world.vendor.sent().stream().filter(sent -> sent.tool().name().equals(WIPE)).count();
  }

  private void assertRefused(CallResult result, ReasonCode reason) {
    assertThat(result)
        .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.reason()).isEqualTo(reason));
    assertThat(wipes()).isZero();
  }

  @Test
  void aGrantedCallRunsOnce() {
    grant();
    assertDone(resume());
    assertThat(state(proposal)).isEqualTo(Proposal.State.CONSUMED);
    assertThat(world.intents()).hasSize(1);
    assertThat(world.intents().getFirst().fields().text("proposal")).isPresent();
  }

  @Test
  void beforeTheLastAnswerItOnlyWaits() {
    crowd.grant(crowd.sam, proposal);
    assertThat(resume()).isInstanceOf(Waiting.class);
    assertThat(world.isAnythingSent()).isFalse();
  }

  @Test
  void theTargetIsReadAgainBeforeTheSecondDecision() {
    grant();
    resume();
    var events = world.watch.events();
    assertThat(events.indexOf("vendor.read")).isNotNegative();
    assertThat(events.indexOf("vendor.read")).isLessThan(events.lastIndexOf("calls.admit"));
    assertThat(events.indexOf("inventory.update")).isLessThan(events.lastIndexOf("calls.admit"));
  }

  @Test
  void theSecondDecisionHoldsTheApproval() {
    grant();
    resume();
    assertThat(world.policy.asked().getLast().approvals()).containsExactly("both");
  }

  @Test
  void askedAgainItIsTheSameOutcome() {
    grant();
    var first = resume();
    assertThat(resume()).isEqualTo(first);
    world.pass(Duration.ofMinutes(9));
    assertDone(resume());
  }

  @Test
  void afterARestartItIsTheSameOutcome() {
    grant();
    var first = (Answered) resume();
    assertThat(resume(world.restart()))
        .isInstanceOfSatisfying(
            Answered.class,
            again -> {
              assertThat(again.call()).isEqualTo(first.call());
              assertThat(again.outcome()).isEqualTo(first.outcome());
            });
    assertThat(wipes()).isEqualTo(1);
  }

  @Test
  void aRestartBetweenAnswerAndUseLosesNothing() {
    grant();
    assertDone(resume(world.restart()));
  }

  @Test
  void anotherReplicaMayRunIt() {
    grant();
    assertDone(resume(world.process("two")));
    assertThat(resume()).isInstanceOf(Answered.class);
    assertThat(wipes()).isEqualTo(1);
  }

  @Test
  void twoResumesAtOnceMakeOneEffect() {
    grant();
    var results = Together.all(8, this::resume);
    assertThat(wipes()).isEqualTo(1);
    assertThat(results).allMatch(r -> r instanceof Answered || r instanceof Joined);
    assertThat(results).anyMatch(Answered.class::isInstance);
  }

  @Test
  void twoReplicasAtOnceMakeOneEffect() {
    grant();
    var two = world.process("two");
    var one = Together.start(this::resume);
    var other = Together.start(() -> resume(two));
    assertThat(List.of(Together.await(one), Together.await(other)))
        .anyMatch(Answered.class::isInstance);
    assertThat(wipes()).isEqualTo(1);
  }

  @Test
  void thePlainCallAgainRunsItToo() {
    grant();
    assertDone(world.call(WIPE, OWN));
    assertThat(state(proposal)).isEqualTo(Proposal.State.CONSUMED);
  }

  @Test
  void thePlainCallAfterwardsIsTheSameOutcomeAndAsksNobody() {
    grant();
    resume();
    assertDone(world.call(WIPE, OWN));
    assertThat(world.ofTasks(Kind.PROPOSED)).hasSize(1);
  }

  @Test
  void aNewIdempotencyKeyAsksAnew() {
    grant();
    resume();
    var again =
        world
            .drivers()
            .call(
                new CallRequest(
                    world.desk, WIPE, FlowWorld.on(OWN), Optional.empty(), Optional.of("again")),
                new Cut());
    assertThat(waiting(again)).isNotEqualTo(proposal);
    assertThat(wipes()).isEqualTo(1);
  }

  @Test
  void laterTheSameCallAsksAnew() {
    grant();
    resume();
    world.pass(Duration.ofMinutes(11));
    assertThat(waiting(world.call(WIPE, OWN))).isNotEqualTo(proposal);
  }

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
        new Decision.NeedsApproval(List.of("another-policy"), List.of(AnswerTest.BOTH)));
    assertRefused(resume(), ReasonCode.APPROVAL_STALE);
    assertThat(state(proposal)).isEqualTo(Proposal.State.STALE);
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
    var b = AnswerTest.BOTH;
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
                change.apply(r.people())),
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
    assertThat(state(proposal)).isEqualTo(Proposal.State.STALE);
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
  void whileTheSystemIsAwayNothingIsUsedUp() {
    grant();
    world.watch.takeAway("vendor.read");
    assertThat(resume()).isInstanceOf(Refused.class);
    world.watch.bringBack();
    assertThat(state(proposal)).isEqualTo(Proposal.State.GRANTED);
    assertDone(resume());
  }

  @ParameterizedTest
  @ValueSource(strings = {"proposals.", "keys.", "calls.admit"})
  void whileTheStoreIsAwayNothingIsSentAndNothingIsUsedUp(String port) {
    grant();
    world.watch.takeAway(port);
    assertRefused(resume(), ReasonCode.EVIDENCE_UNAVAILABLE);
    world.watch.bringBack();
    assertDone(resume());
  }

  @Test
  void aSecondDecisionThatDeniesIsADeny() {
    grant();
    world.policy.forget();
    world.policy.ask(WIPE, AnswerTest.BOTH);
    world.policy.when(
        q -> !q.approvals().isEmpty(),
        new Decision.Deny(ReasonCode.OUTSIDE_WINDOW, List.of("window"), "closed"));
    assertRefused(resume(), ReasonCode.OUTSIDE_WINDOW);
    assertThat(state(proposal)).isEqualTo(Proposal.State.GRANTED);
  }

  @Test
  void afterItsTimeToUseItIsExpired() {
    grant();
    world.pass(AnswerTest.BOTH.useWithin());
    assertRefused(resume(), ReasonCode.APPROVAL_INSUFFICIENT);
    world.drivers().sweeper().tick();
    assertThat(state(proposal)).isEqualTo(Proposal.State.EXPIRED);
    assertThat(waiting(world.call(WIPE, OWN))).isNotEqualTo(proposal);
  }

  @Test
  void aTaskThatEndsTakesGrantedApprovalsWithIt() {
    grant();
    world.drivers().closeTask(world.desk, task.id(), Task.State.DONE);
    assertThat(state(proposal)).isEqualTo(Proposal.State.WITHDRAWN);
    assertRefused(resume(), ReasonCode.APPROVAL_INSUFFICIENT);
  }

  @Test
  void aKillTakesGrantedApprovalsWithIt() {
    grant();
    world.drivers().oversight().kill(KillScope.tenant(HARBOR), "officer", "test");
    assertThat(resume()).isInstanceOf(Refused.class);
    assertThat(wipes()).isZero();
  }

  @Test
  void anExpiredIdentityResumesNothing() {
    grant();
    var expired =
        new dev.remit.core.identity.Caller.Agent(
            world.desk.id(), world.desk.instance(), true, world.clock.instant());
    assertRefused(
        world.drivers().resume(expired, proposal, new Cut()), ReasonCode.IDENTITY_EXPIRED);
  }

  @Test
  void aCrashAfterTheLastAnswerIsMadeGoodByWhoeverLooks() {
    crowd.grant(crowd.sam, proposal);
    world.watch.takeAway("proposals.grant");
    assertThatThrownBy(() -> crowd.grant(crowd.hanna, proposal))
        .isInstanceOf(RuntimeException.class);
    assertThat(state(proposal)).isEqualTo(Proposal.State.OPEN);
    world.watch.bringBack();
    assertDone(resume(world.restart()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"after-intent", "after-send", "after-revoke"})
  void afterACrashInTheMiddleItIsNotRunAgain(String point) {
    grant();
    // The reading again is an effect of its own and sends no call; the crash is in the second.
    if (point.equals("after-send")) {
      world.points.crashAt(point);
    } else {
      world.points.at(point, () -> world.points.crashAt(point));
    }
    assertThatThrownBy(this::resume).isInstanceOf(Points.Crash.class);
    var before = wipes();
    var process = world.restart();
    assertThat(resume(process)).isInstanceOf(Joined.class);
    world.sweepFor(FlowWorld.SEND_WITHIN.plus(FlowWorld.SKEW).plusSeconds(2));
    assertThat(resume(process))
        .isInstanceOfSatisfying(
            Answered.class, a -> assertThat(a.outcome()).isEqualTo(Outcome.UNKNOWN));
    assertThat(wipes()).isEqualTo(before);
  }

  @Test
  void aStateWrittenByTheDatabasesAdministratorReleasesNothing() {
    world.ledgers.forge(
        p ->
            p.in(
                Proposal.State.GRANTED,
                Optional.of(world.clock.instant().plus(Duration.ofDays(1)))),
        answers -> answers);
    assertRefused(resume(), ReasonCode.APPROVAL_STALE);
    assertThat(world.isAnythingSentToChange()).isFalse();
  }

  private void forge(UnaryOperator<Answer> change) {
    world.ledgers.forge(p -> p, answers -> answers.stream().map(change).toList());
  }

  @Test
  void anAnswerWrittenByTheDatabasesAdministratorReleasesNothing() {
    var other = waiting(world.call(WIPE, OWN_TOO));
    grant(other);
    // Copied to the proposal at hand, with its state set.
    world.ledgers.forge(
        p ->
            p.in(
                Proposal.State.GRANTED,
                Optional.of(world.clock.instant().plus(Duration.ofDays(1)))),
        answers -> answers.stream().map(a -> with(a, proposal, a.groups(), a.verdict())).toList());
    assertRefused(resume(), ReasonCode.APPROVAL_STALE);
  }

  @Test
  void groupsWrittenIntoAnAnswerReleaseNothing() {
    crowd.grant(crowd.sam, proposal);
    crowd.grant(crowd.sue, proposal);
    forge(a -> {
      var more = new HashSet<>(a.groups());
      more.add("tenant.approvers");
      return with(a, a.proposal(), more, a.verdict());
    });
    assertThat(resume()).isInstanceOf(Waiting.class);
    assertThat(wipes()).isZero();
  }

  @Test
  void aRefusalTurnedIntoAGrantInTheDatabaseReleasesNothing() {
    crowd.grant(crowd.sam, proposal);
    crowd.refuse(crowd.hanna, proposal);
    forge(a -> with(a, a.proposal(), a.groups(), Verdict.GRANT));
    world.ledgers.forge(
        p ->
            p.in(
                Proposal.State.GRANTED,
                Optional.of(world.clock.instant().plus(Duration.ofDays(1)))),
        answers -> answers);
    assertRefused(resume(), ReasonCode.APPROVAL_STALE);
  }

  @Test
  void argumentsChangedInTheDatabaseReleaseNothing() {
    grant();
    world.ledgers.forge(
        p ->
            p.subject() instanceof dev.remit.core.approval.Subject.OfCall c
                ? new Proposal(
                    p.id(),
                    p.tenant(),
                    new dev.remit.core.approval.Subject.OfCall(
                        c.task(),
                        c.agent(),
                        c.instance(),
                        c.tool(),
                        FlowWorld.on(OWN_TOO),
                        c.idempotencyKey()),
                    p.digest(),
                    p.rules(),
                    p.parties(),
                    p.facts(),
                    p.askedAt(),
                    p.answerBy(),
                    p.useBy(),
                    p.state())
                : p,
        answers -> answers);
    assertRefused(resume(), ReasonCode.APPROVAL_STALE);
  }

  @Test
  void rulesSoftenedInTheDatabaseReleaseNothing() {
    crowd.grant(crowd.sam, proposal);
    var soft = new dev.remit.core.task.TaskClass.Answers(1, "msp.senior-technicians");
    var b = AnswerTest.BOTH;
    world.ledgers.forge(
        p ->
            new Proposal(
                p.id(),
                p.tenant(),
                p.subject(),
                p.digest(),
                List.of(
                    new dev.remit.core.task.TaskClass.AskRule(
                        b.id(), b.condition(), List.of(soft), b.answerWithin(), b.useWithin())),
                p.parties(),
                p.facts(),
                p.askedAt(),
                p.answerBy(),
                p.useBy(),
                p.state()),
        answers -> answers);
    resume();
    assertThat(wipes()).isZero();
  }

  private static Answer with(Answer a, ProposalId proposal, Set<String> groups, Verdict verdict) {
    return new Answer(
        proposal,
        a.person(),
        a.name(),
        a.organisation(),
        groups,
        a.emailDigest(),
        verdict,
        a.reason(),
        a.at(),
        a.assertion());
  }
}
