package dev.remit.server.notice;

import dev.remit.core.approval.Proposal;
import dev.remit.core.notice.NoticeKind;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.Locale;

/**
 * What a person is told: that something waits or waited, where, until when. No argument, no word of
 * an agent or ticket, no name of who answered, no challenge.
 *
 * @param id the same for each repetition of one notice, so that receivers drop what they know
 * @param subject what kind of proposal it is, such as {@code call}
 * @param state where it stands as this is sent
 * @param link where a person reads it after signing in; it opens nothing by itself
 */
public record Notice(
    String id,
    NoticeKind kind,
    TenantId tenant,
    String proposal,
    String subject,
    Proposal.State state,
    Instant answerBy,
    String link) {

  /** The notice of this kind about a proposal. */
  public static Notice of(NoticeKind kind, Proposal proposal, Instant at, String link) {
    return new Notice(
        proposal.id().value() + "." + kind.text(),
        kind,
        proposal.tenant(),
        proposal.id().value(),
        proposal.subject().kind(),
        proposal.stateAt(at),
        proposal.answerBy(),
        link);
  }

  /** The state in words, such as {@code granted}. */
  public String stateText() {
    return state.name().toLowerCase(Locale.ROOT);
  }

  /** As a program reads it. */
  Value.Obj json(Instant at) {
    return Value.object(
        "type",
        kind.text(),
        "timestamp",
        at.toString(),
        "data",
        Value.object(
            "tenant",
            tenant.value(),
            "proposal",
            proposal,
            "subject",
            subject,
            "state",
            stateText(),
            "answerBy",
            answerBy.toString(),
            "link",
            link));
  }
}
