package dev.remit.core.kill;

import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.Caller;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.InvalidValueException;
import java.util.List;

/**
 * What a kill covers, as text: {@code everything}, {@code tenant:T}, {@code agent:A}, {@code
 * class:C}, {@code instance:I}, {@code connector:C}.
 */
public record KillScope(String text) {

  /** Everything in the installation. */
  public static final KillScope EVERYTHING = new KillScope("everything");

  public KillScope {
    if (!text.equals("everything")
        && !text.matches("(tenant|agent|class|instance|connector):\\S{1,300}")) {
      throw new InvalidValueException(
          "a kill names everything, tenant:…, agent:…, class:…, instance:… or connector:…");
    }
  }

  /** One tenant. */
  public static KillScope tenant(TenantId tenant) {
    return new KillScope("tenant:" + tenant);
  }

  /** One agent. */
  public static KillScope agent(AgentId agent) {
    return new KillScope("agent:" + agent.text());
  }

  /** Every scope that covers work of this caller. */
  public static List<String> covering(Caller.Worker caller) {
    return List.of(
        "everything",
        "tenant:" + caller.id().tenant(),
        "class:" + caller.id().agentClass(),
        "agent:" + caller.id().text(),
        "instance:" + caller.instance());
  }

  /** Every scope that covers Remit's own reads at a connector for a tenant. */
  public static List<String> covering(TenantId tenant, ConnectorId connector) {
    return List.of("everything", "tenant:" + tenant, "connector:" + connector);
  }
}
