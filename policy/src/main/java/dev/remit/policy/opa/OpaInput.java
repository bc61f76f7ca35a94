package dev.remit.policy.opa;

import dev.remit.core.call.Call;
import dev.remit.core.decision.Question;
import dev.remit.core.target.TargetRecord;
import dev.remit.core.target.TargetRef;
import dev.remit.core.value.Value;

/**
 * A question as OPA's {@code input}: the facts that Cedar decided on, and no words of agents or
 * tickets.
 */
final class OpaInput {

  private OpaInput() {}

  static Value.Obj of(Question question) {
    var call = question.call();
    var input =
        Value.object(
            "agent", agent(question),
            "task", task(question),
            "chain", chain(question),
            "tool", tool(question),
            "tenant",
                Value.object(
                    "id",
                    question.tenant().id().value(),
                    "windows",
                    Value.texts(question.tenant().windowsOpenAt(question.at()))),
            "arguments", call.arguments(),
            "approvals", Value.texts(question.approvals().stream().sorted().toList()),
            "at", question.at().toString());
    return question.target().map(target -> input.with("target", target(target))).orElse(input);
  }

  private static Value agent(Question question) {
    var caller = question.call().caller();
    var id = caller.id();
    return Value.object(
        "id", id.text(),
        "class", id.agentClass().value(),
        "tenant", id.tenant().value(),
        "environment", id.environment().text(),
        "family", id.family().text(),
        "bound", caller.isBound(),
        "autonomy", question.autonomy().text(),
        "owner", question.agentClass().owner());
  }

  private static Value task(Question question) {
    var task = question.call().task();
    return Value.object(
        "id", task.id().value(),
        "class", question.taskClass().name(),
        "tenant", task.tenant().value(),
        "environment", task.environment().text(),
        "agent", task.agent().text(),
        "risk", question.taskClass().risk().text(),
        "openedAt", task.openedAt().toString(),
        "targets", Value.texts(task.targets().stream().map(TargetRef::text).sorted().toList()),
        "tools", Value.texts(task.tools().stream().sorted().toList()));
  }

  /** The other agents through whose hands the work goes; none if nobody handed it on. */
  private static Value chain(Question question) {
    return new Value.Array(
        question.call().task().lineage().links().stream()
            .map(link ->
                (Value)
                    Value.object(
                        "agent", link.agent().text(),
                        "instance", link.instance().value(),
                        "taskClass", link.taskClass(),
                        "bound", link.isBound()))
            .toList());
  }

  private static Value tool(Question question) {
    Call call = question.call();
    var tool = call.tool();
    return Value.object(
        "name", tool.name(),
        "connector", tool.connector().value(),
        "operation", tool.operation(),
        "effect", tool.effect().text(),
        "scopeTruth", question.scopeTruth().text(),
        "contentTrusted", tool.isContentTrusted());
  }

  private static Value target(TargetRecord target) {
    return Value.object(
        "ref", target.ref().text(),
        "kind", target.ref().kind(),
        "tenant", target.tenant().value(),
        "attributes", target.attributes(),
        "seenAt", target.seenAt().toString());
  }
}
