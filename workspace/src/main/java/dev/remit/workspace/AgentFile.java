package dev.remit.workspace;

import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.AgentClass.WorkloadIdentity;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.GradeFamily;
import dev.remit.core.tenant.Environment;
import dev.remit.core.tenant.TenantId;
import dev.remit.workspace.Names.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** {@code agents/NAME.yaml}: what kind of agent, and its identities, or Remit's own work. */
final class AgentFile {
  private static final Form ENVIRONMENT = Form.oneOf("production", "staging", "test");
  private static final Form AUTOMATION = Form.oneOf("remit");
  private static final Form FAMILY = Form.oneOf("observe", "change", "destructive");

  private AgentFile() {}

  static AgentClass read(Section section, Names names, Identities identities) {
    var id = new AgentClassId(section.text("agent", Form.SLUG));
    if (id.equals(AgentClassId.PERSON)) {
      section.problem("agent", "`person` stands for people who work by themselves; choose another");
    }
    names.declare(Kind.AGENT, id.value(), section.origin("agent"));
    var owner = AccountabilityKeys.owner(section, names);
    var accountability = AccountabilityKeys.read(section, names);
    var purpose = section.text("purpose", Form.PROSE);
    boolean isAutomation = section.optionalText("automation", AUTOMATION).isPresent();
    // Remit itself asks no model.
    var modelProvider = isAutomation ? "" : section.text("model-provider", Form.PLAIN_NAME);
    var taskClasses = section.texts("task-classes", Form.SLUG);
    taskClasses.forEach(t -> names.refer(Kind.TASK_CLASS, t.text(), t.origin()));
    var listed =
        taskClasses.stream().map(Section.Located::text).collect(Collectors.toUnmodifiableSet());
    var autonomy = AutonomyKeys.read(section, listed);
    if (!section.has("identities")) {
      section.problem(section.origin(), "`identities` is missing; add a list of mappings");
    }
    var workloads = new ArrayList<WorkloadIdentity>();
    for (var one : section.optionalSections("identities")) {
      if (isAutomation) {
        workloads.add(automation(one, id, names, identities));
      } else {
        workloads.addAll(identity(one, id, names, identities));
      }
    }
    section.close();
    return new AgentClass(
        id, owner, purpose, modelProvider, listed, workloads, autonomy, accountability);
  }

  /** Remit itself at a client: no issuer and no subject, so that no token is ever it. */
  private static WorkloadIdentity automation(
      Section one, AgentClassId agentClass, Names names, Identities identities) {
    var tenant = one.text("tenant", Form.SLUG);
    names.refer(Kind.TENANT, tenant, one.origin("tenant"));
    var agent =
        new AgentId(
            agentClass,
            new TenantId(tenant),
            Environment.parse(one.text("environment", ENVIRONMENT)),
            GradeFamily.CHANGE);
    identities.claim(agent, one.origin());
    one.close();
    return WorkloadIdentity.ofAutomation(agent);
  }

  /** One agent, or the same at each of several clients with one proof. */
  private static List<WorkloadIdentity> identity(
      Section one, AgentClassId agentClass, Names names, Identities identities) {
    var tenants = one.has("tenants") ? TriageKeys.tenants(one) : List.of(tenant(one));
    tenants.forEach(tenant -> names.refer(Kind.TENANT, tenant.text(), tenant.origin()));
    var environment = Environment.parse(one.text("environment", ENVIRONMENT));
    var family = GradeFamily.parse(one.text("family", FAMILY));
    var agents =
        tenants.stream()
            .map(
                tenant -> new AgentId(agentClass, new TenantId(tenant.text()), environment, family))
            .toList();
    var proof = ProofKeys.ofAgent(one, "agent " + agents.getFirst().text(), names, identities);
    if (one.has("tenants")) {
      TriageKeys.check(one, family, proof);
      identities.spanning(agentClass, one.origin("tenants"));
    }
    agents.forEach(agent -> identities.claim(agent, one.origin()));
    one.close();
    return agents.stream().map(agent -> new WorkloadIdentity(proof, agent)).toList();
  }

  private static Section.Located tenant(Section one) {
    return new Section.Located(one.text("tenant", Form.SLUG), one.origin("tenant"));
  }
}
