package dev.remit.core.evidence;

import dev.remit.core.approval.ProposalId;
import dev.remit.core.call.CallId;
import dev.remit.core.lease.Lease;
import dev.remit.core.release.VersionId;
import dev.remit.core.target.TargetRef;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An effect about to be made, with every condition under which it may commit.
 *
 * @param task the task it is counted in; absent for Remit's own reads of inventories and tickets
 * @param killScopes texts of all kill scopes that would cover it
 * @param targets the records and versions that the decision was made on
 * @param approval the granted approval it consumes
 * @param lease the lease that begins with it; absent when it uses its task's live one
 * @param sendBy after this instant (wall clock) nothing is sent
 * @param settleBy after this instant any replica may recover it
 * @param joinKey equal keys within {@code joinSince} join the first call; absent for reads
 */
public record Intent(
    CallId call,
    TenantId tenant,
    Optional<TaskUse> task,
    List<String> killScopes,
    VersionId version,
    List<SeenTarget> targets,
    Optional<ProposalId> approval,
    Optional<Lease> lease,
    Instant at,
    Instant sendBy,
    Instant settleBy,
    String replica,
    Optional<String> joinKey,
    Instant joinSince,
    Entry entry) {

  public Intent {
    killScopes = List.copyOf(killScopes);
    targets = List.copyOf(targets);
  }

  /**
   * What it counts against: the task's own limit, its ticket's, the class's per tenant and hour,
   * and whatever else is limited.
   *
   * @param hasReadUntrusted what the decision took for granted; if the task has read words of
   *     outsiders meanwhile, it is decided again
   * @param above the tasks that its task was delegated from, the first one first: each must be open
   *     and have room, and is counted as well
   */
  public record TaskUse(
      TaskId task,
      String taskClass,
      String ticket,
      int callLimit,
      int perTenantPerHour,
      List<LimitUse> limits,
      boolean hasReadUntrusted,
      List<Above> above) {
    public TaskUse {
      limits = List.copyOf(limits);
      above = List.copyOf(above);
    }

    /** In a task that nobody delegated. */
    public TaskUse(
        TaskId task,
        String taskClass,
        String ticket,
        int callLimit,
        int perTenantPerHour,
        List<LimitUse> limits,
        boolean hasReadUntrusted) {
      this(
          task,
          taskClass,
          ticket,
          callLimit,
          perTenantPerHour,
          limits,
          hasReadUntrusted,
          List.of());
    }

    /** Whether one more call passes after so many on the ticket, and in the tenant's last hour. */
    public boolean hasRoomAfter(long onTicket, long inHour) {
      return onTicket < callLimit && inHour < perTenantPerHour;
    }
  }

  /** A task above the one that an intent belongs to, with its class's limit per tenant and hour. */
  public record Above(TaskId task, String taskClass, int perTenantPerHour) {}

  /** A record as it was decided on. */
  public record SeenTarget(TargetRef ref, String version) {}
}
