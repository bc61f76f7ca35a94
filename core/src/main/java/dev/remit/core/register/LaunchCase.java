package dev.remit.core.register;

import dev.remit.core.approval.Eligibility;
import dev.remit.core.approval.Parties;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Subject;
import dev.remit.core.call.Sha256;
import dev.remit.core.task.TaskClass.Answers;
import dev.remit.core.task.TaskClass.AskRule;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The proposal that a class of agents works: all of it follows from the subject, so that no row can
 * say otherwise. It wants the owner's own answer and one of another person, who oversees and writes
 * no policy.
 */
public final class LaunchCase {

  /** Whoever of the MSP oversees. */
  static final String OVERSEERS = "msp:oversee";

  private static final Duration ANSWER_WITHIN = Duration.ofDays(7);

  private LaunchCase() {}

  /** What people answer. */
  public static Proposal proposal(ProposalId id, Subject.OfLaunch subject, Instant now) {
    var from =
        List.of(new Answers(1, Eligibility.person(subject.owner())), new Answers(1, OVERSEERS));
    return new Proposal(
        id,
        TenantId.OPERATOR,
        subject,
        digest(subject),
        List.of(new AskRule("remit/launch", "true", from, ANSWER_WITHIN, ANSWER_WITHIN)),
        new Parties(Optional.empty(), Optional.empty(), true, Set.of(), Optional.empty()),
        facts(subject),
        now,
        now.plus(ANSWER_WITHIN),
        Optional.empty(),
        Proposal.State.OPEN);
  }

  private static String digest(Subject.OfLaunch subject) {
    return Sha256.of(
        subject
            .asker()
            .in(
                Value.object(
                    "kind", subject.kind(),
                    "agentClass", subject.agentClass().value(),
                    "boundaries", Boundaries.parse(subject.boundaries()).digest(),
                    "revision", subject.revision(),
                    "owner", subject.owner().text(),
                    "asker", subject.asker().text(),
                    "reason", subject.reason())));
  }

  private static Value.Obj facts(Subject.OfLaunch subject) {
    return Value.object(
        "tenantName", TenantId.OPERATOR.value(),
        "risk", "high",
        "requester", subject.asker().text(),
        "agentOwner", subject.owner().text(),
        "why",
            List.of(
                "agents of this class work with these boundaries from then on",
                "its owner answers, and another person who oversees"));
  }
}
