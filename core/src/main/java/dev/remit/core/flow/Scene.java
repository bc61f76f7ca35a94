package dev.remit.core.flow;

import dev.remit.core.execution.Connector;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.Caller;
import dev.remit.core.release.Releases;
import dev.remit.core.target.Inventory;
import dev.remit.core.task.Ground;
import dev.remit.core.task.Task;
import dev.remit.core.tenant.Environment;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is supposed in a rehearsal.
 *
 * @param caller who calls
 * @param wish how the task came to be
 * @param ticket what the ticket system would say of the wish's ticket
 * @param setting what the task has become since
 * @param inventory what is known of targets; only {@code resolve} is asked
 * @param changedTools tools that are no longer as they were accepted
 * @param approved what people answered before
 * @param before how often the same call was made already
 */
public record Scene(
    Releases.Active active,
    Caller.Agent caller,
    TaskRequest wish,
    Connector.Ticket ticket,
    Setting setting,
    Act act,
    Inventory inventory,
    Set<String> changedTools,
    Optional<Approved> approved,
    Before before,
    Instant at) {

  public Scene {
    changedTools = Set.copyOf(changedTools);
  }

  /**
   * What the task has become.
   *
   * @param agent whose it is
   * @param hasReadUntrusted whether words of outsiders were read in it
   * @param handedOnBy who had the work before, the first one first
   */
  public record Setting(
      AgentId agent,
      Environment environment,
      Task.State state,
      Instant openedAt,
      boolean hasReadUntrusted,
      List<Above> handedOnBy) {
    public Setting {
      handedOnBy = List.copyOf(handedOnBy);
    }
  }

  /** An agent that had the work before and handed it on, with the class of its own task. */
  public record Above(AgentId agent, String taskClass, boolean isBound) {}

  /** So many calls like this one, all so long ago. */
  public record Before(int calls, Duration ago) {}

  /** The tool and its arguments. */
  public record Act(String tool, Value.Obj arguments) {}

  /** The rules that people answered, for which act, and what the records said then. */
  public record Approved(Set<String> rules, Act act, Inventory inventory) {
    public Approved {
      rules = Set.copyOf(rules);
    }
  }

  Ground ground() {
    return new Ground(
        active.release().ticketConnector(),
        ticket.id(),
        setting.agent().tenant(),
        ticket.requester(),
        ticket.isOpenedByPerson(),
        ticket.isOpen(),
        ticket.subject());
  }
}
