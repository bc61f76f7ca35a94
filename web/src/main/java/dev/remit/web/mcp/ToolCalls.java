package dev.remit.web.mcp;

import dev.remit.core.call.CallRequest;
import dev.remit.core.execution.Cut;
import dev.remit.core.flow.CallResult;
import dev.remit.core.flow.Gateway;
import dev.remit.core.identity.Caller;
import dev.remit.core.task.TaskId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.util.List;
import java.util.Optional;

/**
 * {@code tools/call}: takes Remit's own arguments out, hands the rest to the gateway as it came,
 * and says what became of it.
 *
 * <p>Of the request nothing but the tool's name and the arguments goes further: no {@code _meta},
 * no member that we do not know. Arguments that do not fit are tool errors in both revisions, so
 * that a model can correct itself; an unknown tool is the protocol's own error.
 */
final class ToolCalls {

  private final Gateway gateway;
  private final McpTasks mcpTasks;
  private final OwnTools own;

  ToolCalls(Gateway gateway, McpTasks mcpTasks) {
    this.gateway = gateway;
    this.mcpTasks = mcpTasks;
    this.own = new OwnTools(gateway);
  }

  /** All open tasks of an agent, as its parts at several clients have them. */
  Value.Obj openTasks(List<Caller.Agent> parts) {
    return own.openTasks(parts);
  }

  /** The tool's result. */
  Value.Obj call(Caller.Agent caller, Value.Obj params, Cut cut, Era era) {
    String tool =
        params
            .text("name")
            .filter(name -> !name.isEmpty() && name.length() <= 128)
            .orElseThrow(() -> RpcError.invalidParams("`name` must be the name of a tool"));
    var given = params.get("arguments").orElse(Value.Obj.EMPTY);
    if (!(given instanceof Value.Obj arguments)) {
      throw RpcError.invalidParams("`arguments` must be an object");
    }
    try {
      if (tool.equals(OwnTools.PROPOSE_PLAN)) {
        var asked = gateway.proposePlan(PlanWire.request(caller, arguments));
        return told(caller, asked, params, era);
      }
      return OwnTools.has(tool)
          ? own.call(caller, tool, arguments, cut, era)
          : told(caller, gateway.call(request(caller, tool, arguments), cut), params, era);
    } catch (InvalidValueException e) {
      var invalid = new CallResult.InvalidArguments(String.valueOf(e.getMessage()));
      return CallWords.result(invalid, era);
    }
  }

  /** What waits for people is a task where the client knows those, and words where it does not. */
  private Value.Obj told(Caller.Agent caller, CallResult result, Value.Obj params, Era era) {
    return era == Era.MODERN
            && result instanceof CallResult.Waiting waiting
            && McpTasks.isDeclared(params)
        ? mcpTasks.created(caller, waiting)
        : CallWords.result(result, era);
  }

  private static CallRequest request(Caller.Agent caller, String tool, Value.Obj arguments) {
    return new CallRequest(
        caller,
        tool,
        arguments.without(ToolSchema.TASK).without(ToolSchema.IDEMPOTENCY_KEY),
        name(arguments, ToolSchema.TASK).map(TaskId::new),
        name(arguments, ToolSchema.IDEMPOTENCY_KEY));
  }

  private static Optional<String> name(Value.Obj arguments, String member) {
    var value = arguments.get(member);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get() instanceof Value.Text(String text) && text.matches("[!-~]{1,128}")) {
      return Optional.of(text);
    }
    throw new InvalidValueException(
        "argument `" + member + "` must be text of 1 to 128 printable characters");
  }
}
