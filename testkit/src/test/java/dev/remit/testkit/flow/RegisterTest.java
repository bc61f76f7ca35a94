package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.CLERK;
import static dev.remit.testkit.flow.FlowRelease.DESK;
import static dev.remit.testkit.flow.FlowRelease.RESTART;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Verdict;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.Entry;
import dev.remit.core.flow.Approvals.Counted;
import dev.remit.core.flow.CallResult;
import dev.remit.core.flow.TaskResult;
import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.Person;
import dev.remit.core.identity.PersonId;
import dev.remit.core.register.AgentFiles;
import dev.remit.core.register.AgentState;
import dev.remit.core.register.Agents;
import dev.remit.core.register.Registration;
import dev.remit.core.release.Release;
import dev.remit.core.release.VersionId;
import dev.remit.core.tenant.TenantId;
import dev.remit.testkit.flow.Crowd.Human;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Which agents may work, who lets them, and what stops them. */
class RegisterTest {
  private static final Duration YEARLY = Duration.ofDays(90);

  private final FlowWorld world = new FlowWorld();
  private final Crowd crowd = new Crowd(world);

  /** Olga answers for the desk; Otto oversees. */
  private final Human otto = crowd.enrolled(Crowd.msp("otto", "overseers"), crowd.ada);

  private Agents agents() {
    return world.drivers().agents();
  }

  private AgentState state() {
    return agents().find(DESK).orElseThrow().state();
  }

  /** Puts a version in force in which the desk is changed. */
  private void version(String name, UnaryOperator<AgentClass> change) {
    var r = FlowRelease.of(name);
    var classes = new HashMap<>(r.agentClasses());
    classes.compute(DESK, (id, known) -> change.apply(known));
    world.ledgers.activate(new VersionId(name));
    world.releases.activate(
        new Release(
            r.version(),
            r.organisation(),
            r.tenants(),
            classes,
            r.orchestrators(),
            r.taskClasses(),
            r.tools(),
            r.connectors(),
            r.ticketConnector(),
            r.people(),
            r.authors()),
        world.policy);
  }

  private static AgentClass by(AgentClass known, String person, Set<String> taskClasses) {
    return new AgentClass(
        known.id(),
        known.owner(),
        known.purpose(),
        known.modelProvider(),
        taskClasses,
        known.identities(),
        known.autonomy(),
        new AgentClass.Accountability(
            Optional.of("staff/" + person),
            Optional.of(new AgentClass.Escalation("ops", "senior-technicians"))));
  }

  private void owned() {
    version("v2", known -> by(known, "olga", known.taskClasses()));
  }

  private void widened(String version) {
    version(
        version,
        known -> {
          var more = new TreeSet<>(known.taskClasses());
          more.add("exports");
          return by(known, "olga", more);
        });
  }

  private ProposalId asked(Human human) {
    var launch = agents().launch(human.person(), DESK, "it is needed");
    assertThat(launch).isInstanceOf(Agents.Asked.class);
    return ((Agents.Asked) launch).proposal();
  }

  private boolean grants(Human human, ProposalId id) {
    return crowd.answer(human, TenantId.OPERATOR, id, Verdict.GRANT) instanceof Counted;
  }

  private Proposal.State stateOf(ProposalId id) {
    return world.ledgers.proposals().find(TenantId.OPERATOR, id).orElseThrow().state();
  }

  private List<Entry> told(Entry.Kind kind) {
    return world.ledgers.entries(TenantId.OPERATOR).stream()
        .filter(entry -> entry.kind() == kind)
        .filter(entry -> entry.fields().text("agentClass").filter(DESK.value()::equals).isPresent())
        .toList();
  }

  private static void assertRefused(CallResult result) {
    assertThat(result)
        .isInstanceOfSatisfying(
            CallResult.Refused.class,
            no -> assertThat(no.reason()).isEqualTo(ReasonCode.AGENT_NOT_ACTIVE));
  }

  private void assertStopped() {
    world.watch.forget();
    assertRefused(world.call(RESTART, OWN));
    assertThat(world.wish(world.desk, "twice", "501", OWN))
        .isInstanceOfSatisfying(
            TaskResult.Refused.class,
            no -> assertThat(no.reason()).isEqualTo(ReasonCode.AGENT_NOT_ACTIVE));
    assertThat(world.isAnythingSentToChange()).isFalse();
  }

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

  private void launched() {
    var id = asked(crowd.olga);
    assertThat(grants(crowd.olga, id)).isTrue();
    assertThat(grants(otto, id)).isTrue();
    assertThat(stateOf(id)).isEqualTo(Proposal.State.CONSUMED);
    assertThat(state()).isEqualTo(AgentState.ACTIVE);
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

  private void assertNotAsked(String why) {
    assertThat(agents().launch(crowd.ada.person(), DESK, "x"))
        .isInstanceOfSatisfying(Agents.NotDone.class, no -> assertThat(no.why()).contains(why));
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
