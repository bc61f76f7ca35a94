package dev.remit.core.identity;

import java.util.Optional;

/**
 * One running copy of an agent, known by its key.
 *
 * <p>A caller without a sender-bound key gets the instance {@code unbound:} and a digest of issuer
 * and subject: all its copies are one instance, which is one reason why such agents are held short.
 */
public record InstanceId(String value) {

  private static final String PERSON = "person:";

  /** Remit itself; what no key and no token makes. */
  public static final InstanceId AUTOMATION = new InstanceId("automation:remit");

  /** The instance of a person who works on their own; what no key and no token makes. */
  public static InstanceId of(PersonId person) {
    return new InstanceId(PERSON + person.text());
  }

  /** The person of {@link #of(PersonId)}, as text; empty for an agent's copy. */
  public Optional<String> person() {
    return value.startsWith(PERSON)
        ? Optional.of(value.substring(PERSON.length()))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return value;
  }
}
