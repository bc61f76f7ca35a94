package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.RESTART;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.approval.Proposal;
import dev.remit.core.evidence.Entry;
import dev.remit.core.flow.CallResult;
import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.Person;
import dev.remit.core.identity.PersonId;
import dev.remit.core.register.AgentFiles;
import dev.remit.core.register.AgentState;
import dev.remit.testkit.flow.Crowd.Human;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which agents may work, and who lets them. */
class RegisterTest extends Registered {
  @Test
  void agentsOfTheFirstVersionCountAsLaunchedWithItAndThatIsRecorded() {
    assertThat(state()).isEqualTo(AgentState.ACTIVE);
    assertThat(told(Entry.Kind.AGENT_LAUNCHED))
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.fields().text("cause")).contains("first-version");
          assertThat(entry.fields().text("version")).contains("v1");
        });
    world.drivers().registerRound().begin(false);
    assertThat(told(Entry.Kind.AGENT_LAUNCHED)).hasSize(1);
  }

  @Test
  void whatReachesFurtherWaitsForPeopleBeforeAnybodyWroteItDown() {
    world.open();
    widened("v2");
    assertStopped();
    assertThat(state()).isEqualTo(AgentState.PROPOSED);
    world.drivers().registerRound().round();
    world.drivers().registerRound().round();
    assertThat(told(Entry.Kind.AGENT_PROPOSED))
        .singleElement()
        .satisfies(entry -> assertThat(entry.fields().text("cause")).contains("widened"));
  }

  @Test
  void whatReachesLessStaysActive() {
    world.open();
    version("v2", known -> by(known, "olga", Set.of("service")));
    assertThat(state()).isEqualTo(AgentState.ACTIVE);
    assertThat(world.call(RESTART, OWN)).isInstanceOf(CallResult.Answered.class);
  }

  @Test
  void anotherModelProviderOrOwnerIsALaunchAgain() {
    owned();
    assertThat(state()).isEqualTo(AgentState.ACTIVE);
    widened("v3");
    launched();
    version("v4", known -> by(known, "sam", known.taskClasses()));
    assertThat(state()).isEqualTo(AgentState.PROPOSED);
  }

  @Test
  void theOwnerAndAnotherPersonLaunch() {
    widened("v2");
    var id = asked(crowd.ada);
    assertThat(grants(otto, id)).isTrue();
    assertThat(state()).isEqualTo(AgentState.PROPOSED);
    assertThat(grants(crowd.olga, id)).isTrue();
    assertThat(state()).isEqualTo(AgentState.ACTIVE);
    world.open();
    assertThat(world.call(RESTART, OWN)).isInstanceOf(CallResult.Answered.class);
    assertThat(told(Entry.Kind.AGENT_LAUNCHED).getLast().fields().text("owner"))
        .contains("staff/olga");
  }

  @Test
  void theOwnerIsNotTheOtherPersonToo() {
    var olga = person("olga", "olga@staff.example", "ops", "seniors", "overseers");
    var both = new Human(olga, crowd.olga.key());
    widened("v2");
    var id = asked(crowd.ada);
    assertThat(grants(both, id)).isTrue();
    assertThat(grants(both, id)).isFalse();
    assertThat(stateOf(id)).isEqualTo(Proposal.State.OPEN);
    assertThat(state()).isEqualTo(AgentState.PROPOSED);
  }

  @Test
  void oneHumanWithTwoAccountsIsOne() {
    var again = crowd.enrolled(person("olga-two", "OLGA@staff.example", "overseers"), crowd.ada);
    widened("v2");
    var id = asked(crowd.ada);
    assertThat(grants(crowd.olga, id)).isTrue();
    assertThat(grants(again, id)).as("it counts as olga's").isTrue();
    assertThat(stateOf(id)).isEqualTo(Proposal.State.OPEN);
    assertThat(state()).isEqualTo(AgentState.PROPOSED);
    assertThat(grants(otto, id)).isTrue();
    assertThat(state()).isEqualTo(AgentState.ACTIVE);
  }

  private static Person person(String name, String email, String... groups) {
    return new Person(
        new PersonId("staff", name),
        name,
        new Organisation.Msp(),
        Set.of(groups),
        Optional.of(email),
        Crowd.SIGNED_IN);
  }

  @Test
  void othersThanTheOwnerAndAnOverseerDoNotCount() {
    widened("v2");
    var id = asked(crowd.ada);
    assertThat(grants(crowd.sam, id)).isFalse();
    assertThat(grants(crowd.ada, id)).isFalse();
    assertThat(grants(crowd.hanna, id)).isFalse();
    var author = crowd.enrolled(Crowd.msp("arno", "overseers", "engineers"), crowd.ada);
    assertThat(grants(author, id)).as("who may write policy").isFalse();
  }

  @Test
  void answersToOtherBoundariesLaunchNothing() {
    widened("v2");
    var id = asked(crowd.ada);
    assertThat(grants(crowd.olga, id)).isTrue();
    version(
        "v3",
        known -> {
          var more = new TreeSet<>(known.taskClasses());
          more.addAll(Set.of("exports", "elsewhere"));
          return by(known, "olga", more);
        });
    assertThat(grants(otto, id)).isTrue();
    assertThat(stateOf(id)).isEqualTo(Proposal.State.STALE);
    assertThat(state()).isEqualTo(AgentState.PROPOSED);
  }

  @Test
  void nobodyIsAskedBeforeAllIsDefinedAndTried() {
    version("v2", known -> known.taskClasses().contains("x") ? known : plain(known));
    assertNotAsked("no accountable person");
    assertNotAsked("no escalation");
    widened("v3");
    world.agentFiles.tried = new AgentFiles.Tried(2, List.of("a case does not hold"));
    assertNotAsked("a case does not hold");
    world.agentFiles.tried = new AgentFiles.Tried(0, List.of());
    assertNotAsked("no scenario");
    world.agentFiles.tried = new AgentFiles.Tried(1, List.of());
    agents().gone("staff/ada", crowd.olga.person().id(), "left");
    assertNotAsked("is gone");
  }

  private static AgentClass plain(AgentClass known) {
    var more = new TreeSet<>(known.taskClasses());
    more.add("exports");
    return new AgentClass(
        known.id(),
        known.owner(),
        known.purpose(),
        known.modelProvider(),
        more,
        known.identities(),
        known.autonomy());
  }

  @Test
  void whatFailsMeanwhileIsNotLaunched() {
    widened("v2");
    var id = asked(crowd.ada);
    world.agentFiles.tried = new AgentFiles.Tried(2, List.of("a case does not hold"));
    grants(crowd.olga, id);
    grants(otto, id);
    assertThat(stateOf(id)).isEqualTo(Proposal.State.STALE);
    assertThat(state()).isEqualTo(AgentState.PROPOSED);
  }
}
