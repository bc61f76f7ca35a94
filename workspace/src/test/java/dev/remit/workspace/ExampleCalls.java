package dev.remit.workspace;

import dev.remit.core.call.Call;
import dev.remit.core.call.CallId;
import dev.remit.core.decision.Decision;
import dev.remit.core.decision.Question;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.release.Release;
import dev.remit.core.target.TargetRecord;
import dev.remit.core.task.Ground;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskId;
import dev.remit.core.value.Value;
import dev.remit.policy.CedarDecisionPoint;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Decides calls by the example workspace. */
final class ExampleCalls {
  private static final LoadedWorkspace WORKSPACE = Example.loaded();
  private static final Release RELEASE = WORKSPACE.release();
  private static final CedarDecisionPoint POINT =
      new CedarDecisionPoint(RELEASE, WORKSPACE.policies());
  static final Instant AT = Instant.parse("2026-01-05T12:00:00Z");

  /** For an agent whose token is not bound. */
  static Decision decide(
      String agent, String taskClass, String toolName, TargetRecord target, Value.Obj arguments) {
    return decide(agent, false, taskClass, toolName, target, arguments);
  }

  static Decision decide(
      String agent,
      boolean isBound,
      String taskClass,
      String toolName,
      TargetRecord target,
      Value.Obj arguments) {
    var id = AgentId.parse(agent);
    var tool = Objects.requireNonNull(RELEASE.tools().get(toolName));
    var ticket =
        new Ground(RELEASE.ticketConnector(), "5001", id.tenant(), "p", true, true, "printer");
    var task =
        new Task(
            new TaskId("t"),
            id.tenant(),
            id.environment(),
            id,
            Optional.empty(),
            taskClass,
            ticket,
            Set.of(target.ref()),
            Set.of(toolName),
            5,
            AT,
            AT.plusSeconds(600),
            Task.State.OPEN,
            new Task.Prompt("", ""),
            false);
    var caller = new Caller.Agent(id, new InstanceId("x"), isBound, AT.plusSeconds(60));
    var call = new Call(new CallId("c"), caller, task, tool, arguments, List.of(target));
    var connector = Objects.requireNonNull(RELEASE.connectors().get(tool.connector()));
    return POINT.decide(
        new Question(
            call,
            Objects.requireNonNull(RELEASE.agentClasses().get(id.agentClass())),
            Objects.requireNonNull(RELEASE.agentClasses().get(id.agentClass()))
                .autonomy()
                .in(taskClass)
                .start(),
            Objects.requireNonNull(RELEASE.taskClasses().get(taskClass)),
            Objects.requireNonNull(RELEASE.tenants().get(id.tenant())),
            connector.scopeTruth(),
            Optional.of(target),
            Set.of(),
            AT));
  }

  private ExampleCalls() {}
}
