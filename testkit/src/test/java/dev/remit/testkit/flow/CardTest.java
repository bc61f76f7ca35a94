package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static dev.remit.testkit.flow.FlowRelease.NORTHWIND;
import static dev.remit.testkit.flow.FlowRelease.WIPE;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static dev.remit.testkit.flow.FlowWorld.OWN_TOO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.approval.Verdict;
import dev.remit.core.flow.Approvals.NoSuchProposal;
import dev.remit.core.identity.Organisation;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What people see of a proposal, and who sees nothing. */
class CardTest extends WaitingWipe {
  @Test
  void aCardShowsWhatWillHappen() {
    var card = crowd.card(crowd.sam, proposal).orElseThrow();
    assertThat(card.tenantName()).isEqualTo("Harbor Dental");
    assertThat(card.action()).isEqualTo(WIPE);
    assertThat(card.risk()).isEqualTo("destructive");
    assertThat(card.arguments()).isEqualTo(FlowWorld.on(OWN));
    assertThat(card.targets())
        .singleElement()
        .satisfies(target -> {
          assertThat(target.id()).isEqualTo(OWN);
          assertThat(target.binding()).containsExactly("role");
          assertThat(target.attributes().text("role")).contains("workstation");
        });
    assertThat(card.openedBy()).isEqualTo("contact-500");
    assertThat(card.agentOwner()).isEqualTo("ops");
    assertThat(card.needs()).hasSize(2);
    assertThat(card.prompt()).contains("please");
    assertThat(card.mayAnswer()).isTrue();
    assertThat(card.keys()).containsExactly(crowd.sam.key().credentialId());
  }

  @Test
  void whoMayNotAnswerIsToldWhyAndGetsNothingToSign() {
    var card = crowd.card(crowd.olga, proposal).orElseThrow();
    assertThat(card.mayAnswer()).isFalse();
    assertThat(card.whyNot()).contains("you own this agent");
    assertThat(card.grantChallenge()).isEmpty();
    assertThat(card.refuseChallenge()).isEmpty();
    var keyless = Crowd.msp("nobody", "seniors");
    assertThat(crowd.approvals().card(keyless, HARBOR, proposal).orElseThrow().whyNot())
        .contains("you have no key that counts yet");
  }

  @Test
  void theInboxIsPagedByTheMostUrgent() {
    waiting(OWN_TOO);
    var first = crowd.approvals().inbox(crowd.sam.person(), Optional.empty(), 1);
    assertThat(first.cards()).hasSize(1);
    var second = crowd.approvals().inbox(crowd.sam.person(), first.next(), 1);
    assertThat(second.cards()).hasSize(1);
    assertThat(second.next()).isEmpty();
    assertThat(second.cards().getFirst().id()).isNotEqualTo(first.cards().getFirst().id());
  }

  @Test
  void anotherClientSeesNothing() {
    var north =
        Crowd.human(
            Crowd.person("northwind", "nina", new Organisation.Client(NORTHWIND), "it-approvers"));
    assertThat(crowd.approvals().card(north.person(), HARBOR, proposal)).isEmpty();
    assertThat(crowd.approvals().inbox(north.person(), Optional.empty(), 10).cards()).isEmpty();
    assertThat(crowd.grant(north, proposal)).isEqualTo(new NoSuchProposal());
    assertThat(crowd.answer(crowd.hanna, NORTHWIND, proposal, Verdict.GRANT))
        .isEqualTo(new NoSuchProposal());
  }
}
