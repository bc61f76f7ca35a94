package dev.remit.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.approval.Asker;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Subject;
import dev.remit.core.evidence.Entry;
import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.Autonomy;
import dev.remit.core.identity.AutonomyLevel;
import dev.remit.core.identity.PersonId;
import dev.remit.core.register.AgentState;
import dev.remit.core.register.Boundaries;
import dev.remit.core.register.LaunchCase;
import dev.remit.core.register.Move;
import dev.remit.core.register.RegisterLedger;
import dev.remit.core.register.RegisterLedger.Signed;
import dev.remit.core.register.Registration;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The contract of the register of agents. */
public abstract class RegisterLedgerContract extends ApprovalLedgerContract {
  private static final AgentClassId CLERK = new AgentClassId("asset-clerk");
  private static final Boundaries BOUNDARIES =
      new Boundaries(
          Set.of("asset-clerk/harbor-dental/production/observe"),
          Set.of("asset-clerk/harbor-dental/production/observe"),
          Map.of("query", Set.of("assets_query", "assets_list")),
          Map.of("harbor-dental/query", Set.of("assets_query")),
          Map.of("query", new Autonomy.Range(AutonomyLevel.PROPOSE, AutonomyLevel.BOUNDED)),
          "provider",
          "ops",
          Optional.of("staff/sam"),
          Optional.of(new AgentClass.Escalation("ops", "seniors")));

  /** Stores with a register. */
  protected interface Registered extends ApprovalSamples.Stores {
    RegisterLedger register();
  }

  private RegisterLedger register() {
    return ((Registered) stores).register();
  }

  private Move move(AgentState state, long follows, Entry.Kind kind) {
    var like = entry(TenantId.OPERATOR);
    var entry =
        new Entry(
            like.id(),
            TenantId.OPERATOR,
            kind,
            Optional.empty(),
            Optional.empty(),
            NOW,
            Value.object("agentClass", CLERK.value(), "revision", follows + 1),
            Value.Obj.EMPTY,
            like.salt());
    var registration =
        new Registration(
            CLERK,
            state,
            follows + 1,
            state == AgentState.PROPOSED ? Optional.empty() : Optional.of(BOUNDARIES),
            "test",
            NOW,
            state == AgentState.PROPOSED ? Optional.empty() : Optional.of(NOW),
            entry.id());
    return new Move(registration, follows, entry);
  }

  private Move launch(long follows) {
    return move(AgentState.ACTIVE, follows, Entry.Kind.AGENT_LAUNCHED);
  }

  private Optional<Registration> row() {
    return register().all().stream().filter(row -> row.agentClass().equals(CLERK)).findFirst();
  }

  @Test
  void aRegistrationIsFoundAsItWasWritten() {
    var proposed = move(AgentState.PROPOSED, 0, Entry.Kind.AGENT_PROPOSED);
    assertThat(register().move(proposed)).isTrue();
    assertThat(row()).contains(proposed.registration());
    var launched = launch(1);
    assertThat(register().move(launched)).isTrue();
    assertThat(row()).contains(launched.registration());
    assertThat(register().told()).containsEntry(CLERK, 2L);
    assertThat(told(TenantId.OPERATOR, Entry.Kind.AGENT_LAUNCHED)).isEqualTo(1);
  }

  @Test
  void whatWasLaunchedIsWithinItselfWhenItIsReadAgain() {
    register().move(launch(0));
    assertThat(row().orElseThrow().isActive(BOUNDARIES)).isTrue();
    assertThat(Boundaries.parse(BOUNDARIES.value())).isEqualTo(BOUNDARIES);
  }

  @Test
  void aChangeThatFollowsAnotherRevisionIsNone() {
    assertThat(register().move(launch(1))).as("no row").isFalse();
    register().move(launch(0));
    assertThat(register().move(launch(0))).as("there is one").isFalse();
    assertThat(register().move(launch(7))).as("another one").isFalse();
    assertThat(told(TenantId.OPERATOR, Entry.Kind.AGENT_LAUNCHED)).isEqualTo(1);
  }

  @Test
  void changesAtOnceAreOne() throws Exception {
    register().move(launch(0));
    var done =
        together(
            8, n -> register().move(move(AgentState.SUSPENDED, 1, Entry.Kind.AGENT_SUSPENDED)));
    assertThat(done).filteredOn(one -> one).hasSize(1);
    assertThat(told(TenantId.OPERATOR, Entry.Kind.AGENT_SUSPENDED)).isEqualTo(1);
  }

