package dev.remit.web;

import dev.remit.core.approval.ProposalId;
import dev.remit.core.call.CallId;
import dev.remit.core.call.CallRequest;
import dev.remit.core.call.Tool;
import dev.remit.core.delegation.DelegationRequest;
import dev.remit.core.execution.Cut;
import dev.remit.core.execution.Outcome;
import dev.remit.core.flow.CallResult;
import dev.remit.core.flow.Gateway;
import dev.remit.core.flow.PlanRequest;
import dev.remit.core.flow.TaskRequest;
import dev.remit.core.flow.TaskResult;
import dev.remit.core.identity.Caller;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskId;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A gateway that remembers what it was asked and answers what it was told to. */
final class FakeGateway implements Gateway {

  final List<CallRequest> calls = new CopyOnWriteArrayList<>();
  final List<ProposalId> resumed = new CopyOnWriteArrayList<>();
  final List<Caller.Agent> resumers = new CopyOnWriteArrayList<>();
  final List<ProposalId> takenBack = new CopyOnWriteArrayList<>();
  final List<PlanRequest> plans = new CopyOnWriteArrayList<>();
  final List<TaskRequest> wishes = new CopyOnWriteArrayList<>();
  final List<DelegationRequest> delegations = new CopyOnWriteArrayList<>();
  final List<Task.State> closings = new CopyOnWriteArrayList<>();
  final List<String> escalations = new CopyOnWriteArrayList<>();
  final Map<TaskId, Task> tasks = new ConcurrentHashMap<>();
  volatile List<Tool> tools = Samples.TOOLS;
  volatile BiFunction<CallRequest, Cut, CallResult> answer = (request, cut) -> succeeded("done");

  volatile Function<ProposalId, CallResult> resuming = handle -> succeeded("resumed " + handle);

  /** Whether anything at all was executed or changed. */
  boolean isUntouched() {
    return calls.isEmpty()
        && resumed.isEmpty()
        && takenBack.isEmpty()
        && wishes.isEmpty()
        && closings.isEmpty();
  }

  static CallResult succeeded(String words) {
    return new CallResult.Answered(
        new CallId("call-1"), Outcome.SUCCEEDED, Samples.text(words), "", false);
  }

  static CallResult ended(Outcome outcome, String detail) {
    return new CallResult.Answered(
        new CallId("call-1"), outcome, Value.Obj.EMPTY, detail, outcome == Outcome.UNKNOWN);
  }

  @Override
  public List<Tool> tools(Caller.Agent caller) {
    return tools.stream().sorted(Comparator.comparing(Tool::name)).toList();
  }

  @Override
  public CallResult call(CallRequest request, Cut cut) {
    if (tools.stream().noneMatch(tool -> tool.name().equals(request.tool()))) {
      return new CallResult.UnknownTool(request.tool());
    }
    calls.add(request);
    return answer.apply(request, cut);
  }

  @Override
  public CallResult resume(Caller.Agent caller, ProposalId handle, Cut cut) {
    resumed.add(handle);
    resumers.add(caller);
    return resuming.apply(handle);
  }

  @Override
  public Optional<Instant> askedAt(Caller.Agent caller, ProposalId handle) {
    if (handle.value().startsWith("at-")) {
      return Optional.of(Samples.NOW)
          .filter(_ -> handle.value().equals("at-" + caller.id().tenant()));
    }
    return handle.value().startsWith("foreign") ? Optional.empty() : Optional.of(Samples.NOW);
  }

  @Override
  public boolean takeBack(Caller.Agent caller, ProposalId handle) {
    if (handle.value().startsWith("foreign")) {
      return false;
    }
    takenBack.add(handle);
    return true;
  }

  @Override
  public CallResult proposePlan(PlanRequest request) {
    plans.add(request);
    return new CallResult.Waiting(
        new ProposalId("plan-1"), List.of("1 of tenant.approvers"), Samples.NOW.plusSeconds(600));
  }

  @Override
  public TaskResult openTask(TaskRequest request) {
    wishes.add(request);
    var task = Samples.task("task-" + wishes.size(), request);
    tasks.put(task.id(), task);
    return new TaskResult.Told(task);
  }

  @Override
  public TaskResult delegate(DelegationRequest request) {
    delegations.add(request);
    var parent = tasks.get(request.parent());
    if (parent == null) {
      return new TaskResult.NotFound();
    }
    var task = Samples.below(parent, "child-" + delegations.size(), request);
    tasks.put(task.id(), task);
    return new TaskResult.Told(task);
  }

  @Override
  public TaskResult task(Caller caller, TaskId id) {
    var task = tasks.get(id);
    return task == null || isElsewhere(task, caller)
        ? new TaskResult.NotFound()
        : new TaskResult.Told(task);
  }

  private static boolean isElsewhere(Task task, Caller caller) {
    return caller instanceof Caller.Triage
        || (caller instanceof Caller.Agent agent && !agent.id().tenant().equals(task.tenant()));
  }

  @Override
  public TaskResult takeTask(Caller.Agent caller, TaskId id) {
    return task(caller, id);
  }

  @Override
  public TaskResult closeTask(Caller caller, TaskId id, Task.State state) {
    var told = task(caller, id);
    if (told instanceof TaskResult.Told) {
      closings.add(state);
    }
    return told;
  }

  @Override
  public TaskResult escalate(Caller.Agent caller, TaskId id, String reason) {
    escalations.add(reason);
    return task(caller, id);
  }

  @Override
  public List<Task> openTasks(Caller.Agent caller) {
    return tasks.values().stream()
        .filter(task -> task.tenant().equals(caller.id().tenant()))
        .toList();
  }
}
