package dev.remit.web.mcp;

import dev.remit.core.execution.Cut;
import dev.remit.core.identity.Caller;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;

/**
 * An agent of several clients that came with the token of one task: it is at the client of that
 * task and nowhere else, and each result still says which one that is.
 */
record OfPart(OfAgent agent) implements Served {

  @Override
  public Caller caller() {
    return agent.caller();
  }

  private TenantId tenant() {
    return agent.caller().id().tenant();
  }

  @Override
  public Value.Obj tools(Value.Obj params) {
    return agent.tools(params);
  }

  @Override
  public Value.Obj call(Value.Obj params, Cut cut, Era era) {
    return OfTriage.of(tenant(), agent.call(params, cut, era));
  }

  @Override
  public Value.Obj get(Value.Obj params, Cut cut) {
    return OfTriage.told(tenant(), agent.get(params, cut));
  }

  @Override
  public Value.Obj cancel(Value.Obj params) {
    return agent.cancel(params);
  }

  @Override
  public Value.Obj acknowledged(Value.Obj params) {
    return agent.acknowledged(params);
  }
}
