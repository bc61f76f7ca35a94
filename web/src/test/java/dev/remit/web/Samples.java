package dev.remit.web;

import dev.remit.core.approval.Parties;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Subject;
import dev.remit.core.call.Tool;
import dev.remit.core.delegation.DelegationRequest;
import dev.remit.core.flow.TaskRequest;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.Grade;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.lease.Lease;
import dev.remit.core.lease.LeaseId;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.task.Ground;
import dev.remit.core.task.Lineage;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskClass.Answers;
import dev.remit.core.task.TaskClass.AskRule;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.Environment;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Records to test with. */
final class Samples {

  static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
  static final AgentId AGENT = AgentId.parse("service-desk/harbor-dental/production/change");
  static final List<Tool> TOOLS =
      List.of(
          tool("rmm_restart_service", Grade.LOW),
          tool("rmm_device_health", Grade.OBSERVE),
          tool("rmm_wipe_device", Grade.DESTRUCTIVE));

  private Samples() {}

  static Tool tool(String name, Grade effect) {
    return tool(
        name,
        effect,
        Value.object(
            "type",
            "object",
            "properties",
            Value.object("device", Value.object("type", "string")),
            "required",
            List.of("device"),
            "additionalProperties",
            false));
  }

  static Tool tool(String name, Grade effect, Value.Obj schema) {
    return new Tool(
        name,
        new ConnectorId("rmm"),
        name.substring(name.indexOf('_') + 1),
        "Title of " + name,
        "Does " + name,
        effect,
        schema,
        "sha256:00",
        List.of(new Tool.TargetArgument("device", new ConnectorId("rmm"), "device")),
        false,
        Tool.Proof.RECORD,
        Duration.ofSeconds(5),
        Value.Obj.EMPTY);
  }

  static Value.Obj text(String words) {
    return Value.object("content", List.of(Value.object("type", "text", "text", words)));
  }

  static Caller.Agent agent(String instance) {
    return new Caller.Agent(AGENT, new InstanceId(instance), true, NOW.plusSeconds(600));
  }

  /** An agent that looks at two clients. */
  static Caller.Triage triage(String instance) {
    return new Caller.Triage(
        new AgentClassId("triage-reader"),
        Environment.PRODUCTION,
        Set.of(new TenantId("harbor-dental"), new TenantId("northwind-legal")),
        new InstanceId(instance),
        true,
        NOW.plusSeconds(600));
  }

  static Task task(String id) {
    return task(
        id,
        new TaskRequest(
            agent("one"),
            AGENT,
            "restart-service",
            "4711",
            Set.of(),
            Set.of("rmm_restart_service"),
            Optional.empty()));
  }

  static Task task(String id, TaskRequest request) {
    return new Task(
        new TaskId(id),
        request.agent().tenant(),
        request.agent().environment(),
        request.agent(),
        Optional.of(new InstanceId("one")),
        request.taskClass(),
        new Ground(
            new ConnectorId("rmm"),
            request.ticket(),
            request.agent().tenant(),
            "u-1",
            true,
            true,
            "slow"),
        request.targets(),
        request.tools(),
        10,
        NOW,
        NOW.plusSeconds(900),
        Task.State.OPEN,
        new Task.Prompt("sha256:00", "please"),
        false);
  }

  /** A task that was handed on from this one. */
  static Task below(Task parent, String id, DelegationRequest request) {
    return new Task(
        new TaskId(id),
        parent.tenant(),
        parent.environment(),
        request.agent(),
        request.actor().map(Caller.Agent::instance),
        request.taskClass(),
        parent.ground(),
        request.targets(),
        request.tools(),
        request.calls().orElse(parent.callLimit()),
        NOW,
        request.deadline().orElse(parent.deadline()),
        Task.State.OPEN,
        parent.prompt(),
        false,
        parent
            .lineage()
            .and(
                new Lineage.Link(
                    parent.id(),
                    parent.agent(),
                    request.caller().instance(),
                    parent.taskClass(),
                    true)));
  }

  static Proposal proposal() {
    return new Proposal(
        new ProposalId("proposal-1"),
        AGENT.tenant(),
        new Subject.OfCall(
            new TaskId("task-1"),
            AGENT,
            new InstanceId("one"),
            "rmm_restart_service",
            Value.object("device", "7"),
            Optional.empty()),
        "sha256:00",
        List.of(
            new AskRule(
                "restart-service/1",
                "true",
                List.of(new Answers(1, "msp.senior-technicians")),
                Duration.ofMinutes(30),
                Duration.ofMinutes(10))),
        new Parties(Optional.empty(), Optional.empty(), true, Set.of(), Optional.empty()),
        Value.Obj.EMPTY,
        NOW,
        NOW.plusSeconds(1800),
        Optional.empty(),
        Proposal.State.OPEN);
  }

  static Lease lease() {
    return new Lease(
        new LeaseId("lease-1"),
        AGENT.tenant(),
        new ConnectorId("rmm"),
        "remit-abc",
        Optional.of(new TaskId("task-1")),
        Value.Obj.EMPTY,
        NOW.plusSeconds(60),
        "replica-1",
        Lease.State.ISSUED);
  }
}
