package dev.remit.core.register;

import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.PersonId;
import dev.remit.core.release.Release;
import java.util.Optional;

/** Which person answers for a class of agents. */
final class Owners {

  private Owners() {}

  /**
   * Whoever is named beside the owner, else the owner where that is a person; somebody of the MSP.
   * Empty when only a group is named.
   */
  static Optional<PersonId> of(AgentClass agentClass, Release release) {
    var people = release.people();
    return agentClass
        .accountability()
        .person()
        .or(() -> Optional.of(agentClass.owner()))
        .flatMap(people::personOf)
        .filter(person ->
            people
                .organisationOf(person.issuer())
                .filter(Organisation.Msp.class::isInstance)
                .isPresent());
  }
}
