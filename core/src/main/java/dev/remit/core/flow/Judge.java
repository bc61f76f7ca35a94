package dev.remit.core.flow;

import dev.remit.core.approval.Proposal;
import dev.remit.core.call.Call;
import dev.remit.core.decision.Decision;
import dev.remit.core.delegation.Chain;
import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.AutonomyLevel;
import dev.remit.core.identity.Caller;
import dev.remit.core.oversight.AutonomyLevels;
import dev.remit.core.release.OwnWork;
import dev.remit.core.release.Releases;
import dev.remit.core.task.TaskClass;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.trace.Trace;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Asks policy about every target of a call and takes the strictest answer. */
final class Judge {

  private final AutonomyLevels levels;

  Judge(AutonomyLevels levels) {
    this.levels = levels;
  }

  /** The decision on the call as a whole: a deny of one target denies, asks add up. */
  Decision decide(
      Releases.Active active, Call call, TaskClass taskClass, Tenant tenant, Instant at) {
    return decide(active, call, taskClass, tenant, Set.of(), at);
  }

  /** The same with the approval of these rules held for exactly this call. */
  Decision decide(
      Releases.Active active,
      Call call,
      TaskClass taskClass,
      Tenant tenant,
      Set<String> held,
      Instant at) {
    return traced(deliberation(active, call, taskClass, tenant, held, at));
  }

  private static Decision traced(Deliberation all) {
    return Trace.part(
        "decide",
        () -> {
          var said = all.decide();
          Trace.note("remit.decision", word(said));
          return said;
        });
  }

  private static String word(Decision decision) {
    return switch (decision) {
      case Decision.Permit ignored -> "permit";
      case Decision.NeedsApproval ignored -> "needs-approval";
      case Decision.Deny deny -> deny.reason().code();
    };
  }

  /** A decision, and the attempt with everything that was decided on written down. */
  record Judged(CallAttempt attempt, Decision decision) {}

  /** Decides a call that is made, so that its entries say on what. */
  Judged judged(CallAttempt attempt, Call call, TaskClass taskClass, Tenant tenant) {
    return judged(attempt, call, taskClass, tenant, Set.of());
  }

  /** The same with the approval of these rules held. */
  Judged judged(
      CallAttempt attempt, Call call, TaskClass taskClass, Tenant tenant, Set<String> held) {
    var all = deliberation(attempt.active(), call, taskClass, tenant, held, attempt.now());
    var decision = traced(all);
    return new Judged(attempt.on(Facts.body(all, decision)), decision);
  }

  private Deliberation deliberation(
      Releases.Active active,
      Call call,
      TaskClass taskClass,
      Tenant tenant,
      Set<String> held,
      Instant at) {
    var agentClass = active.release().agentClassOf(call.caller());
    var autonomy =
        agentClass.isPresent()
            ? lowest(active, call, autonomy(call.caller(), agentClass.get(), taskClass, tenant))
            : AutonomyLevel.PROPOSE;
    return new Deliberation(active, call, taskClass, tenant, agentClass, autonomy, held, at);
  }

  /** Whoever works for others does no more alone than the least trusted of them. */
  private AutonomyLevel lowest(Releases.Active active, Call call, AutonomyLevel own) {
    return Chain.of(active.release(), call).orElse(List.of()).stream()
        .map(seen ->
            levels.inForce(seen.agentClass(), call.task().tenant(), seen.taskClass().name()))
        .reduce(own, (one, other) -> one.compareTo(other) <= 0 ? one : other);
  }

  /** An agent earns and loses its level; how much people do alone is written down once for all. */
  private AutonomyLevel autonomy(
      Caller.Worker caller, AgentClass agentClass, TaskClass taskClass, Tenant tenant) {
    return switch (caller) {
      case Caller.Agent ignored -> levels.inForce(agentClass, tenant.id(), taskClass.name());
      case Caller.OfAutomation ignored -> levels.inForce(agentClass, tenant.id(), taskClass.name());
      case Caller.OfPerson ignored -> OwnWork.ALONE;
    };
  }

  /** What an agent is told of a stored proposal. */
  static CallResult.Waiting waiting(Proposal proposal) {
    return new CallResult.Waiting(proposal.id(), from(proposal.rules()), proposal.answerBy());
  }

  /** Whose answers the rules want, such as {@code 1 of msp.senior-technicians}. */
  static List<String> from(List<TaskClass.AskRule> rules) {
    return rules.stream()
        .flatMap(rule -> rule.from().stream())
        .map(answers -> answers.count() + " of " + answers.group())
        .distinct()
        .toList();
  }
}
