package dev.remit.core.release;

import dev.remit.core.call.Tool;
import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.Orchestrator;
import dev.remit.core.identity.OrchestratorId;
import dev.remit.core.identity.PersonId;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.task.TaskClass;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.tenant.TenantId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one policy version means at run time: the workspace, read and cross-checked.
 *
 * <p>Immutable; {@code authors} are who wrote the version, empty when nobody knows. A reference
 * held through a call decides that call, and {@code admit} checks that its version is still the
 * active one.
 *
 * @param peers who else asks this version's policy, and who else is asked
 * @param surroundings what its systems reach beyond their own tools, and which are Remit's own
 */
public record Release(
    VersionId version,
    String organisation,
    Map<TenantId, Tenant> tenants,
    Map<AgentClassId, AgentClass> agentClasses,
    Map<OrchestratorId, Orchestrator> orchestrators,
    Map<String, TaskClass> taskClasses,
    Map<String, Tool> tools,
    Map<ConnectorId, ConnectorSpec> connectors,
    ConnectorId ticketConnector,
    People people,
    Set<PersonId> authors,
    OversightTerms oversight,
    PolicyPeers peers,
    Surroundings surroundings) {

  public Release {
    tenants = Map.copyOf(tenants);
    agentClasses = Map.copyOf(agentClasses);
    orchestrators = Map.copyOf(orchestrators);
    taskClasses = Map.copyOf(taskClasses);
    tools = Map.copyOf(tools);
    connectors = Map.copyOf(connectors);
    authors = Set.copyOf(authors);
  }

  /** A version that says nothing of oversight and has no peers. */
  public Release(
      VersionId version,
      String organisation,
      Map<TenantId, Tenant> tenants,
      Map<AgentClassId, AgentClass> agentClasses,
      Map<OrchestratorId, Orchestrator> orchestrators,
      Map<String, TaskClass> taskClasses,
      Map<String, Tool> tools,
      Map<ConnectorId, ConnectorSpec> connectors,
      ConnectorId ticketConnector,
      People people,
      Set<PersonId> authors) {
    this(
        version,
        organisation,
        tenants,
        agentClasses,
        orchestrators,
        taskClasses,
        tools,
        connectors,
        ticketConnector,
        people,
        authors,
        OversightTerms.DEFAULT,
        PolicyPeers.NONE,
        Surroundings.NONE);
  }

  /** The same version, written by these. */
  public Release by(Set<PersonId> writers) {
    return new Release(
        version,
        organisation,
        tenants,
        agentClasses,
        orchestrators,
        taskClasses,
        tools,
        connectors,
        ticketConnector,
        people,
        writers,
        oversight,
        peers,
        surroundings);
  }

  /** The same version in other surroundings. */
  public Release in(Surroundings others) {
    return new Release(
        version,
        organisation,
        tenants,
        agentClasses,
        orchestrators,
        taskClasses,
        tools,
        connectors,
        ticketConnector,
        people,
        authors,
        oversight,
        peers,
        others);
  }

  /**
   * The tools that are not denied to this agent for every argument, sorted by name: some task class
   * of its agent class names the tool, its grade family carries the tool's effect, and the tool's
   * connector is not only declared.
   */
  public List<Tool> toolsOf(Caller.Worker caller) {
    return tools.values().stream()
        .filter(tool -> toolOf(caller, tool.name()).isPresent())
        .sorted(java.util.Comparator.comparing(Tool::name))
        .toList();
  }

  /**
   * The one tenant that has this identifier in that system; empty when none has it, or more than
   * one.
   */
  public Optional<TenantId> tenantOf(ConnectorId connector, String owner) {
    var owners =
        tenants.values().stream()
            .filter(tenant -> owner.equals(tenant.externalIds().get(connector.value())))
            .map(Tenant::id)
            .toList();
    return owners.size() == 1 ? Optional.of(owners.getFirst()) : Optional.empty();
  }

  /** The task class of this name as this tenant varies it. */
  public Optional<TaskClass> taskClass(String name, TenantId tenant) {
    return Optional.ofNullable(taskClasses.get(name)).map(taskClass -> taskClass.of(tenant));
  }

  /** The same version with other tenants, agent classes and connectors, to try what would be. */
  public Release supposing(
      Map<TenantId, Tenant> clients,
      Map<AgentClassId, AgentClass> agents,
      Map<ConnectorId, ConnectorSpec> others) {
    return new Release(
        version,
        organisation,
        clients,
        agents,
        orchestrators,
        taskClasses,
        tools,
        others,
        ticketConnector,
        people,
        authors,
        oversight,
        peers,
        surroundings);
  }

  /** Connectors that are only declared: their tools are known to policy and to nobody else. */
  public Set<ConnectorId> declaredOnly() {
    return connectors.values().stream()
        .filter(ConnectorSpec::isDeclared)
        .map(ConnectorSpec::id)
        .collect(java.util.stream.Collectors.toUnmodifiableSet());
  }

  private boolean isDeclared(Tool tool) {
    var connector = connectors.get(tool.connector());
    return connector != null && connector.isDeclared();
  }

  /** One of {@link #toolsOf} by its name. */
  public Optional<Tool> toolOf(Caller.Worker caller, String name) {
    return Optional.ofNullable(tools.get(name))
        .filter(tool -> !isDeclared(tool) && isShown(caller, tool));
  }

  private boolean isShown(Caller.Worker caller, Tool tool) {
    return caller.id().family().carries(tool.effect())
        && agentClassOf(caller).stream()
            .flatMap(agentClass -> agentClass.taskClasses().stream())
            .anyMatch(name -> names(name, caller, tool));
  }

  /**
   * The class of an agent, or for a person what the workspace lets this person work on; empty when
   * there is none in this version.
   */
  public Optional<AgentClass> agentClassOf(Caller.Worker caller) {
    return switch (caller) {
      case Caller.Agent agent -> Optional.ofNullable(agentClasses.get(agent.id().agentClass()));
      case Caller.OfPerson own ->
          people
              .workOf(own.person())
              .filter(work -> work.family() == own.family())
              .map(OwnWork::asClass);
      case Caller.OfAutomation remit ->
          Optional.ofNullable(agentClasses.get(remit.id().agentClass()))
              .filter(AgentClass::isAutomation);
    };
  }

  private boolean names(String taskClass, Caller.Worker caller, Tool tool) {
    return taskClass(taskClass, caller.id().tenant())
        .filter(known -> known.tools().contains(tool.name()))
        .isPresent();
  }
}
