package dev.remit.core.flow;

import dev.remit.core.call.Call;
import dev.remit.core.call.ScopeTruth;
import dev.remit.core.decision.Decision;
import dev.remit.core.decision.Decision.Deny;
import dev.remit.core.decision.Decision.NeedsApproval;
import dev.remit.core.decision.Decision.Permit;
import dev.remit.core.decision.Question;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.delegation.Chain;
import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.AutonomyLevel;
import dev.remit.core.release.Releases;
import dev.remit.core.target.TargetRecord;
import dev.remit.core.task.TaskClass;
import dev.remit.core.tenant.Tenant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Everything that decides about one call under one version. Deciding twice gives the same; {@link
 * Facts#asked} writes it down so that {@link Replay} can decide again.
 *
 * @param agentClass absent when this version does not know the caller's class: then it is denied
 * @param held the ask rules whose approval is held for exactly this call
 */
record Deliberation(
    Releases.Active active,
    Call call,
    TaskClass taskClass,
    Tenant tenant,
    Optional<AgentClass> agentClass,
    AutonomyLevel autonomy,
    Set<String> held,
    Instant at) {

  Deliberation {
    held = Set.copyOf(held);
  }

  /** Who holds the tenant line at the tool's system, if this version knows it. */
  Optional<ScopeTruth> scopeTruth() {
    return Optional.ofNullable(active.release().connectors().get(call.tool().connector()))
        .map(connector -> connector.scopeTruth());
  }

  /**
   * The decision on the call as a whole, for every agent through whose hands its task went: a deny
   * of one target for one of them denies, asks add up.
   */
  Decision decide() {
    var scopeTruth = scopeTruth();
    if (agentClass.isEmpty() || scopeTruth.isEmpty()) {
      return new Deny(
          ReasonCode.NO_PERMIT, List.of(), "the agent's class or the connector is gone");
    }
    var above = Chain.of(active.release(), call);
    if (above.isEmpty()) {
      return new Deny(ReasonCode.NO_PERMIT, List.of(), "an agent that handed it on is gone");
    }
    var decisions = new ArrayList<Decision>();
    for (var seen : above.get()) {
      decide(seen, scopeTruth.get(), decisions);
    }
    decide(new Chain.Seen(call, agentClass.get(), taskClass), scopeTruth.get(), decisions);
    return strictest(decisions);
  }

  /** For every target, as one agent of the chain would make the call. */
  private void decide(Chain.Seen seen, ScopeTruth scopeTruth, List<Decision> decisions) {
    for (var resource : resources()) {
      decisions.add(
          decision(
              new Question(
                  seen.call(),
                  seen.agentClass(),
                  autonomy,
                  seen.taskClass(),
                  tenant,
                  scopeTruth,
                  resource,
                  held,
                  at)));
    }
  }

  private List<Optional<TargetRecord>> resources() {
    return call.targets().isEmpty()
        ? List.of(Optional.empty())
        : call.targets().stream().map(Optional::of).toList();
  }

  /** A decision point promises not to throw; one that does has denied. */
  private Decision decision(Question question) {
    try {
      return active.decisionPoint().decide(question);
    } catch (RuntimeException e) {
      return new Deny(ReasonCode.POLICY_ERROR, List.of(), "the decision point failed");
    }
  }

  private static Decision strictest(List<Decision> decisions) {
    var determining = new TreeSet<String>();
    var rules = new TreeMap<String, TaskClass.AskRule>();
    for (var decision : decisions) {
      switch (decision) {
        case Deny deny -> {
          return deny;
        }
        case NeedsApproval needs -> needs.rules().forEach(rule -> rules.put(rule.id(), rule));
        case Permit ignored -> {}
      }
      determining.addAll(decision.determining());
    }
    var policies = List.copyOf(determining);
    return rules.isEmpty()
        ? new Permit(policies)
        : new NeedsApproval(policies, List.copyOf(rules.values()));
  }
}
