package dev.remit.web.mcp;

import dev.remit.core.approval.ProposalId;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.execution.Cut;
import dev.remit.core.identity.Caller;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.web.machines.ClientParts;
import java.util.ArrayList;
import java.util.Optional;

/**
 * An agent that looks at several clients: each request is one of its parts', found by the task or
 * handle that it names, and each result says of which client it is.
 *
 * <p>The client stands first in the words, before anything that a vendor's system said, and in
 * {@code _meta}, which holds nothing of a vendor's.
 */
record OfTriage(
    Caller.Triage caller,
    ClientParts parts,
    ToolList toolList,
    ToolCalls toolCalls,
    McpTasks mcpTasks)
    implements Served {

  private static final String META = "_meta";

  @Override
  public Value.Obj tools(Value.Obj params) {
    return toolList.page(caller, params);
  }

  @Override
  public Value.Obj call(Value.Obj params, Cut cut, Era era) {
    String tool = params.text("name").orElse("");
    var arguments = params.object("arguments").orElse(Value.Obj.EMPTY);
    if (tool.equals(OwnTools.TASK_STATUS) && arguments.equals(Value.Obj.EMPTY)) {
      return toolCalls.openTasks(caller.parts());
    }
    Optional<Caller.Agent> part;
    try {
      part = part(tool, arguments);
    } catch (InvalidValueException e) {
      return CallWords.error(
          "invalid arguments: " + e.getMessage(), Value.object("dev.remit/outcome", "invalid"));
    }
    return part.map(one -> of(one.id().tenant(), toolCalls.call(one, params, cut, era)))
        .orElseGet(OfTriage::atNoClient);
  }

  private Optional<Caller.Agent> part(String tool, Value.Obj arguments) {
    return switch (tool) {
      case OwnTools.OPEN_TASK -> Optional.of(ClientParts.named(caller, arguments.text("agent")));
      case "remit_continue" -> arguments.text("handle").flatMap(this::ofHandle);
      case "remit_delegate" -> ofTask(arguments, "parent");
      default -> ofTask(arguments, OwnTools.has(tool) ? "task" : ToolSchema.TASK);
    };
  }

  private Optional<Caller.Agent> ofTask(Value.Obj arguments, String member) {
    return arguments
        .text(member)
        .filter(name -> name.matches("[!-~]{1,128}"))
        .flatMap(name -> parts.ofTask(caller, new TaskId(name)));
  }

  private Optional<Caller.Agent> ofHandle(String handle) {
    return handle.matches("[!-~]{1,128}")
        ? parts.ofHandle(caller, new ProposalId(handle))
        : Optional.empty();
  }

  /** It is in no client's log, for nothing tells which; nothing was sent. */
  private static Value.Obj atNoClient() {
    return CallWords.error(
        "refused: "
            + ReasonCode.NO_TASK.agentCode()
            + "; you work at several clients: name the task or handle, which is of one."
            + " remit_task_status without arguments lists your tasks",
        Value.object(
            "dev.remit/outcome", "refused", "dev.remit/reason", ReasonCode.NO_TASK.agentCode()));
  }

  @Override
  public Value.Obj get(Value.Obj params, Cut cut) {
    var part = ofTaskId(params);
    return told(part.id().tenant(), mcpTasks.get(part, params, cut));
  }

  /** What is told of one of MCP's tasks, marked. */
  static Value.Obj told(TenantId tenant, Value.Obj told) {
    var result = told.object("result");
    return marked(
        tenant, result.isPresent() ? told.with("result", of(tenant, result.get())) : told);
  }

  @Override
  public Value.Obj cancel(Value.Obj params) {
    return mcpTasks.cancel(ofTaskId(params), params);
  }

  @Override
  public Value.Obj acknowledged(Value.Obj params) {
    return mcpTasks.acknowledged(ofTaskId(params), params);
  }

  /** For a handle that is nobody's the first part hears that it is none. */
  private Caller.Agent ofTaskId(Value.Obj params) {
    return params.text("taskId").flatMap(this::ofHandle).orElseGet(() -> caller.parts().getFirst());
  }

  /** A result, marked. */
  static Value.Obj of(TenantId tenant, Value.Obj result) {
    if (result.get("content").isEmpty()) {
      return marked(tenant, result);
    }
    var content = new ArrayList<Value>();
    content.add(CallWords.text("of the client `" + tenant + "`:"));
    content.addAll(result.items("content"));
    return marked(tenant, result.with("content", new Value.Array(content)));
  }

  private static Value.Obj marked(TenantId tenant, Value.Obj result) {
    var meta = result.object(META).orElse(Value.Obj.EMPTY);
    return result.with(META, meta.with("dev.remit/tenant", Value.of(tenant.value())));
  }
}
