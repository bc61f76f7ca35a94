package dev.remit.core.delegation;

import dev.remit.core.call.Tool;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.release.Release;
import dev.remit.core.task.Lineage;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskClass;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a task that is handed on may be: never more than its parent in tools, targets, risk, calls
 * or time.
 *
 * <p>What the wish leaves out becomes what parent and agent have in common; what it names beyond
 * that is refused.
 */
public final class Narrowing {

  private final Release release;
  private final Task parent;
  private final Instant now;

  /** Of this parent, under this version, at this moment. */
  public Narrowing(Release release, Task parent, Instant now) {
    this.release = release;
    this.parent = parent;
    this.now = now;
  }

  /** What became of a wish. */
  public sealed interface Narrowed {}

  /** It is within what both sides may; targets are still to be proven. */
  public record Within(
      TaskClass taskClass,
      Set<String> tools,
      int callLimit,
      Instant deadline,
      Lineage lineage,
      Optional<InstanceId> instance)
      implements Narrowed {
    public Within {
      tools = Set.copyOf(tools);
    }
  }

  /** It is not, and what to do instead. */
  public record Wider(ReasonCode reason, String hint) implements Narrowed {}

  /** Holds a wish against the parent and against the agent that it is for. */
  public Narrowed of(DelegationRequest wish) {
    return objection(wish).<Narrowed>map(wider -> wider).orElseGet(() -> within(wish));
  }

  private Optional<Wider> objection(DelegationRequest wish) {
    return ofChain(wish).or(() -> ofAgent(wish)).or(() -> ofScope(wish));
  }

  private Optional<Wider> ofChain(DelegationRequest wish) {
    if (parent.lineage().depth() + 1 > release.surroundings().delegationDepth()) {
      return wider(ReasonCode.LIMIT_EXCEEDED, "do it yourself: work was handed on often enough");
    }
    boolean isRound =
        wish.agent().equals(parent.agent())
            || parent.lineage().names(wish.agent())
            || wish.actor().filter(actor -> isAbove(actor.instance())).isPresent();
    return isRound
        ? wider(ReasonCode.NO_PERMIT, "hand it to an agent that it has not passed yet")
        : Optional.empty();
  }

  private boolean isAbove(InstanceId instance) {
    return parent.instance().filter(instance::equals).isPresent()
        || parent.lineage().names(instance);
  }

  private Optional<Wider> ofAgent(DelegationRequest wish) {
    var agent = wish.agent();
    if (isSpanning(parent.agent()) || isSpanning(agent)) {
      return wider(
          ReasonCode.NO_PERMIT,
          "do it yourself: an agent of several clients gets no work from others and hands none on");
    }
    boolean isSameHouse =
        agent.tenant().equals(parent.tenant()) && agent.environment() == parent.environment();
    return isSameHouse && isRegistered(release, agent, wish.taskClass())
        ? Optional.empty()
        : wider(
            ReasonCode.NO_PERMIT,
            "name an agent of this client and environment, and a task class that it works on");
  }

  private boolean isSpanning(AgentId agent) {
    return Optional.ofNullable(release.agentClasses().get(agent.agentClass()))
        .filter(known -> known.spans(agent))
        .isPresent();
  }

  /** Whether this version knows the agent by an identity of its own, for this task class. */
  static boolean isRegistered(Release release, AgentId agent, String taskClass) {
    return release.tenants().containsKey(agent.tenant())
        && Optional.ofNullable(release.agentClasses().get(agent.agentClass()))
            .filter(known -> !known.isAutomation())
            .filter(known -> known.taskClasses().contains(taskClass))
            .filter(known -> hasIdentity(known, agent) && !known.spans(agent))
            .isPresent();
  }

  private static boolean hasIdentity(AgentClass known, AgentId agent) {
    return known.identities().stream().anyMatch(identity -> identity.agent().equals(agent));
  }

  private Optional<Wider> ofScope(DelegationRequest wish) {
    var taskClass = release.taskClass(wish.taskClass(), parent.tenant());
    var own = release.taskClass(parent.taskClass(), parent.tenant());
    if (taskClass.isEmpty() || own.isEmpty() || taskClass.get().limits().calls() < 1) {
      return wider(ReasonCode.NO_PERMIT, "ask for another task class");
    }
    if (taskClass.get().risk().compareTo(own.get().risk()) > 0) {
      return wider(
          ReasonCode.OUTSIDE_TASK, "ask for a task class of no higher risk than your task's");
    }
    if (!parent.targets().containsAll(wish.targets())) {
      return wider(ReasonCode.OUTSIDE_TASK, "name only targets of your own task");
    }
    if (wish.targets().size() > taskClass.get().targetsAtMost()) {
      return wider(
          ReasonCode.LIMIT_EXCEEDED,
          "this class takes at most " + taskClass.get().targetsAtMost() + " target(s)");
    }
    var shared = shared(taskClass.get(), wish.agent());
    if (shared.isEmpty() || !shared.containsAll(wish.tools())) {
      return wider(
          ReasonCode.OUTSIDE_TASK, "name tools that your task has and the other agent may use");
    }
    return ofLimits(wish, taskClass.get());
  }

  private Optional<Wider> ofLimits(DelegationRequest wish, TaskClass taskClass) {
    int calls = callsAtMost(taskClass);
    if (wish.calls().filter(wanted -> wanted < 1 || wanted > calls).isPresent()) {
      return wider(ReasonCode.LIMIT_EXCEEDED, "ask for 1 to " + calls + " call(s)");
    }
    var latest = latest(taskClass);
    if (wish.deadline().filter(end -> !end.isAfter(now) || end.isAfter(latest)).isPresent()) {
      return wider(ReasonCode.LIMIT_EXCEEDED, "end it after now and no later than " + latest);
    }
    return latest.isAfter(now)
        ? Optional.empty()
        : wider(ReasonCode.NO_TASK, "your task is over; open another one");
  }

  private static Optional<Wider> wider(ReasonCode reason, String hint) {
    return Optional.of(new Wider(reason, hint));
  }

  private int callsAtMost(TaskClass taskClass) {
    return Math.min(taskClass.limits().calls(), parent.callLimit());
  }

  private Instant latest(TaskClass taskClass) {
    var byClass = now.plus(taskClass.limits().duration());
    return byClass.isBefore(parent.deadline()) ? byClass : parent.deadline();
  }

  /** What the parent has, the class names and the agent's identity carries. */
  private Set<String> shared(TaskClass taskClass, AgentId agent) {
    var shared = new HashSet<String>();
    for (String name : parent.tools()) {
      Tool tool = release.tools().get(name);
      if (tool != null
          && taskClass.tools().contains(name)
          && agent.family().carries(tool.effect())) {
        shared.add(name);
      }
    }
    return shared;
  }

  private Within within(DelegationRequest wish) {
    var taskClass = release.taskClass(wish.taskClass(), parent.tenant()).orElseThrow();
    return new Within(
        taskClass,
        wish.tools().isEmpty() ? shared(taskClass, wish.agent()) : wish.tools(),
        wish.calls().orElseGet(() -> callsAtMost(taskClass)),
        wish.deadline().orElseGet(() -> latest(taskClass)),
        parent
            .lineage()
            .and(
                new Lineage.Link(
                    parent.id(),
                    parent.agent(),
                    wish.caller().instance(),
                    parent.taskClass(),
                    wish.caller().isBound())),
        wish.actor().map(actor -> actor.instance()));
  }
}
