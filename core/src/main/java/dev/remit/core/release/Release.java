package dev.remit.core.release;

import dev.remit.core.call.Tool;
import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.Orchestrator;
import dev.remit.core.identity.OrchestratorId;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.task.TaskClass;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.tenant.TenantId;
import java.util.List;
import java.util.Map;

/**
 * What one policy version means at run time: the workspace, read and cross-checked.
 *
 * <p>Immutable; a reference held through a call decides that call, and {@code admit} checks that
 * its version is still the active one.
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
    ConnectorId ticketConnector) {

  public Release {
    tenants = Map.copyOf(tenants);
    agentClasses = Map.copyOf(agentClasses);
    orchestrators = Map.copyOf(orchestrators);
    taskClasses = Map.copyOf(taskClasses);
    tools = Map.copyOf(tools);
    connectors = Map.copyOf(connectors);
  }

  /**
   * The tools that are not denied to this agent for every argument, sorted by name: some task class
   * of its agent class names the tool, and its grade family carries the tool's effect.
   */
  public List<Tool> toolsOf(Caller.Agent caller) {
    var agentClass = agentClasses.get(caller.id().agentClass());
    if (agentClass == null) {
      return List.of();
    }
    return tools.values().stream()
        .filter(tool -> caller.id().family().carries(tool.effect()))
        .filter(tool -> agentClass.taskClasses().stream().anyMatch(name -> names(name, tool)))
        .sorted(java.util.Comparator.comparing(Tool::name))
        .toList();
  }

  private boolean names(String taskClassName, Tool tool) {
    var taskClass = taskClasses.get(taskClassName);
    return taskClass != null && taskClass.tools().contains(tool.name());
  }
}
