package dev.remit.core.approval;

import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.task.TaskClass.AskRule;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.List;

/**
 * One exact call that waits for people, named by its digest.
 *
 * @param digest covers the call, the policy version and the rules that asked
 * @param arguments the canonical arguments, kept so that exactly this call runs
 */
public record Proposal(
    ProposalId id,
    TenantId tenant,
    TaskId task,
    AgentId agent,
    InstanceId instance,
    String tool,
    Value.Obj arguments,
    String digest,
    List<AskRule> rules,
    Instant askedAt,
    Instant answerBy,
    State state) {

  public Proposal {
    rules = List.copyOf(rules);
  }

  /** Where it stands as of this moment: an open proposal past its time is expired. */
  public State stateAt(Instant instant) {
    return state == State.OPEN && !instant.isBefore(answerBy) ? State.EXPIRED : state;
  }

  /** Where a proposal stands. Silence is a no. */
  public enum State {
    OPEN,
    GRANTED,
    REFUSED,
    EXPIRED,
    WITHDRAWN,
    CONSUMED,
    STALE
  }
}
