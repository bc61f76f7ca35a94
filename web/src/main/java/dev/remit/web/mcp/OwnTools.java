package dev.remit.web.mcp;

import dev.remit.core.approval.ProposalId;
import dev.remit.core.execution.Cut;
import dev.remit.core.flow.CallResult;
import dev.remit.core.flow.Gateway;
import dev.remit.core.flow.TaskResult;
import dev.remit.core.identity.Caller;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskId;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import dev.remit.web.http.Fields;
import dev.remit.web.machines.DelegationWire;
import dev.remit.web.machines.TaskWire;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Remit's own tools: open, watch, close and hand over a task, hand a part of it on, and continue a
 * call that waited for people.
 *
 * <p>Nothing here approves, widens or lifts anything; {@code remit_continue} runs only what people
 * granted. Arguments are closed to names that are not listed.
 */
final class OwnTools {

  /** What is listed, by name. */
  static final Map<String, Value.Obj> DEFINITIONS = OwnToolDefinitions.all();

  static final String OPEN_TASK = "remit_open_task";
  static final String TASK_STATUS = "remit_task_status";

  /** Answered by {@link ToolCalls}, for what it asks may become a task. */
  static final String PROPOSE_PLAN = "remit_propose_plan";

  private static final int NAME = 128;
  private static final int REASON = 2_000;

  /** Seconds that one request waits for people at most. */
  static final int LONGEST_WAIT = 300;

  private final Gateway gateway;

  OwnTools(Gateway gateway) {
    this.gateway = gateway;
  }

  /** Whether the name is one of ours. */
  static boolean has(String tool) {
    return DEFINITIONS.containsKey(tool);
  }

  /** The tool's result. */
  Value.Obj call(Caller.Agent caller, String tool, Value.Obj arguments, Cut cut, Era era) {
    return switch (tool) {
      case OPEN_TASK -> told(gateway.openTask(TaskWire.request(caller, arguments)));
      case "remit_delegate" -> told(gateway.delegate(DelegationWire.request(caller, arguments)));
      case TASK_STATUS -> status(caller, new Fields(arguments, Set.of("task")));
      case "remit_close_task" -> close(caller, new Fields(arguments, Set.of("task", "state")));
      case "remit_escalate" -> escalate(caller, new Fields(arguments, Set.of("task", "reason")));
      case "remit_continue" ->
          CallWords.result(
              resumed(caller, new Fields(arguments, Set.of("handle", "waitSeconds")), cut), era);
      default -> throw CallWords.unknownTool(tool);
    };
  }

  private CallResult resumed(Caller.Agent caller, Fields arguments, Cut cut) {
    return gateway.resume(
        caller,
        new ProposalId(arguments.text("handle", NAME)),
        cut,
        Duration.ofSeconds(arguments.number("waitSeconds", 0, LONGEST_WAIT)));
  }

  private Value.Obj status(Caller.Agent caller, Fields arguments) {
    var named = arguments.optionalText("task", NAME);
    if (named.isPresent()) {
      return told(gateway.task(caller, new TaskId(named.get())));
    }
    return openTasks(List.of(caller));
  }

  private Value.Obj close(Caller.Agent caller, Fields arguments) {
    var state = TaskWire.ending(arguments.text("state", NAME));
    return told(gateway.closeTask(caller, new TaskId(arguments.text("task", NAME)), state));
  }

  private Value.Obj escalate(Caller.Agent caller, Fields arguments) {
    return told(
        gateway.escalate(
            caller, new TaskId(arguments.text("task", NAME)), arguments.text("reason", REASON)));
  }

  private static Value.Obj told(TaskResult result) {
    return switch (result) {
      case TaskResult.Told(Task task) -> structured(TaskWire.view(task));
      case TaskResult.Refused(var reason, String hint) ->
          CallWords.error(
              "refused: " + reason.agentCode() + "; " + hint,
              Value.object("dev.remit/outcome", "refused", "dev.remit/reason", reason.agentCode()));
      case TaskResult.NotFound() ->
          CallWords.error(
              "no such task; remit_task_status without arguments lists yours",
              Value.object("dev.remit/outcome", "not-found"));
    };
  }

  /** All open tasks of these, one client after the other. */
  Value.Obj openTasks(List<Caller.Agent> parts) {
    var open =
        parts.stream()
            .flatMap(part -> gateway.openTasks(part).stream())
            .map(TaskWire::view)
            .toList();
    return structured(Value.object("tasks", open));
  }

  private static Value.Obj structured(Value.Obj value) {
    return Value.object(
        "content", List.of(CallWords.text(Json.text(value))), "structuredContent", value);
  }
}
