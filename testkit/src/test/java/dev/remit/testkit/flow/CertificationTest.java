package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static dev.remit.testkit.flow.FlowRelease.NORTHWIND;
import static dev.remit.testkit.flow.FlowRelease.RESTART;
import static dev.remit.testkit.flow.FlowRelease.WIPE;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static dev.remit.testkit.flow.FlowWorld.OWN_TOO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.approval.ProposalId;
import dev.remit.core.call.CallId;
import dev.remit.core.evidence.Entry.Kind;
import dev.remit.core.execution.Cut;
import dev.remit.core.flow.CallResult;
import dev.remit.core.flow.OwnCalls;
import dev.remit.core.flow.PlanRequest;
import dev.remit.core.flow.TaskResult;
import dev.remit.core.identity.AutonomyLevel;
import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.Person;
import dev.remit.core.identity.PersonId;
import dev.remit.core.oversight.Certifications;
import dev.remit.core.oversight.Certifications.Stored;
import dev.remit.core.release.Release;
import dev.remit.core.tenant.Environment;
import dev.remit.testkit.FakeAuthenticator;
import dev.remit.testkit.flow.Crowd.Human;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What overseers look at, and whose look counts. */
class CertificationTest extends Overseen {

  @Test
  void anEffectIsLookedAtOnceHoweverOftenTheLogIsRead() {
    var call = restarted(OWN);
    oversee();
    world.restart();
    oversee();
    assertThat(waiting()).containsExactly(call);
    assertThat(rung(SERVICE).evidence().done()).isEqualTo(1);
  }

  @Test
  void aLowEffectOutsideTheShareIsNotLookedAt() {
    world.draw = call -> 99;
    world.restart();
    restarted(OWN);
    assertThat(waiting()).isEmpty();
    assertThat(rung(SERVICE).evidence().done()).isEqualTo(1);
  }

  @Test
  void whatIsAboveLowIsAlwaysLookedAt() {
    world.draw = call -> 99;
    world.restart();
    world.open();
    assertThat(world.call(WIPE, OWN)).isInstanceOf(CallResult.Answered.class);
    oversee();
    assertThat(waiting()).hasSize(1);
  }

  @Test
  void aReadAndARefusalAreNot() {
    world.open();
    world.call(FlowRelease.HEALTH, OWN);
    world.policy.deny(RESTART, dev.remit.core.decision.ReasonCode.GUARDRAIL);
    world.call(RESTART, OWN);
    oversee();
    assertThat(waiting()).isEmpty();
    assertThat(rung(SERVICE).evidence().refusals()).isEqualTo(1);
  }

  @Test
  void whatAnOverseerCertifiesIsInTheTenantsLogWithTheSignature() {
    var call = restarted(OWN);
    assertThat(certify(otto, call)).isEqualTo(new Stored(1));
    assertThat(waiting()).isEmpty();
    var entry = world.entries(Kind.CERTIFIED, call).getFirst();
    assertThat(entry.fields().text("person")).contains("staff/otto");
    assertThat(entry.fields().text("signature")).isPresent();
    assertThat(entry.fields().items("signedOutcomes")).hasSize(1);
    oversee();
    assertThat(rung(SERVICE).evidence().certified()).isEqualTo(1);
    assertThat(level()).isEqualTo(AutonomyLevel.SUPERVISED);
  }

  @Test
  void oneGestureCertifiesSeveralAllOrNone() {
    var one = restarted(OWN);
    var two = restarted(OWN_TOO);
    var both = signed(otto, false, one, two);
    assertNotTaken(certify(otto, both, one), "");
    assertNotTaken(certify(otto, both, two, one), "");
    assertNotTaken(certify(otto, both, one, two, two), "each of them once");
    assertThat(certify(otto, both, one, two)).isEqualTo(new Stored(2));
    assertThat(world.entries(Kind.CERTIFIED)).hasSize(2);
    assertThat(waiting()).isEmpty();
  }

  @Test
  void anObjectionPutsItBackToProposeAtOnce() {
    world.policy.when(
        question -> question.autonomy() == AutonomyLevel.PROPOSE,
        new dev.remit.core.decision.Decision.Deny(
            dev.remit.core.decision.ReasonCode.GUARDRAIL, List.of("remit.autonomy"), ""));
    var call = restarted(OWN);
    assertThat(object(otto, call)).isEqualTo(new Stored(1));
    assertThat(level()).isEqualTo(AutonomyLevel.PROPOSE);
    assertThat(world.call(RESTART, OWN_TOO)).isInstanceOf(CallResult.Refused.class);
    var fall = falls().getFirst();
    assertThat(fall.fields().text("cause")).contains("objection");
    assertThat(fall.fields().text("from")).contains("supervised");
    assertThat(world.entries(Kind.OBJECTED, call)).hasSize(1);
  }

