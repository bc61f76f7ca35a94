package dev.remit.testkit.flow;

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
import dev.remit.core.register.AgentState;
import dev.remit.core.register.Agents;
import dev.remit.core.release.Release;
import dev.remit.core.release.VersionId;
import dev.remit.core.tenant.TenantId;
import dev.remit.testkit.flow.Crowd.Human;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** The desk as Olga answers for it, with Otto who oversees. */
abstract class Registered {
  final FlowWorld world = new FlowWorld();
  final Crowd crowd = new Crowd(world);

  /** Olga answers for the desk; Otto oversees. */
  final Human otto = crowd.enrolled(Crowd.msp("otto", "overseers"), crowd.ada);

  Agents agents() {
    return world.drivers().agents();
  }

  AgentState state() {
    return agents().find(DESK).orElseThrow().state();
  }

  /** Puts a version in force in which the desk is changed. */
  void version(String name, UnaryOperator<AgentClass> change) {
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

  static AgentClass by(AgentClass known, String person, Set<String> taskClasses) {
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

  void owned() {
    version("v2", known -> by(known, "olga", known.taskClasses()));
  }

  void widened(String version) {
    version(
        version,
        known -> {
          var more = new TreeSet<>(known.taskClasses());
          more.add("exports");
          return by(known, "olga", more);
        });
  }

  ProposalId asked(Human human) {
    var launch = agents().launch(human.person(), DESK, "it is needed");
    assertThat(launch).isInstanceOf(Agents.Asked.class);
    return ((Agents.Asked) launch).proposal();
  }

  boolean grants(Human human, ProposalId id) {
    return crowd.answer(human, TenantId.OPERATOR, id, Verdict.GRANT) instanceof Counted;
  }

  Proposal.State stateOf(ProposalId id) {
    return world.ledgers.proposals().find(TenantId.OPERATOR, id).orElseThrow().state();
  }

  List<Entry> told(Entry.Kind kind) {
    return world.ledgers.entries(TenantId.OPERATOR).stream()
        .filter(entry -> entry.kind() == kind)
        .filter(entry -> entry.fields().text("agentClass").filter(DESK.value()::equals).isPresent())
        .toList();
  }

  static void assertRefused(CallResult result) {
    assertThat(result)
        .isInstanceOfSatisfying(
            CallResult.Refused.class,
            no -> assertThat(no.reason()).isEqualTo(ReasonCode.AGENT_NOT_ACTIVE));
  }

  void assertStopped() {
    world.watch.forget();
    assertRefused(world.call(RESTART, OWN));
    assertThat(world.wish(world.desk, "twice", "501", OWN))
        .isInstanceOfSatisfying(
            TaskResult.Refused.class,
            no -> assertThat(no.reason()).isEqualTo(ReasonCode.AGENT_NOT_ACTIVE));
    assertThat(world.isAnythingSentToChange()).isFalse();
  }

  void launched() {
    var id = asked(crowd.olga);
    assertThat(grants(crowd.olga, id)).isTrue();
    assertThat(grants(otto, id)).isTrue();
    assertThat(stateOf(id)).isEqualTo(Proposal.State.CONSUMED);
    assertThat(state()).isEqualTo(AgentState.ACTIVE);
  }

  void assertNotAsked(String why) {
    assertThat(agents().launch(crowd.ada.person(), DESK, "x"))
        .isInstanceOfSatisfying(Agents.NotDone.class, no -> assertThat(no.why()).contains(why));
  }
}
