package dev.remit.core.call;

import dev.remit.core.identity.Caller;
import dev.remit.core.target.TargetRecord;
import dev.remit.core.task.Task;
import dev.remit.core.value.Value;
import java.util.List;

/**
 * The exact action asked for: caller, task, tool with its pin, canonical arguments, proven targets.
 *
 * <p>Its {@link #digest} changes when any argument, target, binding attribute, pin, connector, task
 * or agent changes, and does not change with a heartbeat of the target.
 */
public record Call(
    CallId id,
    Caller.Worker caller,
    Task task,
    Tool tool,
    Value.Obj arguments,
    List<TargetRecord> targets) {

  public Call {
    targets = List.copyOf(targets);
  }

  /** The digest that decisions, approvals and joins refer to. */
  public String digest() {
    return Sha256.of(act().with("targets", seen()));
  }

  /** Everything about it but what its targets' records say. */
  public Value.Obj act() {
    var act =
        Value.object(
            "tenant", task.tenant().value(),
            "environment", task.environment().text(),
            "task", task.id().value(),
            "agent", caller.name(),
            "tool", tool.name(),
            "pin", tool.pin(),
            "connector", tool.connector().value(),
            "arguments", arguments);
    return task.lineage().links().isEmpty() ? act : act.with("chain", chain());
  }

  private Value chain() {
    return Value.texts(
        task.lineage().links().stream()
            .map(link -> link.task() + " " + link.agent() + " " + link.instance())
            .toList());
  }

  /** Each target with its tenant and binding attributes. */
  public Value.Array seen() {
    return new Value.Array(
        targets.stream()
            .map(t -> (Value) Value.object("target", t.ref().text(), "facts", t.boundFacts()))
            .toList());
  }
}
