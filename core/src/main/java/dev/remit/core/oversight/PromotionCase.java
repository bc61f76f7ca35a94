package dev.remit.core.oversight;

import dev.remit.core.approval.Eligibility;
import dev.remit.core.approval.Parties;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Subject;
import dev.remit.core.call.Sha256;
import dev.remit.core.identity.AutonomyLevel;
import dev.remit.core.task.TaskClass.Answers;
import dev.remit.core.task.TaskClass.AskRule;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The proposal to raise a level: all of it follows from the subject, so that no row can say
 * otherwise.
 */
public final class PromotionCase {

  /** Whoever of the MSP oversees. */
  static final String OVERSEERS = "msp:oversee";

  private static final Duration ANSWER_WITHIN = Duration.ofDays(3);

  private PromotionCase() {}

  /** What people answer. Nobody who may write policy does, nor the agent's owner or the asker. */
  public static Proposal proposal(ProposalId id, Subject.OfPromotion subject, Instant now) {
    return new Proposal(
        id,
        subject.tenant(),
        subject,
        digest(subject),
        List.of(rule(subject)),
        new Parties(
            Optional.empty(),
            Optional.of(subject.owner()),
            true,
            Set.of(),
            Optional.of(subject.asker())),
        facts(subject),
        now,
        now.plus(ANSWER_WITHIN),
        Optional.empty(),
        Proposal.State.OPEN);
  }

  private static AskRule rule(Subject.OfPromotion subject) {
    var from = new ArrayList<Answers>();
    from.add(new Answers(1, OVERSEERS));
    if (subject.to() == AutonomyLevel.BOUNDED) {
      from.add(new Answers(1, Eligibility.TENANT_APPROVERS));
    }
    return new AskRule("remit/promotion", "true", List.copyOf(from), ANSWER_WITHIN, ANSWER_WITHIN);
  }

  private static String digest(Subject.OfPromotion subject) {
    return Sha256.of(
        subject
            .asker()
            .in(
                Value.object(
                    "kind", subject.kind(),
                    "tenant", subject.tenant().value(),
                    "agentClass", subject.agentClass().value(),
                    "taskClass", subject.taskClass(),
                    "from", subject.from().text(),
                    "to", subject.to().text(),
                    "revision", subject.revision(),
                    "evidence", subject.evidence(),
                    "position", subject.position(),
                    "owner", subject.owner(),
                    "asker", subject.asker().text(),
                    "reason", subject.reason())));
  }

  private static Value.Obj facts(Subject.OfPromotion subject) {
    return Value.object(
        "tenantName", subject.tenant().value(),
        "risk", subject.to() == AutonomyLevel.BOUNDED ? "high" : "low",
        "requester", subject.asker().text(),
        "agentOwner", subject.owner(),
        "why",
            List.of(
                subject.to() == AutonomyLevel.BOUNDED
                    ? "effects of high risk will go without a person where the task class lets them"
                    : "effects of low risk will go without a person",
                "the figures are the log's as far as leaf " + subject.position()));
  }
}
