package dev.remit.core.flow;

import dev.remit.core.approval.ProposalId;
import dev.remit.core.call.Tool;
import dev.remit.core.execution.Cut;
import dev.remit.core.identity.Person;
import dev.remit.core.target.TargetRef;
import dev.remit.core.task.TaskClass;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.Environment;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * People's own tasks and calls: the way of an agent's call with a person in its place, decided,
 * approved, leased and recorded alike. Only the people's listener holds this.
 *
 * <p>Who may work on what is {@link dev.remit.core.release.People#workOf}; nobody else has a task,
 * a tool or a call here. A person never answers for their own call.
 */
public interface OwnCalls {

  /** Task classes that this person may open tasks of at this tenant, by name. */
  List<TaskClass> taskClasses(Seat seat);

  /** Opens a task of the person's own, on the same ground as an agent's. */
  TaskResult open(Seat seat, Wish wish);

  /** A task of this person's own as it stands. */
  TaskResult task(Seat seat, TaskId task);

  /** Tools that are not refused for every argument in a task of this person's, by name. */
  List<Tool> tools(Seat seat, TaskId task);

  /** Makes a call in a task of this person's own. */
  CallResult call(
      Seat seat, TaskId task, String tool, Value.Obj arguments, Optional<String> key, Cut cut);

  /** Runs the stored call of a handle if people granted it; says where it stands otherwise. */
  CallResult resume(Seat seat, ProposalId handle, Cut cut);

  /**
   * Somebody who signed in, at one tenant.
   *
   * @param endsAt when the session ends; nothing is admitted for it afterwards
   */
  record Seat(Person person, TenantId tenant, Instant endsAt) {}

  /**
   * What a task is wished for.
   *
   * @param tools none means all of the task class that the person may use
   * @param words what it is for, in the person's words; kept redacted
   */
  record Wish(
      Environment environment,
      String taskClass,
      String ticket,
      Set<TargetRef> targets,
      Set<String> tools,
      Optional<String> words) {
    public Wish {
      targets = Set.copyOf(targets);
      tools = Set.copyOf(tools);
    }
  }
}
