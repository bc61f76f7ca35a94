package dev.remit.core.kill;

import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.InvalidValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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

  /** What a scope names. */
  public enum Kind {
    EVERYTHING,
    TENANT,
    AGENT,
    CLASS,
    INSTANCE,
    CONNECTOR
  }

  /** What it names. */
  public Kind kind() {
    int colon = text.indexOf(':');
    return colon < 0
        ? Kind.EVERYTHING
        : Kind.valueOf(text.substring(0, colon).toUpperCase(Locale.ROOT));
  }

  /** The name without its kind; empty for everything. */
  public String name() {
    return text.substring(text.indexOf(':') < 0 ? text.length() : text.indexOf(':') + 1);
  }

  /** Whether it covers the work of this agent as this instance, whatever system that is at. */
  public boolean covers(AgentId agent, Optional<InstanceId> instance) {
    return switch (kind()) {
      case EVERYTHING -> true;
      case TENANT -> agent.tenant().value().equals(name());
      case AGENT -> agent.text().equals(name());
      case CLASS -> agent.agentClass().value().equals(name());
      case INSTANCE -> instance.filter(known -> known.value().equals(name())).isPresent();
      case CONNECTOR -> false;
    };
  }

  /** One tenant. */
  public static KillScope tenant(TenantId tenant) {
    return new KillScope("tenant:" + tenant);
  }

  /** One agent. */
  public static KillScope agent(AgentId agent) {
    return new KillScope("agent:" + agent.text());
  }

  /**
   * Every scope that covers work of this caller. A token's is ordered by its revocation, never by
   * people.
   */
  public static List<String> covering(Caller.Worker caller) {
    var scopes =
        new ArrayList<>(
            List.of(
                "everything",
                "tenant:" + caller.id().tenant(),
                "class:" + caller.id().agentClass(),
                "agent:" + caller.id().text(),
                "instance:" + caller.instance()));
    caller.token().ifPresent(token -> scopes.add("token:" + token.id()));
    return List.copyOf(scopes);
  }

  /** Every scope that covers Remit's own reads at a connector for a tenant. */
  public static List<String> covering(TenantId tenant, ConnectorId connector) {
    return List.of("everything", "tenant:" + tenant, "connector:" + connector);
  }
}
