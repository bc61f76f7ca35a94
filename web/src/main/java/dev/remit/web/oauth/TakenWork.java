package dev.remit.web.oauth;

import dev.remit.core.decision.ReasonCode;
import dev.remit.core.delegation.DelegationRequest;
import dev.remit.core.flow.Gateway;
import dev.remit.core.flow.TaskResult;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.TokenAuthority.Said;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.web.http.Refusal;
import dev.remit.web.machines.DelegationWire;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Work that an agent takes over from another one by its task token (RFC 8693, sections 1.1 and
 * 4.4): a task below, opened as {@code remit_delegate} opens it.
 *
 * <p>Whoever holds the other's token proves no key of it here. So the token itself must say that
 * this agent may act, which its holder asked for when it got it, and be alive.
 */
final class TakenWork {

  /** What may be otherwise a moment later. */
  private static final Set<ReasonCode> PASSING =
      Set.of(
          ReasonCode.POLICY_UNAVAILABLE,
          ReasonCode.EVIDENCE_UNAVAILABLE,
          ReasonCode.INVENTORY_UNAVAILABLE,
          ReasonCode.VENDOR_UNAVAILABLE);

  private final TokenDesk desk;
  private final Gateway gateway;

  TakenWork(TokenDesk desk, Gateway gateway) {
    this.desk = desk;
    this.gateway = gateway;
  }

  /** The task below, which is this actor's. */
  Task taken(Said parent, Caller.Agent actor, Value.Obj wish, Instant now) {
    var holder = holder(parent, actor, now).orElseThrow(TakenWork::notGiven);
    return switch (gateway.delegate(request(holder, parent, actor, wish))) {
      case TaskResult.Told(Task task) -> task;
      case TaskResult.NotFound() -> throw notGiven();
      case TaskResult.Refused(var reason, String hint) -> throw refused(reason, hint);
    };
  }

  private static Refusal refused(ReasonCode reason, String hint) {
    return PASSING.contains(reason)
        ? new Refusal(503, "temporarily_unavailable", hint, Map.of("Retry-After", "5"))
        : ExchangeForm.wrongDetails(reason.agentCode() + ": " + hint);
  }

  /** The copy that works on the parent, if its token lets this actor take work over now. */
  private Optional<Caller.Agent> holder(Said parent, Caller.Agent actor, Instant now) {
    var token = parent.token();
    if (!parent.permits(actor.id()) || !desk.revoked().isLive(parent.agent(), token, now)) {
      return Optional.empty();
    }
    return desk.tasks()
        .find(parent.agent().tenant(), new TaskId(token.task()))
        .flatMap(Task::instance)
        .map(instance ->
            new Caller.Agent(
                parent.agent(), instance, true, parent.expiresAt(), Optional.of(token)));
  }

  private static DelegationRequest request(
      Caller.Agent holder, Said parent, Caller.Agent actor, Value.Obj wish) {
    try {
      return DelegationWire.taken(holder, new TaskId(parent.token().task()), actor, wish);
    } catch (InvalidValueException e) {
      throw ExchangeForm.wrongDetails(String.valueOf(e.getMessage()));
    }
  }

  private static Refusal notGiven() {
    return new Refusal(
        400,
        "invalid_request",
        "the subject is no live task token that lets this agent take work over");
  }
}
