package dev.remit.core.identity;

import dev.remit.core.value.InvalidValueException;
import java.util.regex.Pattern;

/** The name of a kind of agent: a lower-case slug of at most 63 characters. */
public record AgentClassId(String value) {

  private static final Pattern FORM = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

  /** Stands where an agent's class would for people who work on their own; no agent has it. */
  public static final AgentClassId PERSON = new AgentClassId("person");

  public AgentClassId {
    if (!FORM.matcher(value).matches()) {
      throw new InvalidValueException("an agent's name is lower-case letters, digits and hyphens");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