  @Test
  void anObjectionSaysWhy() {
    var call = restarted(OWN);
    var result =
        desk().certify(otto.person(), HARBOR, true, List.of(call), " ", signed(otto, true, call));
    assertNotTaken(result, "say why");
  }

  // Who does not count

  @Test
  void whoOpenedTheTicketDoesNotCertifyIt() {
    var requester = crowd.enrolled(Crowd.msp("contact-500", "overseers"), crowd.ada);
    assertNotTaken(certify(requester, restarted(OWN)), "you opened the ticket");
  }

  @Test
  void whoOwnsTheAgentDoesNotCertifyIt() {
    var owner = crowd.enrolled(Crowd.msp("oona", "ops", "overseers"), crowd.ada);
    assertNotTaken(certify(owner, restarted(OWN)), "you own this agent");
  }

  @Test
  void whoMayWritePolicyDoesNotWhileNobodyKnowsWhoDid() {
    var author = crowd.enrolled(Crowd.msp("wim", "engineers", "overseers"), crowd.ada);
    assertNotTaken(certify(author, restarted(OWN)), "you wrote the policy");
  }

  @Test
  void theAuthorOfTheVersionDoesNotAndStaysOutWhenAnotherComesIntoForce() {
    world.releases.activate(by(Set.of(otto.person().id())), world.policy);
    var call = restarted(OWN);
    assertNotTaken(certify(otto, call), "you wrote the policy");
    world.releases.activate(by(Set.of(new PersonId("staff", "other"))), world.policy);
    assertNotTaken(certify(otto, call), "you wrote the policy");
  }

  private static Release by(Set<PersonId> authors) {
    var r = FlowRelease.of("v1");
    return new Release(
        r.version(),
        r.organisation(),
        r.tenants(),
        r.agentClasses(),
        r.orchestrators(),
        r.taskClasses(),
        r.tools(),
        r.connectors(),
        r.ticketConnector(),
        r.people(),
        authors);
  }

  @Test
  void whoApprovedItDoesNotCertifyItUnderAnyAccount() {
    var both = crowd.enrolled(Crowd.msp("bea", "seniors", "overseers"), crowd.ada);
    var call = approvedBy(both);
    assertNotTaken(certify(both, call), "you approved this");
    assertNotTaken(certify(crowd.enrolled(twinOf(both), crowd.ada), call), "you approved this");
    assertThat(certify(otto, call)).isEqualTo(new Stored(1));
  }

  @Test
  void whoApprovedAPlanCertifiesNoneOfItsSteps() {
    var both = crowd.enrolled(Crowd.msp("bea", "seniors", "overseers"), crowd.ada);
    world.open();
    world.policy.ask(WIPE, Duration.ofMinutes(30));
    var steps =
        List.of(
            new PlanRequest.Step(RESTART, FlowWorld.on(OWN), List.of()),
            new PlanRequest.Step(WIPE, FlowWorld.on(OWN_TOO), List.of()));
    var plan =
        WaitingWipe.waiting(
            world.drivers().proposePlan(new PlanRequest(world.desk, Optional.empty(), steps)));
    crowd.grant(both, plan);
    assertThat(world.drivers().resume(world.desk, plan, new Cut()))
        .isInstanceOf(CallResult.Planned.class);
    oversee();
    assertThat(waiting()).hasSize(2);
    for (var call : waiting()) {
      assertNotTaken(certify(both, call), "you approved this");
    }
  }

  @Test
  void whoDidItThemselvesDoesNotCertifyIt() {
    var hand = crowd.enrolled(Crowd.msp("hana", "hands", "overseers"), crowd.ada);
    var calls = world.drivers().ownCalls();
    var seat =
        new OwnCalls.Seat(hand.person(), HARBOR, world.clock.instant().plus(Duration.ofHours(8)));
    var wish =
        new OwnCalls.Wish(
            Environment.PRODUCTION,
            "service",
            "500",
            Set.of(FlowWorld.device(OWN)),
            Set.of(),
            Optional.of("please"));
    var task = ((TaskResult.Told) calls.open(seat, wish)).task();
    var result =
        calls.call(seat, task.id(), RESTART, FlowWorld.on(OWN), Optional.empty(), new Cut());
    assertThat(result).isInstanceOf(CallResult.Answered.class);
    oversee();
    var call = ((CallResult.Answered) result).call();
    assertNotTaken(certify(hand, call), "you did this yourself");
    assertThat(certify(otto, call)).isEqualTo(new Stored(1));
    assertThat(falls()).isEmpty();
  }

