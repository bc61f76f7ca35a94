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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A register with the service desk in it; it remembers what was done with it. */
final class FakeAgents implements Agents {

  private static final AgentClassId DESK = new AgentClassId("service-desk");

  final List<String> done = new CopyOnWriteArrayList<>();

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
            AgentState.PROPOSED,
            Optional.empty(),
            Optional.of(new PersonId("staff", "ada")),
            false,
            new Boundaries(
                Set.of(),
                Set.of(),
                Map.of("restart-service", Set.of("rmm_restart_service")),
                Map.of(),
                Map.of(),
                "models",
                "service-managers",
                Optional.empty(),
                Optional.empty()),
            Optional.empty(),
            List.of("no escalation")));
  }

  @Override
  public Optional<Shown> find(AgentClassId agentClass) {
    return all().stream().filter(one -> agentClass.equals(DESK)).findFirst();
  }

  @Override
  public List<String> objections(AgentClassId agentClass) {
    return List.of("no escalation");
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
    return new Sign("Y2hhbGxlbmdl", "sha256:boundaries", List.of("key-1"));
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
