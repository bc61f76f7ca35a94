package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.approval.Asker;
import dev.remit.core.approval.Parties;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Subject;
import dev.remit.core.approval.Verdict;
import dev.remit.core.flow.Approvals.Counted;
import dev.remit.core.flow.Approvals.NotCounted;
import dev.remit.core.flow.Keys;
import dev.remit.core.flow.KillSwitch;
import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.Person;
import dev.remit.core.identity.PersonId;
import dev.remit.core.kill.KillScope;
import dev.remit.core.tenant.TenantId;
import dev.remit.testkit.FakeAuthenticator;
import dev.remit.testkit.flow.Crowd.Human;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One human with two accounts asks with the one and answers with the other: never. */
class TwoAccountsTest {
  private final FlowWorld world = new FlowWorld();
  private final Crowd crowd = new Crowd(world);

  private static Person account(String name, String address, String group) {
    return new Person(
        new PersonId("staff", name),
        name,
        new Organisation.Msp(),
        Set.of(group),
        Optional.of(address),
        Crowd.SIGNED_IN);
  }

  private ProposalId lift(Person asker) {
    var scope = KillScope.tenant(HARBOR);
    world.drivers().killSwitch().kill(asker, scope, "odd restarts");
    var asked = world.drivers().killSwitch().askToLift(asker, scope, "it was a drill");
    assertThat(asked).isInstanceOf(KillSwitch.Asked.class);
    return ((KillSwitch.Asked) asked).proposal();
  }

  private ProposalId key(Human human) {
    var asked = crowd.keys().ask(human.person(), crowd.keyOf(human));
    assertThat(asked).isInstanceOf(Keys.Waits.class);
    return ((Keys.Waits) asked).proposal();
  }

  private void assertNotByAsker(Human human, ProposalId proposal) {
    assertThat(crowd.answer(human, TenantId.OPERATOR, proposal, Verdict.GRANT))
        .isEqualTo(new NotCounted("you asked for this"));
  }

  @Test
  void theSecondAccountOfWhoeverAskedForALiftDoesNotGrantIt() {
    var asker = account("op.sam", " SAM@staff.example", "ops");
    assertNotByAsker(crowd.sam, lift(asker));
  }

  @Test
  void somebodyElseStillGrantsIt() {
    var asker = account("op.sam", "sam@staff.example", "ops");
    assertThat(crowd.answer(crowd.sue, TenantId.OPERATOR, lift(asker), Verdict.GRANT))
        .isEqualTo(new Counted(Proposal.State.CONSUMED));
  }

  @Test
  void anAdministratorsSecondAccountGetsNoKeyByTheFirst() {
    var second =
        new Human(
            account("ada.too", "Ada@Staff.example", "seniors"), new FakeAuthenticator("other"));
    assertNotByAsker(crowd.ada, key(second));
    assertThat(world.ledgers.personKeys().find("other")).isEmpty();
  }

  @Test
  void twoAccountsDoNotShareAKey() {
    var second = new Human(account("ada.too", "else@staff.example", "seniors"), crowd.sam.key());
    assertThat(crowd.keys().ask(second.person(), crowd.keyOf(second)))
        .isEqualTo(new Keys.Refused("this key is known already"));
  }

  @Test
  void anAddressTakenOutOfTheRowGrantsNothing() {
    var asker = account("op.sam", "sam@staff.example", "ops");
    var proposal = lift(asker);
    world.ledgers.forge(p -> p.id().equals(proposal) ? withoutAddress(p) : p, answers -> answers);
    crowd.answer(crowd.sam, TenantId.OPERATOR, proposal, Verdict.GRANT);
    assertThat(world.ledgers.kills().active()).isNotEmpty();
  }

  private static Proposal withoutAddress(Proposal p) {
    var lift = (Subject.OfLift) p.subject();
    var nobody = new Asker(lift.asker().id(), Optional.empty());
    return new Proposal(
        p.id(),
        p.tenant(),
        new Subject.OfLift(lift.scope(), lift.isClients(), nobody, lift.reason()),
        p.digest(),
        p.rules(),
        Parties.askedBy(nobody),
        p.facts(),
        p.askedAt(),
        p.answerBy(),
        p.useBy(),
        p.state());
  }
}
