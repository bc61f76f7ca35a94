package dev.remit.core.flow;

import dev.remit.core.decision.ReasonCode;
import dev.remit.core.delegation.DelegationRequest;
import dev.remit.core.delegation.Narrowing;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.task.Lineage;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskId;
import java.util.Optional;
import java.util.Set;

/** Hands work on in a rehearsal, by the checks that real work meets. */
final class RehearsedChain {

  private final Scene scene;

  RehearsedChain(Scene scene) {
    this.scene = scene;
  }

  /** The task that came of it, or why there is none. */
  sealed interface HandedOn {}

  /** It came to the agent that calls. */
  record Came(Narrowing.Within within) implements HandedOn {}

  /** It did not. */
  record Stopped(ReasonCode reason) implements HandedOn {}

  /** The wish of whoever had the work first. */
  TaskRequest first() {
    var above = scene.setting().handedOnBy().getFirst();
    return new TaskRequest(
        caller(above.agent(), 0, above.isBound()),
        above.agent(),
        above.taskClass(),
        scene.wish().ticket(),
        scene.wish().targets(),
        Set.of(),
        Optional.empty());
  }

  /** From the first task to that of the agent that calls. */
  HandedOn from(Task root) {
    var parent = root;
    var above = scene.setting().handedOnBy();
    for (int depth = 0; depth < above.size(); depth++) {
      boolean isLast = depth + 1 == above.size();
      var next = isLast ? scene.wish().agent() : above.get(depth + 1).agent();
      var narrowed =
          new Narrowing(scene.active().release(), parent, scene.at())
              .of(
                  new DelegationRequest(
                      caller(parent.agent(), depth, above.get(depth).isBound()),
                      parent.id(),
                      next,
                      Optional.of(isLast ? scene.caller() : caller(next, depth + 1, true)),
                      isLast ? scene.wish().taskClass() : above.get(depth + 1).taskClass(),
                      scene.wish().targets(),
                      isLast ? scene.wish().tools() : Set.of(),
                      Optional.empty(),
                      Optional.empty(),
                      Optional.empty()));
      switch (narrowed) {
        case Narrowing.Wider(ReasonCode reason, var ignored) -> {
          return new Stopped(reason);
        }
        case Narrowing.Within within when isLast -> {
          return new Came(within);
        }
        case Narrowing.Within within -> parent = below(parent, next, within, depth + 1);
      }
    }
    throw new IllegalStateException("a chain has a last one");
  }

  private Task below(Task parent, AgentId agent, Narrowing.Within within, int depth) {
    return new Task(
        id(depth),
        parent.tenant(),
        parent.environment(),
        agent,
        within.instance(),
        within.taskClass().name(),
        parent.ground(),
        parent.targets(),
        within.tools(),
        within.callLimit(),
        parent.openedAt(),
        within.deadline(),
        Task.State.OPEN,
        parent.prompt(),
        parent.hasReadUntrusted(),
        within.lineage());
  }

  /** The first task, opened with these tools by the first agent. */
  Task root(Task like, Set<String> tools, int calls) {
    var above = scene.setting().handedOnBy().getFirst();
    return new Task(
        id(0),
        above.agent().tenant(),
        above.agent().environment(),
        above.agent(),
        Optional.of(instance(0)),
        above.taskClass(),
        like.ground(),
        like.targets(),
        tools,
        calls,
        like.openedAt(),
        like.deadline(),
        Task.State.OPEN,
        like.prompt(),
        false,
        Lineage.NONE);
  }

  private Caller.Agent caller(AgentId agent, int depth, boolean isBound) {
    return new Caller.Agent(agent, instance(depth), isBound, scene.caller().expiresAt());
  }

  private static TaskId id(int depth) {
    return new TaskId("rehearsal-" + depth);
  }

  private static InstanceId instance(int depth) {
    return new InstanceId("rehearsal-" + depth);
  }
}
