package dev.remit.core.flow;

import dev.remit.core.approval.Proposal;
import dev.remit.core.evidence.Journal;
import dev.remit.core.kill.KillOrder;
import dev.remit.core.kill.KillScope;
import dev.remit.core.kill.Kills;
import dev.remit.core.lease.Lease;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the people's wire may ask for: reading, and the kill switch. Nothing here widens anything.
 */
public interface Oversight {

  /** Entries of one tenant. */
  List<Journal.Stored> trail(Journal.Query query);

  /** Entries of one tenant by what they say. */
  Journal.Found search(Journal.Search search);

  /** Tasks of one tenant, newest first. */
  List<Task> tasks(TenantId tenant, int limit);

  /** One task of a tenant, however old. */
  Optional<Task> task(TenantId tenant, TaskId id);

  /** Tasks delegated from this one, at whatever depth, parents before their children. */
  List<Task> below(TenantId tenant, TaskId id, int limit);

  /** Proposals of one tenant, newest first. */
  List<Proposal> proposals(TenantId tenant, int limit);

  /** Leases not proven gone, over all tenants. */
  List<Lease> leases();

  /** Kills in force. */
  List<Kills.Active> kills();

  /**
   * Stops everything under the scope, durably, before it returns; cuts running calls after. The
   * answer is the tasks that ended with it.
   */
  List<Task> stop(KillScope scope, KillOrder.Mode mode, String by, String reason);

  /** Stops it for good. */
  default List<Task> kill(KillScope scope, String by, String reason) {
    return stop(scope, KillOrder.Mode.KILL, by, reason);
  }

  /** What is fail-closed, exposed, killed or unbound just now. */
  Value.Obj posture();

  /** Answers that people gave beforehand. */
  Standing standing();

  /** How much was asked of people at these tenants since then. */
  Fatigue.Measured fatigue(Set<TenantId> tenants, Instant since);

  /**
   * What policy would say about a call that nobody makes.
   *
   * @param question {@code agent}, {@code taskClass}, {@code tenant}, {@code tool}, {@code target}
   *     and optionally {@code arguments}, each a name
   */
  Value.Obj decide(Value.Obj question);

  /** Names of the tenants in the active version, with their display names. */
  Value.Obj tenants();

  /**
   * Enters that somebody read this of a tenant, soon and without holding anybody up. To be told
   * after the reading was allowed; opened cards are entered by themselves.
   *
   * @param by the person's name in evidence, or {@code operator}
   * @param about the call, task or page that was asked for; empty for all
   */
  void read(TenantId tenant, String by, What what, String about);

  /** What people and auditors read. */
  enum What {
    TRAIL,
    EVIDENCE,
    RECEIPT,
    TASKS,
    APPROVALS;

    /** The form in entries. */
    public String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
