package dev.remit.core.identity;

import dev.remit.core.tenant.Environment;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.InvalidValueException;

/**
 * One workload identity: agent class × tenant × environment × grade family. Never shared, never a
 * person.
 */
public record AgentId(
    AgentClassId agentClass, TenantId tenant, Environment environment, GradeFamily family) {

  /** The form {@code class/tenant/environment/family} used in files, entries and policy. */
  public String text() {
    return agentClass + "/" + tenant + "/" + environment.text() + "/" + family.text();
  }

  /** Reads {@link #text()}; anything else is wrong input. */
  public static AgentId parse(String text) {
    var parts = text.split("/", -1);
    if (parts.length != 4) {
      throw new InvalidValueException(
          "an agent is named class/tenant/environment/family, not `" + text + "`");
    }
    return new AgentId(
        new AgentClassId(parts[0]),
        new TenantId(parts[1]),
        Environment.parse(parts[2]),
        GradeFamily.parse(parts[3]));
  }

  @Override
  public String toString() {
    return text();
  }
}
