package dev.remit.core.custody;

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

/**
 * The proposal of a lift or an erasure. All of it follows from its subject, so that no row can say
 * otherwise. Of a client's bodies the client has the word together with the MSP; of the
 * installation's own, an administrator who did not ask.
 */
public final class CustodyCase {

  private static final Duration ANSWER_WITHIN = Duration.ofDays(3);

  private CustodyCase() {}

  /** The proposal as it is asked. */
  public static Proposal proposal(ProposalId id, Subject.OfBodies subject, Instant now) {
    boolean isOperators = subject.tenant().equals(TenantId.OPERATOR);
    var answers =
        isOperators
            ? List.of(new Answers(1, Eligibility.ADMINISTRATORS))
            : List.of(
                new Answers(1, Eligibility.TENANT_APPROVERS),
                new Answers(1, Eligibility.ADMINISTRATORS));
    var rule = new AskRule("remit/custody", "true", answers, ANSWER_WITHIN, ANSWER_WITHIN);
    var digest =
        Sha256.of(
            subject
                .asker()
                .in(
                    Value.object(
                        "kind", subject.kind(),
                        "tenant", subject.tenant().value(),
                        "what", subject.what(),
                        "asker", subject.asker().text(),
                        "reason", subject.reason(),
                        "from", Value.texts(answers.stream().map(Answers::group).toList()))));
    return new Proposal(
        id,
        subject.tenant(),
        subject,
        digest,
        List.of(rule),
        Parties.askedBy(subject.asker()),
        Value.object(
            "tenantName",
            isOperators ? "this installation" : subject.tenant().value(),
            "risk",
            "high",
            "requester",
            subject.asker().text(),
            "why",
            List.of(why(subject))),
        now,
        now.plus(ANSWER_WITHIN),
        Optional.empty(),
        Proposal.State.OPEN);
  }

  private static String why(Subject.OfBodies subject) {
    return switch (subject.act()) {
      case LIFT_HOLD -> "bodies that were held are erased again when the rule says so";
      case ERASE -> "what this entry says beside its leaf is gone for good";
    };
  }
}
