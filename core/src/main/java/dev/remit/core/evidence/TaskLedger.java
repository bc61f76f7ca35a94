package dev.remit.core.evidence;

import dev.remit.core.decision.ReasonCode;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.release.VersionId;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Changes of tasks, each committed together with its entry. */
public interface TaskLedger {

  /**
   * Opens a task unless its ticket is the ground of another open task of the class, a kill covers
   * it, or the policy version is no longer active; the answer is why not.
   */
  Optional<ReasonCode> open(Task task, VersionId version, List<String> killScopes, Entry entry);

  /**
   * Binds a task that an orchestrator opened to the first instance that uses it; false if taken.
   */
  boolean accept(TenantId tenant, TaskId task, InstanceId instance);

  /** Turns an open task into a held one or back; false when it was not in that state. */
  boolean turn(TenantId tenant, TaskId task, Task.State from, Task.State to, Entry entry);

  /** Ends an open or held task; false when it was ended already. */
  boolean close(TenantId tenant, TaskId task, Task.State state, Instant at, Entry entry);
}
