package dev.remit.core.flow;

import dev.remit.core.approval.Proposal;
import dev.remit.core.call.Call;
import dev.remit.core.decision.Decision;
import dev.remit.core.decision.Decision.Deny;
import dev.remit.core.decision.Decision.NeedsApproval;
import dev.remit.core.decision.Decision.Permit;
import dev.remit.core.decision.Question;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.AutonomyLevel;
import dev.remit.core.identity.Caller;
import dev.remit.core.oversight.AutonomyLevels;
import dev.remit.core.release.OwnWork;
import dev.remit.core.release.Releases;
import dev.remit.core.target.TargetRecord;
import dev.remit.core.task.TaskClass;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.trace.Trace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

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
    return Trace.part(
        "decide",
        () -> {
          var said = decided(active, call, taskClass, tenant, held, at);
          Trace.note("remit.decision", word(said));
          return said;
        });
  }

  private static String word(Decision decision) {
    return switch (decision) {
      case Permit ignored -> "permit";
      case NeedsApproval ignored -> "needs-approval";
      case Deny deny -> deny.reason().code();
    };
  }

  private Decision decided(
      Releases.Active active,
      Call call,
      TaskClass taskClass,
      Tenant tenant,
      Set<String> held,
      Instant at) {
    var release = active.release();
    var agentClass = release.agentClassOf(call.caller()).orElse(null);
    var connector = release.connectors().get(call.tool().connector());
    if (agentClass == null || connector == null) {
      return new Deny(
          ReasonCode.NO_PERMIT, List.of(), "the agent's class or the connector is gone");
    }
    var autonomy = autonomy(call.caller(), agentClass, taskClass, tenant);
    var resources = new ArrayList<Optional<TargetRecord>>();
    call.targets().forEach(target -> resources.add(Optional.of(target)));
    if (resources.isEmpty()) {
      resources.add(Optional.empty());
    }
    var decisions = new ArrayList<Decision>();
    for (var resource : resources) {
      var question =
          new Question(
              call,
              agentClass,
              autonomy,
              taskClass,
              tenant,
              connector.scopeTruth(),
              resource,
              held,
              at);
      decisions.add(decision(active, question));
    }
    return strictest(decisions);
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

  /** A decision point promises not to throw; one that does has denied. */
  private static Decision decision(Releases.Active active, Question question) {
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
