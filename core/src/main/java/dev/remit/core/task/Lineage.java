package dev.remit.core.task;

import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.InstanceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a delegated task comes from: the tasks above it, the first one first and its parent last.
 *
 * <p>It is known when the task is opened and never changes. No agent and no running copy is in it
 * twice. A task that nobody delegated has none.
 */
public record Lineage(List<Link> links) {

  /** A task that nobody delegated. */
  public static final Lineage NONE = new Lineage(List.of());

  public Lineage {
    links = List.copyOf(links);
    boolean isRound =
        links.stream().map(Link::agent).distinct().count() < links.size()
            || links.stream().map(Link::instance).distinct().count() < links.size()
            || links.stream().map(Link::task).distinct().count() < links.size();
    if (isRound) {
      throw new IllegalStateException("a chain of tasks never comes back to where it was");
    }
  }

  /** How often work was handed on before it came here; zero for a task that nobody delegated. */
  public int depth() {
    return links.size();
  }

  /** The task that this one is a part of. */
  public Optional<TaskId> parent() {
    return links.isEmpty() ? Optional.empty() : Optional.of(links.getLast().task());
  }

  /** The tasks above, the first one first. */
  public List<TaskId> tasks() {
    return links.stream().map(Link::task).toList();
  }

  /** Whether work has passed this agent already. */
  public boolean names(AgentId agent) {
    return links.stream().anyMatch(link -> link.agent().equals(agent));
  }

  /** Whether work has passed this running copy already. */
  public boolean names(InstanceId instance) {
    return links.stream().anyMatch(link -> link.instance().equals(instance));
  }

  /** The lineage of a task below. */
  public Lineage and(Link parent) {
    var longer = new ArrayList<>(links);
    longer.add(parent);
    return new Lineage(longer);
  }

  /**
   * One task above, with who worked on it.
   *
   * @param instance the running copy that handed the work on
   * @param isBound whether that copy had proven a key of its own
   */
  public record Link(
      TaskId task, AgentId agent, InstanceId instance, String taskClass, boolean isBound) {}
}
