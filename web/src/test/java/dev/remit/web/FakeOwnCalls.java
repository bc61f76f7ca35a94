package dev.remit.web;

import dev.remit.core.approval.ProposalId;
import dev.remit.core.call.CallId;
import dev.remit.core.call.Tool;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.execution.Cut;
import dev.remit.core.execution.Outcome;
import dev.remit.core.flow.CallResult;
import dev.remit.core.flow.OwnCalls;
import dev.remit.core.flow.TaskResult;
import dev.remit.core.identity.Grade;
import dev.remit.core.task.TaskClass;
import dev.remit.core.task.TaskId;
import dev.remit.core.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A desk where {@code task-1} is everybody's own: a restart is made, a wipe waits for people, and
 * anything about device 9 is refused.
 */
final class FakeOwnCalls implements OwnCalls {
  static final String RESTART = "rmm_restart_service";
  static final String WIPE = "rmm_wipe";

  final List<String> done = new CopyOnWriteArrayList<>();

  /** Whether tools cannot be read, as when a store answers the next moment only. */
  volatile boolean isBlind;

  @Override
  public List<TaskClass> taskClasses(Seat seat) {
    return seat.person().equals(Team.OPERATOR)
        ? List.of(ConsoleEstate.taskClass("restart-service", Grade.LOW))
        : List.of();
  }

  @Override
  public TaskResult open(Seat seat, Wish wish) {
    done.add("open " + wish.taskClass() + " " + wish.ticket() + " by " + seat.person().id());
    return wish.ticket().equals("9")
        ? new TaskResult.Refused(ReasonCode.NO_GROUND, "name an open ticket")
        : new TaskResult.Told(Samples.task("task-1"));
  }

  @Override
  public TaskResult task(Seat seat, TaskId task) {
    return isOwn(task)
        ? new TaskResult.Told(Samples.task(task.value()))
        : new TaskResult.NotFound();
  }

  @Override
  public List<Tool> tools(Seat seat, TaskId task) {
    return isOwn(task) && !isBlind
        ? List.of(tool(RESTART, Grade.LOW), tool(WIPE, Grade.DESTRUCTIVE))
        : List.of();
  }

  @Override
  public CallResult call(
      Seat seat, TaskId task, String tool, Value.Obj arguments, Optional<String> key, Cut cut) {
    if (!isOwn(task)) {
      return new CallResult.Refused(new CallId("call-0"), ReasonCode.NO_TASK);
    }
    if (arguments.text("device").equals(Optional.of("9"))) {
      return new CallResult.Refused(new CallId("call-9"), ReasonCode.TENANT_MISMATCH);
    }
    done.add("call " + tool + " " + arguments + " by " + seat.person().id());
    return switch (tool) {
      case RESTART -> answered();
      case WIPE ->
          new CallResult.Waiting(
              new ProposalId("proposal-1"),
              List.of("1 of msp.approvers"),
              Samples.NOW.plusSeconds(1_800));
      default -> new CallResult.UnknownTool(tool);
    };
  }

  @Override
  public CallResult resume(Seat seat, ProposalId handle, Cut cut) {
    done.add("resume " + handle + " by " + seat.person().id());
    return handle.value().equals("proposal-1")
        ? answered()
        : new CallResult.Refused(new CallId("call-0"), ReasonCode.APPROVAL_INSUFFICIENT);
  }

  private static boolean isOwn(TaskId task) {
    return task.value().equals("task-1");
  }

  private static CallResult answered() {
    var text = Value.object("type", "text", "text", "the service <b>runs</b> again");
    return new CallResult.Answered(
        new CallId("call-1"),
        Outcome.SUCCEEDED,
        Value.object("content", List.of(text)),
        "done",
        false);
  }

  private static Tool tool(String name, Grade effect) {
    var schema =
        Value.object(
            "type", "object",
            "properties",
                Value.object(
                    "device", Value.object("type", "string", "description", "the device's id"),
                    "service", Value.object("type", "string"),
                    "force", Value.object("type", "boolean"),
                    "within", Value.object("type", "integer", "minimum", 1, "maximum", 600)),
            "required", List.of("device"));
    return Samples.tool(name, effect, schema);
  }
}
