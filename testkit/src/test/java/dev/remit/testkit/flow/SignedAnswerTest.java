package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static dev.remit.testkit.flow.FlowWorld.OWN_TOO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.approval.Assertion;
import dev.remit.core.approval.Verdict;
import dev.remit.core.evidence.Entry.Kind;
import dev.remit.core.flow.Approvals.Counted;
import dev.remit.core.tenant.TenantId;
import dev.remit.testkit.FakeAuthenticator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What has to be signed, and by which key, so that an answer counts. */
class SignedAnswerTest extends WaitingWipe {
  @Test
  void hostileCase25ASessionWithoutASignatureAnswersNothing() {
    var id = crowd.sam.key().credentialId();
    for (var nothing :
        List.of(new Assertion(id, "", "", ""), new Assertion(id, "e30", "AA", "!!not base64"))) {
      assertNotCounted(crowd.answer(crowd.sam, HARBOR, proposal, Verdict.GRANT, nothing), "");
    }
  }

  @Test
  void anAnswerForAnotherProposalDoesNotCount() {
    var other = waiting(OWN_TOO);
    var signed = crowd.signed(crowd.sam, HARBOR, other, Verdict.GRANT);
    assertNotCounted(
        crowd.answer(crowd.sam, HARBOR, proposal, Verdict.GRANT, signed), "something else");
  }

  @Test
  void aRefusalIsNotTurnedIntoAGrant() {
    var signed = crowd.signed(crowd.sam, HARBOR, proposal, Verdict.REFUSE);
    assertNotCounted(
        crowd.answer(crowd.sam, HARBOR, proposal, Verdict.GRANT, signed), "something else");
  }

  @Test
  void anotherPersonsKeyDoesNotCount() {
    var signed = crowd.signed(crowd.sue, HARBOR, proposal, Verdict.GRANT);
    assertNotCounted(
        crowd.answer(crowd.sam, HARBOR, proposal, Verdict.GRANT, signed), "no key of yours");
  }

  @Test
  void aKeyThatNobodyAnsweredForDoesNotCount() {
    var stranger = Crowd.human(Crowd.msp("new", "seniors"));
    crowd.keys().ask(stranger.person(), crowd.keyOf(stranger));
    assertNotCounted(crowd.grant(stranger, proposal), "no key of yours");
  }

  @Test
  void anAnswerWithoutUserVerificationDoesNotCount() {
    crowd.sam.key().withoutUserVerification();
    assertNotCounted(crowd.grant(crowd.sam, proposal), "not verified");
  }

  @Test
  void anAnswerFromAnotherOriginDoesNotCount() {
    crowd.sam.key().at("https://remit.example.evil.test");
    assertNotCounted(crowd.grant(crowd.sam, proposal), "something else");
  }

  @Test
  void aCounterThatGoesBackIsRefused() {
    crowd.sam.key().counterAt(100);
    var first = waiting(OWN_TOO);
    assertThat(crowd.grant(crowd.sam, first)).isInstanceOf(Counted.class);
    crowd.sam.key().counterAt(50);
    assertNotCounted(crowd.grant(crowd.sam, proposal), "used elsewhere");
    crowd.sam.key().counterAt(101);
    assertThat(crowd.grant(crowd.sam, proposal)).isInstanceOf(Counted.class);
  }

  @Test
  void theSameCounterTwiceIsRefused() {
    crowd.sam.key().counterAt(100);
    assertThat(crowd.grant(crowd.sam, waiting(OWN_TOO))).isInstanceOf(Counted.class);
    crowd.sam.key().counterAt(100);
    assertNotCounted(crowd.grant(crowd.sam, proposal), "used elsewhere");
  }

  @Test
  void aKeyThatNeverCountsIsNoCopy() {
    var fresh = crowd.enrolled(Crowd.msp("zoe", "seniors"), crowd.ada);
    fresh.key().counterAt(-1);
    assertThat(crowd.grant(fresh, proposal)).isInstanceOf(Counted.class);
    fresh.key().counterAt(-1);
    assertThat(crowd.grant(fresh, waiting(OWN_TOO))).isInstanceOf(Counted.class);
  }

  @Test
  void aRemovedKeyDoesNotCount() {
    crowd.keys().remove(crowd.sam.person(), crowd.sam.key().credentialId());
    assertNotCounted(crowd.grant(crowd.sam, proposal), "no key of yours");
  }

  @Test
  void evidenceHoldsTheSignatureItself() {
    crowd.grant(crowd.sam, proposal);
    assertThat(world.ofTasks(Kind.ANSWERED))
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.fields().text("signature")).isPresent();
          assertThat(entry.fields().text("person")).contains("staff/sam");
        });
    assertThat(new FakeAuthenticator("x").credential()).isNotBlank();
    assertThat(TenantId.OPERATOR).isNotEqualTo(HARBOR);
  }
}