  private CallId approvedBy(Human human) {
    world.open();
    world.policy.ask(WIPE, Duration.ofMinutes(30));
    ProposalId handle = WaitingWipe.waiting(world.call(WIPE, OWN));
    crowd.grant(human, handle);
    var result = world.drivers().resume(world.desk, handle, new Cut());
    assertThat(result).isInstanceOf(CallResult.Answered.class);
    oversee();
    return ((CallResult.Answered) result).call();
  }

  private static Person twinOf(Human human) {
    var p = human.person();
    return new Person(
        new PersonId("staff", "twin"),
        "twin",
        p.organisation(),
        Set.of("overseers"),
        p.email().map(String::toUpperCase),
        p.signedInAt());
  }

  @Test
  void whoDoesNotOverseeDoesNotCertify() {
    var call = restarted(OWN);
    for (var human : List.of(crowd.sam, crowd.ada, crowd.hanna)) {
      assertNotTaken(certify(human, call), "this is for those who oversee");
    }
    assertThat(desk().open(crowd.hanna.person(), HARBOR, Optional.empty(), 10).items()).hasSize(1);
  }

  @Test
  void aClientSeesNothingOfAnother() {
    restarted(OWN);
    var stranger =
        Crowd.person("northwind", "nora", new Organisation.Client(NORTHWIND), "it-approvers");
    assertThat(desk().open(stranger, HARBOR, Optional.empty(), 10).items()).isEmpty();
    assertThat(world.drivers().promotions().levels(stranger, HARBOR)).isEmpty();
    assertThat(world.drivers().promotions().levels(stranger, NORTHWIND)).isNotEmpty();
    var liar = Crowd.person("northwind", "nora", new Organisation.Msp(), "overseers");
    assertThat(desk().open(liar, HARBOR, Optional.empty(), 10).items()).isEmpty();
    assertThat(desk().ask(liar, HARBOR, false, List.of(new CallId("x"))))
        .isInstanceOf(Certifications.NotTaken.class);
  }

  // What is not signed

  @Test
  void aSignatureServesForNoOtherEffectVerdictOrPerson() {
    var one = restarted(OWN);
    var two = restarted(OWN_TOO);
    var other = crowd.enrolled(Crowd.msp("orla", "overseers"), crowd.ada);
    assertNotTaken(certify(otto, signed(otto, false, one), two), "");
    assertNotTaken(certify(otto, signed(otto, true, one), one), "");
    assertNotTaken(certify(other, signed(otto, false, one), one), "no key of yours");
    assertThat(waiting()).hasSize(2);
  }

  @Test
  void aSignatureServesOnce() {
    var call = restarted(OWN);
    var assertion = signed(otto, false, call);
    assertThat(certify(otto, assertion, call)).isEqualTo(new Stored(1));
    assertThat(certify(otto, assertion, call)).isInstanceOf(Certifications.NotTaken.class);
    assertThat(world.entries(Kind.CERTIFIED)).hasSize(1);
  }

  @Test
  void nothingIsCertifiedWithoutAKeyOrFromAnotherOrigin() {
    var call = restarted(OWN);
    var keyless = Crowd.human(Crowd.msp("kim", "overseers"));
    assertNotTaken(certify(keyless, call), "no key of yours");
    otto.key().at("https://elsewhere.example");
    assertNotTaken(certify(otto, call), "");
    otto.key().at(FakeAuthenticator.ORIGIN).withoutUserVerification();
    assertNotTaken(certify(otto, call), "");
  }

  @Test
  void aCopiedKeyCertifiesNothing() {
    var one = restarted(OWN);
    var two = restarted(OWN_TOO);
    otto.key().counterAt(40);
    assertThat(certify(otto, one)).isEqualTo(new Stored(1));
    otto.key().counterAt(10);
    assertThat(certify(otto, two)).isInstanceOf(Certifications.NotTaken.class);
    assertThat(waiting()).containsExactly(two);
  }

  @Test
  void thereIsNothingToCertifyThatTheLogDoesNotHave() {
    restarted(OWN);
    assertNotTaken(certify(otto, new CallId("made-up")), "there is no such effect");
  }
}
