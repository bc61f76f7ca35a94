package dev.remit.web;

import dev.remit.core.approval.Assertion;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.Autonomy;
import dev.remit.core.identity.AutonomyLevel;
import dev.remit.core.identity.Person;
import dev.remit.core.identity.PersonId;
import dev.remit.core.register.AgentState;
import dev.remit.core.register.Agents;
import dev.remit.core.register.Boundaries;
import dev.remit.core.register.Registration;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A register with the service desk in it; it remembers what was done with it. */
final class FakeAgents implements Agents {

  private static final AgentClassId DESK = new AgentClassId("service-desk");

  static final Boundaries BOUNDARIES =
      new Boundaries(
          Set.of(),
          Set.of(),
          Map.of("restart-service", Set.of("rmm_restart_service")),
          Map.of(),
          Map.of(),
          "models",
          "service-managers",
          Optional.empty(),
          Optional.empty());

  final List<String> done = new CopyOnWriteArrayList<>();

  /** Where the desk stands, and who answers for it. */
  volatile AgentState state = AgentState.PROPOSED;

  volatile PersonId owner = new PersonId("staff", "ada");
  volatile List<String> objections = List.of("no escalation");

  @Override
  public List<Shown> all() {
    var desk =
        new AgentClass(
            DESK,
            "service-managers",
            "tickets",
            "models",
            Set.of("restart-service"),
            List.of(),
            Autonomy.of(AutonomyLevel.PROPOSE));
    return List.of(
        new Shown(
            desk,
            state,
            state == AgentState.PROPOSED ? Optional.empty() : Optional.of(row()),
            Optional.of(owner),
            false,
            BOUNDARIES,
            state == AgentState.ACTIVE
                ? Optional.of(Samples.NOW.plus(Duration.ofDays(12)))
                : Optional.empty(),
            objections));
  }

  private Registration row() {
    return new Registration(
        DESK,
        state,
        3,
        Optional.of(BOUNDARIES),
        state == AgentState.ACTIVE ? "launch" : state.text(),
        Samples.NOW.minus(Duration.ofDays(78)),
        Optional.empty(),
        "entry-1");
  }

  @Override
  public Optional<Shown> find(AgentClassId agentClass) {
    return all().stream().filter(one -> agentClass.equals(DESK)).findFirst();
  }

  @Override
  public List<String> objections(AgentClassId agentClass) {
    return objections;
  }

  @Override
  public Launch launch(Person person, AgentClassId agentClass, String reason) {
    done.add("launch " + agentClass + " by " + person.id());
    return new Asked(new ProposalId("launch-1"));
  }

  @Override
  public Stop suspend(String by, AgentClassId agentClass, String reason) {
    return noted("suspend " + agentClass + " by " + by);
  }

  @Override
  public Stop retire(String by, AgentClassId agentClass, String reason) {
    return noted("retire " + agentClass + " by " + by);
  }

  @Override
  public Asking toCertify(Person person, AgentClassId agentClass) {
    return new Sign("Y2hhbGxlbmdl", BOUNDARIES.digest(), List.of("a2V5LTE"));
  }

  @Override
  public Stop certify(Person person, AgentClassId agentClass, Assertion assertion) {
    return assertion.signature().equals("good")
        ? noted("certify " + agentClass + " by " + person.id())
        : new NotDone("the signature is wrong");
  }

  @Override
  public Stop gone(String by, PersonId who, String reason) {
    return noted("gone " + who + " by " + by);
  }

  private Stop noted(String what) {
    done.add(what);
    return new Done();
  }

  @Override
  public Optional<UnusedAuthority> unused(AgentClassId agentClass, int days) {
    return find(agentClass)
        .map(one ->
            new UnusedAuthority(
                DESK,
                Instant.EPOCH,
                true,
                Set.of("restart-service"),
                Map.of(),
                Set.of(),
                Set.of(),
                Optional.of("--- a/agents/service-desk.yaml\n")));
  }
}
