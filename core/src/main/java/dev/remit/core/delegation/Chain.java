package dev.remit.core.delegation;

import dev.remit.core.call.Call;
import dev.remit.core.evidence.Intent;
import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.kill.KillScope;
import dev.remit.core.release.Release;
import dev.remit.core.task.Lineage;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskClass;
import dev.remit.core.task.TaskId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the agents have to do with a call from whom its task was handed on: each of them must be
 * permitted to make it, is counted for it, and can be stopped with it.
 */
public final class Chain {

  private Chain() {}

  /**
   * The same call as one agent of the chain would make it.
   *
   * @param agentClass its class, with what this version says of it
   */
  public record Seen(Call call, AgentClass agentClass, TaskClass taskClass) {}

  /**
   * The call as each agent above would make it in the task that it has, the first one first; empty
   * when one of them is no longer what it was when it handed the work on.
   */
  public static Optional<List<Seen>> of(Release release, Call call) {
    var seen = new ArrayList<Seen>();
    for (var link : call.task().lineage().links()) {
      var agentClass = release.agentClasses().get(link.agent().agentClass());
      var taskClass = release.taskClass(link.taskClass(), call.task().tenant());
      if (agentClass == null
          || taskClass.isEmpty()
          || !Narrowing.isRegistered(release, link.agent(), link.taskClass())) {
        return Optional.empty();
      }
      seen.add(new Seen(as(link, call), agentClass, taskClass.get()));
    }
    return Optional.of(seen);
  }

  /** The others of the chain stand above it, so that policy sees the same chain each time. */
  private static Call as(Lineage.Link link, Call call) {
    var task = call.task();
    var others = new ArrayList<>(task.lineage().links());
    others.remove(link);
    others.add(
        new Lineage.Link(
            task.id(),
            task.agent(),
            call.caller().instance(),
            task.taskClass(),
            call.caller().isBound()));
    var own =
        new Task(
            link.task(),
            task.tenant(),
            task.environment(),
            link.agent(),
            Optional.of(link.instance()),
            link.taskClass(),
            task.ground(),
            task.targets(),
            task.tools(),
            task.callLimit(),
            task.openedAt(),
            task.deadline(),
            task.state(),
            task.prompt(),
            task.hasReadUntrusted(),
            new Lineage(others));
    var caller =
        new Caller.Agent(link.agent(), link.instance(), link.isBound(), call.caller().expiresAt());
    return new Call(call.id(), caller, own, call.tool(), call.arguments(), call.targets());
  }

  /** What else a call in such a task counts against; a class that is gone lets nothing pass. */
  public static List<Intent.Above> counted(Release release, Task task) {
    return task.lineage().links().stream()
        .map(link ->
            new Intent.Above(
                link.task(),
                link.taskClass(),
                release
                    .taskClass(link.taskClass(), task.tenant())
                    .map(taskClass -> taskClass.limits().perTenantPerHour())
                    .orElse(0)))
        .toList();
  }

  /** Texts of the kill scopes that cover the agents above. */
  public static List<String> killScopes(Lineage lineage) {
    return lineage.links().stream()
        .flatMap(link ->
            List.of(
                "class:" + link.agent().agentClass(),
                KillScope.agent(link.agent()).text(),
                "instance:" + link.instance())
                .stream())
        .toList();
  }

  /** Who owns the agents above, sorted. */
  public static Set<String> owners(Release release, Lineage lineage) {
    var owners = new TreeSet<String>();
    lineage.links().stream()
        .map(link -> release.agentClasses().get(link.agent().agentClass()))
        .filter(java.util.Objects::nonNull)
        .forEach(agentClass -> owners.add(agentClass.owner()));
    return owners;
  }

  /** The chain as entries tell it: each task above with its agent and running copy. */
  public static Value told(Lineage lineage) {
    return new Value.Array(
        lineage.links().stream()
            .map(link ->
                (Value)
                    Value.object(
                        "task", link.task().value(),
                        "agent", link.agent().text(),
                        "instance", link.instance().value()))
            .toList());
  }

  /** The chain whole, so that a decision can be made again; {@link #read} reads it. */
  public static Value asked(Lineage lineage) {
    return new Value.Array(
        lineage.links().stream()
            .map(link ->
                (Value)
                    Value.object(
                        "task", link.task().value(),
                        "agent", link.agent().text(),
                        "instance", link.instance().value(),
                        "class", link.taskClass(),
                        "bound", link.isBound()))
            .toList());
  }

  /**
   * The chain that {@link #asked} wrote down.
   *
   * @throws InvalidValueException if it is not of that form
   */
  public static Lineage read(List<Value> items) {
    try {
      return new Lineage(items.stream().map(Chain::link).toList());
    } catch (IllegalStateException e) {
      throw new InvalidValueException("the recorded chain comes back to where it was");
    }
  }

  private static Lineage.Link link(Value item) {
    if (!(item instanceof Value.Obj link)) {
      throw new InvalidValueException("the recorded chain cannot be read");
    }
    return new Lineage.Link(
        new TaskId(text(link, "task")),
        AgentId.parse(text(link, "agent")),
        new InstanceId(text(link, "instance")),
        text(link, "class"),
        link.get("bound").equals(Optional.of(Value.of(true))));
  }

  private static String text(Value.Obj link, String name) {
    return link.text(name)
        .orElseThrow(() -> new InvalidValueException("the recorded chain has no `" + name + "`"));
  }

  /** Fields with the chain of their task, if it has one. */
  public static Value.Obj with(Value.Obj fields, Lineage lineage) {
    return lineage.links().isEmpty() ? fields : fields.with("chain", told(lineage));
  }

  /** Whose work it is, in one line for people. */
  public static String words(String worker, Lineage lineage) {
    var words = new StringBuilder(worker);
    for (var link : lineage.links().reversed()) {
      words.append(", handed on by ").append(link.agent().text());
    }
    return words.toString();
  }
}
