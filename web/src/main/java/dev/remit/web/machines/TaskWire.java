package dev.remit.web.machines;

import dev.remit.core.flow.TaskRequest;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.Caller;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.target.TargetRef;
import dev.remit.core.task.Task;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.web.http.Fields;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tasks as the wires read and show them: {@code /v1/tasks} and the tool {@code remit_open_task}
 * alike.
 *
 * <p>There is no field for a tenant: an agent has one, and a target's is proven. An agent of
 * several clients says as which of its agents it opens a task; ticket and targets prove that
 * client.
 */
public final class TaskWire {

  private static final Set<String> MEMBERS =
      Set.of("agent", "taskClass", "ticket", "targets", "tools", "prompt");

  private TaskWire() {}

  /** A wish to open a task, as this caller sent it. */
  public static TaskRequest request(Caller sender, Value.Obj sent) {
    var fields = new Fields(sent, MEMBERS);
    var caller =
        sender instanceof Caller.Triage triage
            ? ClientParts.named(triage, fields.optionalText("agent", 300))
            : sender;
    var targets = new LinkedHashSet<TargetRef>();
    fields.texts("targets", 100, 400).forEach(text -> targets.add(target(text)));
    return new TaskRequest(
        caller,
        agent(caller, fields.optionalText("agent", 300)),
        fields.text("taskClass", 128),
        fields.text("ticket", 128),
        targets,
        Set.copyOf(fields.texts("tools", 200, 128)),
        fields.optionalText("prompt", 100_000));
  }

  /** A state that a caller may end a task in. */
  public static Task.State ending(String text) {
    return switch (text) {
      case "done" -> Task.State.DONE;
      case "failed" -> Task.State.FAILED;
      default -> throw new InvalidValueException("a task ends as `done` or `failed`");
    };
  }

  /** What its callers may know of a task. */
  public static Value.Obj view(Task task) {
    var view =
        Value.object(
            "task", task.id().value(),
            "state", state(task.state()),
            "tenant", task.tenant().value(),
            "environment", task.environment().text(),
            "agent", task.agent().text(),
            "taskClass", task.taskClass(),
            "ticket", task.ground().ticket(),
            "targets", sorted(task.targets().stream().map(TargetRef::text).toList()),
            "tools", sorted(task.tools()),
            "callLimit", task.callLimit(),
            "openedAt", task.openedAt().toString(),
            "deadline", task.deadline().toString());
    return DelegationWire.with(
        task.instance().isPresent()
            ? view.with("instance", Value.of(task.instance().get().value()))
            : view,
        task.lineage());
  }

  private static String state(Task.State state) {
    return switch (state) {
      case OPEN -> "open";
      case HELD -> "held";
      case DONE -> "done";
      case FAILED -> "failed";
      case EXPIRED -> "expired";
      case KILLED -> "killed";
      case TAKEN_OVER -> "taken_over";
    };
  }

  private static AgentId agent(Caller caller, Optional<String> named) {
    return switch (caller) {
      case Caller.Orchestrator orchestrator ->
          AgentId.parse(
              named.orElseThrow(
                  () -> new InvalidValueException("say for which `agent` the task is")));
      case Caller.Agent agent -> {
        if (named.isPresent() && !named.get().equals(agent.id().text())) {
          throw new InvalidValueException(
              "an agent opens tasks for itself only: leave `agent` out");
        }
        yield agent.id();
      }
      case Caller.OfPerson ignored ->
          throw new InvalidValueException("a person opens tasks on the people's listener");
      case Caller.OfAutomation ignored ->
          throw new InvalidValueException("no request is remit's own");
      case Caller.Triage ignored ->
          throw new InvalidValueException("a task is of one client: say as which `agent`");
      case Caller.EnforcementPoint ignored ->
          throw new InvalidValueException("an enforcement point opens no tasks");
      case Caller.LogReader ignored ->
          throw new InvalidValueException("a reader of logs opens no tasks");
    };
  }

  /** A target by its name, such as {@code rmm/device/1042}. */
  public static TargetRef target(String text) {
    var parts = text.split("/", 3);
    if (parts.length < 3 || !parts[1].matches("[a-z][a-z0-9-]{0,62}") || parts[2].isEmpty()) {
      throw new InvalidValueException(
          "a target is named connector/kind/id, such as rmm/device/1042, not `" + text + "`");
    }
    return new TargetRef(new ConnectorId(parts[0]), parts[1], parts[2]);
  }

  private static List<String> sorted(Iterable<String> names) {
    var sorted = new TreeSet<String>();
    names.forEach(sorted::add);
    return List.copyOf(sorted);
  }
}
