package dev.remit.web.machines;

import dev.remit.core.delegation.DelegationRequest;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.Caller;
import dev.remit.core.target.TargetRef;
import dev.remit.core.task.Lineage;
import dev.remit.core.task.TaskId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.web.http.Fields;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Work that is handed on, as the wires read it: {@code /v1/tasks} with a {@code parent} and the
 * tool {@code remit_delegate} alike.
 */
public final class DelegationWire {

  private static final int MOST_CALLS = 1_000_000;
  private static final Set<String> SCOPE =
      Set.of("taskClass", "targets", "tools", "calls", "deadline", "prompt");
  private static final Set<String> MEMBERS =
      Set.of("parent", "agent", "taskClass", "targets", "tools", "calls", "deadline", "prompt");

  private DelegationWire() {}

  /** Whether it is a wish to hand work on. */
  public static boolean isMeant(Value.Obj sent) {
    return sent.get("parent").isPresent();
  }

  /** The wish, as this caller sent it; only agents hand their own work on. */
  public static DelegationRequest request(Caller caller, Value.Obj sent) {
    if (caller instanceof Caller.Triage) {
      throw new InvalidValueException("`parent` is no open task of yours, and you hand nothing on");
    }
    if (!(caller instanceof Caller.Agent agent)) {
      throw new InvalidValueException("only an agent hands on work of its own: leave `parent` out");
    }
    var fields = new Fields(sent, MEMBERS);
    return request(
        agent,
        new TaskId(fields.text("parent", 128)),
        AgentId.parse(fields.text("agent", 300)),
        Optional.empty(),
        sent,
        fields);
  }

  /** The wish of an agent that takes work over from the holder of its task. */
  public static DelegationRequest taken(
      Caller.Agent holder, TaskId parent, Caller.Agent actor, Value.Obj sent) {
    var fields = new Fields(sent, SCOPE);
    return request(holder, parent, actor.id(), Optional.of(actor), sent, fields);
  }

  private static DelegationRequest request(
      Caller.Agent holder,
      TaskId parent,
      AgentId agent,
      Optional<Caller.Agent> actor,
      Value.Obj sent,
      Fields fields) {
    var targets = new LinkedHashSet<TargetRef>();
    fields.texts("targets", 100, 400).forEach(text -> targets.add(TaskWire.target(text)));
    var tools = Set.copyOf(fields.texts("tools", 200, 128));
    if (tools.isEmpty() && sent.get("tools").isPresent()) {
      throw new InvalidValueException(
          "`tools` names none: leave it out to hand on all that both may use");
    }
    return new DelegationRequest(
        holder,
        parent,
        agent,
        actor,
        fields.text("taskClass", 128),
        targets,
        tools,
        sent.get("calls").map(given -> (int) fields.number("calls", 1, MOST_CALLS)),
        fields.optionalText("deadline", 40).map(DelegationWire::instant),
        fields.optionalText("prompt", 100_000));
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new InvalidValueException(
          "a deadline is an instant such as 2026-03-01T09:30:00Z, not `" + text + "`");
    }
  }

  /** A task with where it comes from, if it was handed on. */
  static Value.Obj with(Value.Obj view, Lineage lineage) {
    return lineage
        .parent()
        .map(parent ->
            view.with("parent", Value.of(parent.value()))
                .with(
                    "chain",
                    new Value.Array(
                        lineage.links().stream()
                            .map(link ->
                                (Value)
                                    Value.object(
                                        "task", link.task().value(), "agent", link.agent().text()))
                            .toList())))
        .orElse(view);
  }
}
