package dev.remit.web.mcp;

import dev.remit.core.execution.Cut;
import dev.remit.core.identity.Caller;
import dev.remit.core.value.Value;

/** An agent of one client. */
record OfAgent(Caller.Agent caller, ToolList toolList, ToolCalls toolCalls, McpTasks mcpTasks)
    implements Served {

  @Override
  public Value.Obj tools(Value.Obj params) {
    return toolList.page(caller, params);
  }

  @Override
  public Value.Obj call(Value.Obj params, Cut cut, Era era) {
    return toolCalls.call(caller, params, cut, era);
  }

  @Override
  public Value.Obj get(Value.Obj params, Cut cut) {
    return mcpTasks.get(caller, params, cut);
  }

  @Override
  public Value.Obj cancel(Value.Obj params) {
    return mcpTasks.cancel(caller, params);
  }

  @Override
  public Value.Obj acknowledged(Value.Obj params) {
    return mcpTasks.acknowledged(caller, params);
  }
}
