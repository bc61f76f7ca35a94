package dev.remit.web.people;

import dev.remit.core.call.Tool;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.flow.CallResult;
import dev.remit.core.task.TaskClass;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import dev.remit.web.http.Answer;
import dev.remit.web.http.Refusal;
import java.util.List;
import java.util.Locale;

/** What people's programs read of people's own work. */
final class WorkViews {

  private WorkViews() {}

  static Value taskClass(TaskClass taskClass) {
    return Value.object(
        "taskClass", taskClass.name(),
        "why", taskClass.why(),
        "risk", taskClass.risk().text(),
        "targetKind", taskClass.targetKind(),
        "targetsAtMost", taskClass.targetsAtMost(),
        "tools", Value.texts(taskClass.tools().stream().sorted().toList()));
  }

  static Value tool(Tool tool) {
    List<Value> targets =
        tool.targets().stream()
            .map(target ->
                (Value)
                    Value.object(
                        "argument", target.argument(),
                        "connector", target.connector().value(),
                        "kind", target.kind()))
            .toList();
    return Value.object(
        "tool", tool.name(),
        "title", tool.title(),
        "description", tool.description(),
        "effect", tool.effect().text(),
        "schema", tool.inputSchema(),
        "targets", new Value.Array(targets));
  }

  private static IllegalStateException noPlans() {
    return new IllegalStateException("people make calls one by one");
  }

  /** What became of a call: done, waiting, or refused with a reason. */
  static Answer answer(CallResult result, TenantId tenant) {
    return switch (result) {
      case CallResult.Answered answered ->
          Answer.json(
              200,
              Value.object(
                  "call", answered.call().value(),
                  "outcome", answered.outcome().name().toLowerCase(Locale.ROOT),
                  "result", answered.result(),
                  "detail", answered.detail(),
                  "isCleaningUp", answered.isCleaningUp()));
      case CallResult.Joined(var first) -> Answer.json(200, Value.object("joined", first.value()));
      case CallResult.Waiting(var handle, var from, var answerBy) ->
          Answer.json(
              202,
              Value.object(
                  "waitsFor", handle.value(),
                  "from", Value.texts(from),
                  "answerBy", answerBy.toString(),
                  "card", "/console/card/" + tenant.value() + "/" + handle.value()));
      case CallResult.Refused(var call, var reason) ->
          throw new Refusal(
              409, reason.agentCode(), "nothing was sent; look at call " + call.value());
      case CallResult.TooMany(var call, int named, int atMost) ->
          throw new Refusal(
              409,
              ReasonCode.LIMIT_EXCEEDED.agentCode(),
              named + " targets are named, and one call takes at most " + atMost + "; name fewer");
      case CallResult.TooMany many ->
          throw Refusal.badRequest(
              "the call names " + many.named() + " targets; one touches at most " + many.atMost());
      case CallResult.InvalidArguments(String message) -> throw Refusal.badRequest(message);
      case CallResult.Ended(var handle, var state, String why) ->
          Answer.json(
              200,
              Value.object(
                  "handle", handle.value(),
                  "state", state.name().toLowerCase(Locale.ROOT),
                  "why", why));
      case CallResult.Planned ignored -> throw noPlans();
      case CallResult.NoPlan ignored -> throw noPlans();
      case CallResult.UnknownTool(String tool) ->
          throw new Refusal(
              404, "no-such-tool", "this task has no tool `" + tool + "` that is yours to use");
    };
  }
}
