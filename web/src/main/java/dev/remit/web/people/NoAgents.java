package dev.remit.web.people;

import dev.remit.core.approval.Assertion;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.Person;
import dev.remit.core.identity.PersonId;
import dev.remit.core.register.Agents;
import java.util.List;
import java.util.Optional;

/** A register with nothing in it. */
final class NoAgents implements Agents {

  private static final NotDone NONE = new NotDone("there is no register here");

  @Override
  public List<Shown> all() {
    return List.of();
  }

  @Override
  public Optional<Shown> find(AgentClassId agentClass) {
    return Optional.empty();
  }

  @Override
  public List<String> objections(AgentClassId agentClass) {
    return List.of();
  }

  @Override
  public Launch launch(Person person, AgentClassId agentClass, String reason) {
    return NONE;
  }

  @Override
  public Stop suspend(String by, AgentClassId agentClass, String reason) {
    return NONE;
  }

  @Override
  public Stop retire(String by, AgentClassId agentClass, String reason) {
    return NONE;
  }

  @Override
  public Asking toCertify(Person person, AgentClassId agentClass) {
    return NONE;
  }

  @Override
  public Stop certify(Person person, AgentClassId agentClass, Assertion assertion) {
    return NONE;
  }

  @Override
  public Stop gone(String by, PersonId who, String reason) {
    return NONE;
  }

  @Override
  public Optional<UnusedAuthority> unused(AgentClassId agentClass, int days) {
    return Optional.empty();
  }
}
