package dev.remit.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.call.Call;
import dev.remit.core.decision.Decision;
import dev.remit.core.decision.Question;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.identity.AutonomyLevel;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.GradeFamily;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.Person;
import dev.remit.core.identity.PersonFunction;
import dev.remit.core.identity.PersonId;
import dev.remit.core.release.OwnWork;
import dev.remit.core.release.People;
import dev.remit.core.release.Release;
import dev.remit.core.task.Task;
import dev.remit.core.tenant.Environment;
import dev.remit.core.tenant.TenantId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the guardrails say of a person who works by themselves. */
class PersonDecisionTest {
  private static final Person ANN = person("ann");
  private final CedarDecisionPoint plain = World.decisionPoint();

  private static Person person(String subject) {
    return new Person(
        new PersonId("staff", subject),
        subject,
        new Organisation.Msp(),
        Set.of("hands"),
        Optional.empty(),
        Instant.EPOCH);
  }

  private static Release release(GradeFamily family) {
    var r = World.release();
    var people =
        new People(
            Map.of("hands", new People.Group("staff", "hands", Set.of(PersonFunction.OPERATE))),
            Map.of(),
            Map.of(),
            Map.of("hands", new OwnWork(Set.of("restart", "wide"), family)));
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
        people,
        Set.of());
  }

  /** The agent's question with a person in its place, in a task of this person's. */
  private static Question by(
      World.Asking asking, Person caller, Person taskOf, GradeFamily family) {
    var release = release(family);
    var q = asking.question(release);
    var t = q.call().task();
    var worker =
        new Caller.OfPerson(
            caller,
            new TenantId(asking.callerTenant),
            asking.callerEnvironment,
            family,
            q.at().plusSeconds(60));
    var seat = new Caller.OfPerson(taskOf, t.tenant(), t.environment(), family, q.at());
    var task =
        new Task(
            t.id(),
            t.tenant(),
            t.environment(),
            seat.id(),
            Optional.of(InstanceId.of(taskOf.id())),
            t.taskClass(),
            t.ground(),
            t.targets(),
            t.tools(),
            t.callLimit(),
            t.openedAt(),
            t.deadline(),
            t.state(),
            t.prompt(),
            t.hasReadUntrusted(),
            t.lineage());
    var call =
        new Call(
            q.call().id(), worker, task, q.call().tool(), q.call().arguments(), q.call().targets());
    return new Question(
        call,
        release.agentClassOf(worker).orElseThrow(),
        AutonomyLevel.BOUNDED,
        q.taskClass(),
        q.tenant(),
        q.scopeTruth(),
        q.target(),
        q.approvals(),
        q.at());
  }

  private static Question by(World.Asking asking) {
    return by(asking, ANN, ANN, GradeFamily.DESTRUCTIVE);
  }

  private static void assertDenied(Decision decision, ReasonCode reason) {
    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.Deny.class, deny -> assertThat(deny.reason()).isEqualTo(reason));
  }

  @Test
  void whatIsBelowDestructiveGoesWithoutAnotherPerson() {
    assertThat(plain.decide(by(World.ask("restart", "rmm_restart"))))
        .isInstanceOf(Decision.Permit.class);
    assertThat(plain.decide(by(World.ask("wide", "rmm_reboot"))))
        .isInstanceOf(Decision.Permit.class);
  }

  @Test
  void whatIsDestructiveStillAsks() {
    assertThat(plain.decide(by(World.ask("wide", "rmm_wipe"))))
        .isInstanceOfSatisfying(
            Decision.NeedsApproval.class,
            needs ->
                assertThat(needs.rules())
                    .extracting(rule -> rule.id())
                    .containsExactly("remit.autonomy"));
  }

  @Test
  void aTaskClassAsksAPersonAsItAsksAnAgent() {
    var asking = World.ask("restart", "rmm_restart");
    asking.attributes = dev.remit.core.value.Value.object("role", "dc", "site", "office");
    assertThat(plain.decide(by(asking))).isInstanceOf(Decision.NeedsApproval.class);
  }

  @Test
  void anotherPersonsTaskIsNotTheirs() {
    assertDenied(
        plain.decide(
            by(World.ask("restart", "rmm_restart"), ANN, person("bo"), GradeFamily.CHANGE)),
        ReasonCode.NO_TASK);
  }

  @Test
  void anAgentsTaskIsNoPersons() {
    var q = World.ask("restart", "rmm_restart").question(release(GradeFamily.CHANGE));
    var worker =
        new Caller.OfPerson(
            ANN,
            new TenantId("harbor"),
            Environment.PRODUCTION,
            GradeFamily.CHANGE,
            q.at().plusSeconds(60));
    var call =
        new Call(
            q.call().id(),
            worker,
            q.call().task(),
            q.call().tool(),
            q.call().arguments(),
            q.call().targets());
    assertDenied(
        plain.decide(
            new Question(
                call,
                release(GradeFamily.CHANGE).agentClassOf(worker).orElseThrow(),
                AutonomyLevel.BOUNDED,
                q.taskClass(),
                q.tenant(),
                q.scopeTruth(),
                q.target(),
                q.approvals(),
                q.at())),
        ReasonCode.NO_TASK);
  }

  @Test
  void aForeignTargetIsForeignToPeopleToo() {
    var asking = World.ask("restart", "rmm_restart");
    asking.targetTenant = "northwind";
    assertDenied(plain.decide(by(asking)), ReasonCode.TENANT_MISMATCH);
  }

  @Test
  void aClassThatIsNotTheirsIsRefused() {
    assertDenied(plain.decide(by(World.ask("read", "rmm_get"))), ReasonCode.OUTSIDE_TASK);
  }

  @Test
  void aPersonOfAFamilyMakesNoHigherEffect() {
    assertDenied(
        plain.decide(by(World.ask("wide", "rmm_wipe"), ANN, ANN, GradeFamily.CHANGE)),
        ReasonCode.GUARDRAIL);
  }

  @Test
  void aPolicyThatNamesNoPrincipalHoldsForPeople() {
    var forbids =
        World.decisionPoint(
            new CedarFile(
                "policies/no-restart.cedar",
                Layer.GUARDRAIL,
                Optional.empty(),
                """
                @id("no-restart")
                forbid (principal, action == Action::"rmm_restart", resource)
                when { principal.tenant == context.task.tenant && principal.bound };
                """));
    assertDenied(forbids.decide(by(World.ask("restart", "rmm_restart"))), ReasonCode.GUARDRAIL);
  }

  @Test
  void aPolicyMayNamePeople() {
    var forbids =
        World.decisionPoint(
            new CedarFile(
                "policies/agents-only.cedar",
                Layer.GUARDRAIL,
                Optional.empty(),
                "@id(\"agents-only\") forbid (principal is Person, action, resource);"));
    assertDenied(forbids.decide(by(World.ask("restart", "rmm_restart"))), ReasonCode.GUARDRAIL);
    assertThat(
            forbids.decide(
                World.ask("restart", "rmm_restart").question(release(GradeFamily.CHANGE))))
        .isInstanceOf(Decision.Permit.class);
  }
}
