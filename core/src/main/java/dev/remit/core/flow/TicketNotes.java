package dev.remit.core.flow;

import dev.remit.core.approval.ProposalId;
import dev.remit.core.notice.NoticeKind;
import dev.remit.core.tenant.TenantId;

/**
 * Tells in the ticket of a task that what an agent wants waits for people, and how that ended.
 *
 * <p>A note is an effect of Remit's own, decided, leased, limited and recorded like any other. It
 * is written at most once for a proposal and kind, asks nobody, and holds no word of an agent, of a
 * ticket or of whoever answered.
 */
public interface TicketNotes {

  /**
   * Writes the note, or says why not. Never throws.
   *
   * @param origin where people answer, such as {@code https://remit.example.com}; no path
   */
  Result note(TenantId tenant, ProposalId proposal, NoticeKind kind, String origin);

  /** What became of a note. */
  sealed interface Result {}

  /** It is in the ticket, or may be: it is not written again. */
  record Noted() implements Result {}

  /** There is nothing to write, or it must not be written; trying again would not help. */
  record Dropped(String why) implements Result {}

  /** It is not in the ticket and may be written later. */
  record Later(String why) implements Result {}
}
