package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.CLERK;
import static dev.remit.testkit.flow.FlowRelease.DESK;
import static dev.remit.testkit.flow.FlowRelease.RESTART;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.approval.Proposal;
import dev.remit.core.evidence.Entry;
import dev.remit.core.flow.CallResult;
import dev.remit.core.register.AgentState;
import dev.remit.core.register.Agents;
import dev.remit.core.register.Registration;
import dev.remit.testkit.flow.Crowd.Human;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What stops agents, and what keeps them going. */
class RegisterEndTest extends Registered {
  private static final Duration YEARLY = Duration.ofDays(90);

  @Test
  void aSuspensionHoldsAtOnceOnEveryReplica() {
    var other = world.process("two");
    world.open();
    assertThat(world.call(RESTART, OWN)).isInstanceOf(CallResult.Answered.class);
    assertThat(other.agents().suspend("staff/otto", DESK, "odd")).isInstanceOf(Agents.Done.class);
    assertStopped();
    assertThat(told(Entry.Kind.AGENT_SUSPENDED)).hasSize(1);
  }

  @Test
  void aCallThatWasDecidedBeforeASuspensionMakesNoEffect() {
    world.open();
    var other = world.process("two");
    world.watch.once("calls.admit", () -> other.agents().suspend("staff/otto", DESK, "odd"));
    assertRefused(world.call(RESTART, OWN));
    assertThat(world.isAnythingSentToChange()).isFalse();
  }

  @Test
  void aSuspendedAgentComesBackByAProposal() {
    owned();
    agents().suspend("staff/otto", DESK, "odd");
    world.drivers().registerRound().begin(true);
    assertThat(state()).as("no start lets it work again").isEqualTo(AgentState.SUSPENDED);
    launched();
  }

  @Test
  void whatIsRetiredNeverComesBack() {
    owned();
    var id = asked(suspendedThen(crowd.ada));
    assertThat(agents().retire("staff/ada", DESK, "done")).isInstanceOf(Agents.Done.class);
    grants(crowd.olga, id);
    grants(otto, id);
    assertThat(stateOf(id)).isEqualTo(Proposal.State.STALE);
    assertNotAsked("retired");
    assertThat(agents().suspend("staff/ada", DESK, "x")).isInstanceOf(Agents.NotDone.class);
  }

  private Human suspendedThen(Human human) {
    agents().suspend("staff/otto", DESK, "odd");
    return human;
  }

  @Test
  void anAgentWhoseOwnerIsGoneIsSuspended() {
    owned();
    world.open();
    agents().gone("staff/ada", crowd.olga.person().id(), "left the company");
    assertStopped();
    assertThat(state()).isEqualTo(AgentState.SUSPENDED);
    assertThat(agents().find(CLERK).orElseThrow().state()).isEqualTo(AgentState.ACTIVE);
    assertThat(told(Entry.Kind.AGENT_SUSPENDED).getFirst().fields().text("cause"))
        .contains("owner-gone");
    assertThat(agents().gone("staff/ada", crowd.olga.person().id(), "again"))
        .isInstanceOf(Agents.NotDone.class);
  }

  @Test
  void whatItsOwnerDoesNotCertifyIsSuspended() {
    owned();
    world.pass(YEARLY);
    world.seeInventory();
    world.drivers().registerRound().round();
    assertThat(state()).isEqualTo(AgentState.SUSPENDED);
    assertThat(told(Entry.Kind.AGENT_SUSPENDED).getFirst().fields().text("cause"))
        .contains("not-certified");
    assertThat(certify(crowd.olga)).as("too late").isInstanceOf(Agents.NotDone.class);
  }

  @Test
  void anOwnersSignatureLetsItGoOn() {
    owned();
    world.pass(YEARLY.minusDays(10));
    assertThat(certify(otto)).isInstanceOf(Agents.NotDone.class);
    assertThat(agents().certify(crowd.olga.person(), DESK, crowd.olga.key().sign(new byte[32])))
        .isInstanceOf(Agents.NotDone.class);
    assertThat(certify(crowd.olga)).isInstanceOf(Agents.Done.class);
    assertThat(told(Entry.Kind.AGENT_CERTIFIED)).hasSize(1);
    world.pass(Duration.ofDays(20));
    world.drivers().registerRound().round();
    assertThat(state()).isEqualTo(AgentState.ACTIVE);
    world.pass(YEARLY);
    world.drivers().registerRound().round();
    assertThat(state()).isEqualTo(AgentState.SUSPENDED);
  }

  @Test
  void aSignatureServesOnce() {
    owned();
    var sign = (Agents.Sign) agents().toCertify(crowd.olga.person(), DESK);
    var assertion = crowd.olga.key().sign(Base64.getUrlDecoder().decode(sign.challenge()));
    assertThat(agents().certify(crowd.olga.person(), DESK, assertion))
        .isInstanceOf(Agents.Done.class);
    assertThat(agents().certify(crowd.olga.person(), DESK, assertion))
        .isInstanceOf(Agents.NotDone.class);
    assertThat(told(Entry.Kind.AGENT_CERTIFIED)).hasSize(1);
  }

  private Agents.Stop certify(Human human) {
    return switch (agents().toCertify(human.person(), DESK)) {
      case Agents.Sign sign ->
          agents()
              .certify(
                  human.person(),
                  DESK,
                  human.key().sign(Base64.getUrlDecoder().decode(sign.challenge())));
      case Agents.NotDone no -> no;
    };
  }

  @Test
  void aRowThatWasSetBackDoesNotWork() {
    owned();
    world.open();
    var before = world.ledgers.register().all();
    agents().suspend("staff/otto", DESK, "odd");
    world.ledgers.forgeAgents(row -> of(before, row));
    world.restart();
    assertRefused(world.call(RESTART, OWN));
  }

  private static Registration of(List<Registration> rows, Registration like) {
    return rows.stream()
        .filter(row -> row.agentClass().equals(like.agentClass()))
        .findFirst()
        .orElse(like);
  }

  @Test
  void unusedAuthorityIsShownWithANarrowingAndNothingIsApplied() {
    owned();
    world.open();
    world.call(RESTART, OWN);
    var unused = agents().unused(DESK, 30).orElseThrow();
    assertThat(unused.taskClasses()).contains("twice", "reading").doesNotContain("service");
    assertThat(unused.tools().get("service")).doesNotContain(RESTART).contains("rmm_wipe");
    assertThat(unused.tenants()).containsExactly("northwind-legal");
    assertThat(unused.identities()).hasSize(5);
    assertThat(unused.diff()).contains("a diff");
    assertThat(state()).isEqualTo(AgentState.ACTIVE);
  }
}