  @Test
  void whatIsRetiredNeverComesBack() {
    register().move(launch(0));
    assertThat(register().move(move(AgentState.RETIRED, 1, Entry.Kind.AGENT_RETIRED))).isTrue();
    assertThat(register().move(launch(2))).isFalse();
    var proposal = wish();
    assertThat(register().launch(proposal, operator(Entry.Kind.PROPOSAL_GRANTED), launch(2)))
        .isFalse();
    assertThat(stateOf(proposal)).isEqualTo(Proposal.State.OPEN);
  }

  @Test
  void aLaunchUsesItsProposalUpOnce() {
    var proposal = wish();
    assertThat(register().launch(proposal, operator(Entry.Kind.PROPOSAL_GRANTED), launch(0)))
        .isTrue();
    assertThat(stateOf(proposal)).isEqualTo(Proposal.State.CONSUMED);
    assertThat(register().launch(proposal, operator(Entry.Kind.PROPOSAL_GRANTED), launch(1)))
        .isFalse();
    assertThat(row().orElseThrow().revision()).isEqualTo(1);
    assertThat(told(TenantId.OPERATOR, Entry.Kind.PROPOSAL_GRANTED)).isEqualTo(1);
  }

  @Test
  void aLaunchThatIsOvertakenLeavesItsProposalOpen() {
    register().move(launch(0));
    var proposal = wish();
    assertThat(register().launch(proposal, operator(Entry.Kind.PROPOSAL_GRANTED), launch(0)))
        .isFalse();
    assertThat(stateOf(proposal)).isEqualTo(Proposal.State.OPEN);
    assertThat(told(TenantId.OPERATOR, Entry.Kind.PROPOSAL_GRANTED)).isZero();
  }

  private Proposal.State stateOf(Proposal proposal) {
    return stores.proposals().find(TenantId.OPERATOR, proposal.id()).orElseThrow().state();
  }

  private Proposal wish() {
    var subject =
        new Subject.OfLaunch(
            CLERK, BOUNDARIES.value(), 0, SAM, new Asker(SUE, Optional.of("digest")), "why");
    var asked = ask(LaunchCase.proposal(new ProposalId(entry(HARBOR).id()), subject, NOW));
    assertThat(stores.proposals().find(TenantId.OPERATOR, asked.id()).map(Proposal::subject))
        .contains(subject);
    return asked;
  }

  @Test
  void anOwnersSignatureCountsByTheOwnersKeyAndMovesItsCounter() {
    enrol(SAM);
    register().move(launch(0));
    assertThat(certify(1, SUE, 1)).isEqualTo(Signed.KEY_REFUSED);
    assertThat(certify(7, SAM, 1)).isEqualTo(Signed.CHANGED);
    assertThat(certify(1, SAM, 5)).isEqualTo(Signed.DONE);
    assertThat(stores.keys().find(credentialOf(SAM)).orElseThrow().counter()).isEqualTo(5);
    assertThat(certify(2, SAM, 5)).as("a copied key").isEqualTo(Signed.KEY_REFUSED);
    assertThat(told(TenantId.OPERATOR, Entry.Kind.AGENT_CERTIFIED)).isEqualTo(1);
  }

  private Signed certify(long follows, PersonId person, long counter) {
    return register()
        .certify(
            move(AgentState.ACTIVE, follows, Entry.Kind.AGENT_CERTIFIED),
            person,
            credentialOf(SAM),
            counter,
            NOW);
  }

  @Test
  void aPersonGoesOnce() {
    assertThat(register().gone()).isEmpty();
    assertThat(register().gone(SAM, NOW, gone(SAM))).isTrue();
    assertThat(register().gone(SAM, NOW, gone(SAM))).isFalse();
    assertThat(register().gone()).containsExactly(SAM);
    assertThat(told(TenantId.OPERATOR, Entry.Kind.PERSON_GONE)).isEqualTo(1);
  }

  private Entry gone(PersonId person) {
    var like = entry(TenantId.OPERATOR);
    return new Entry(
        like.id(),
        TenantId.OPERATOR,
        Entry.Kind.PERSON_GONE,
        Optional.empty(),
        Optional.empty(),
        NOW,
        Value.object("person", person.text()),
        Value.Obj.EMPTY,
        like.salt());
  }
}
