package dev.remit.server.notice;

import dev.remit.core.approval.ProposalId;
import dev.remit.core.flow.TicketNotes;
import dev.remit.core.identity.Organisation;
import java.time.Instant;

/**
 * Notes in the tickets of tasks. What must not be written is dropped, and told in the operator's
 * log; what could not be is tried again.
 */
public final class TicketChannel implements Channel {

  private static final System.Logger LOG = System.getLogger(TicketChannel.class.getName());

  private final TicketNotes notes;
  private final String origin;

  /**
   * @param origin where people answer; no path
   */
  public TicketChannel(TicketNotes notes, String origin) {
    this.notes = notes;
    this.origin = origin;
  }

  @Override
  public String name() {
    return "ticket notes";
  }

  @Override
  public Organisation organisation() {
    return new Organisation.Msp();
  }

  @Override
  public boolean isOfTickets() {
    return true;
  }

  @Override
  public boolean tell(Notice notice, Instant at) {
    var proposal = new ProposalId(notice.proposal());
    return switch (notes.note(notice.tenant(), proposal, notice.kind(), origin)) {
      case TicketNotes.Noted() -> true;
      case TicketNotes.Later ignored -> false;
      case TicketNotes.Dropped(String why) -> {
        LOG.log(
            System.Logger.Level.WARNING,
            "the note `{0}` is not written into its ticket at `{1}`: {2}",
            notice.id(),
            notice.tenant(),
            why);
        yield true;
      }
    };
  }
}
