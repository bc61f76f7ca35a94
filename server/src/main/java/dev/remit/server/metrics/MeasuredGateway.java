package dev.remit.server.metrics;

import dev.remit.core.approval.ProposalId;
import dev.remit.core.call.CallRequest;
import dev.remit.core.call.Tool;
import dev.remit.core.delegation.DelegationRequest;
import dev.remit.core.execution.Cut;
import dev.remit.core.flow.CallResult;
import dev.remit.core.flow.Gateway;
import dev.remit.core.flow.PlanRequest;
import dev.remit.core.flow.TaskRequest;
import dev.remit.core.flow.TaskResult;
import dev.remit.core.identity.Caller;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Counts what passes and changes nothing. */
public final class MeasuredGateway implements Gateway {

  private final Gateway inner;
  private final CallFigures figures;

  public MeasuredGateway(Gateway inner, CallFigures figures) {
    this.inner = inner;
    this.figures = figures;
  }

  private CallResult measured(Supplier<CallResult> work) {
    long begun = System.nanoTime();
    var result = work.get();
    figures.call(result, System.nanoTime() - begun);
    return result;
  }

  @Override
  public CallResult call(CallRequest request, Cut cut) {
    return measured(() -> inner.call(request, cut));
  }

  @Override
  public CallResult resume(Caller.Agent caller, ProposalId handle, Cut cut) {
    return measured(() -> inner.resume(caller, handle, cut));
  }

  @Override
  public CallResult resume(Caller.Agent caller, ProposalId handle, Cut cut, Duration patience) {
    return measured(() -> inner.resume(caller, handle, cut, patience));
  }

  @Override
  public CallResult proposePlan(PlanRequest request) {
    return measured(() -> inner.proposePlan(request));
  }

  @Override
  public TaskResult openTask(TaskRequest request) {
    return counted(inner.openTask(request));
  }

  @Override
  public TaskResult delegate(DelegationRequest request) {
    return counted(inner.delegate(request));
  }

  private TaskResult counted(TaskResult result) {
    figures.task(
        switch (result) {
          case TaskResult.Told ignored -> "opened";
          case TaskResult.Refused(var reason, var ignored) -> reason.code();
          case TaskResult.NotFound ignored -> "not-found";
        });
    return result;
  }

  @Override
  public List<Tool> tools(Caller.Agent caller) {
    return inner.tools(caller);
  }

  @Override
  public TaskResult task(Caller caller, TaskId id) {
    return inner.task(caller, id);
  }

  @Override
  public TaskResult takeTask(Caller.Agent caller, TaskId id) {
    return inner.takeTask(caller, id);
  }

  @Override
  public TaskResult closeTask(Caller caller, TaskId id, Task.State state) {
    return inner.closeTask(caller, id, state);
  }

  @Override
  public TaskResult escalate(Caller.Agent caller, TaskId id, String reason) {
    return inner.escalate(caller, id, reason);
  }

  @Override
  public List<Task> openTasks(Caller.Agent caller) {
    return inner.openTasks(caller);
  }

  @Override
  public Optional<Instant> askedAt(Caller.Agent caller, ProposalId handle) {
    return inner.askedAt(caller, handle);
  }

  @Override
  public boolean takeBack(Caller.Agent caller, ProposalId handle) {
    return inner.takeBack(caller, handle);
  }
}
