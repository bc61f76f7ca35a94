package dev.remit.web.console;

import dev.remit.core.approval.Card;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.flow.Approvals;
import dev.remit.core.flow.Oversight;
import dev.remit.core.identity.Person;
import dev.remit.core.tenant.TenantId;
import dev.remit.web.people.Sessions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads the inbox and its cards for a reader. */
final class ApprovalReading {

  private static final int PAGE = 40;
  private static final int LOOKED_AT = 100;

  private final Approvals approvals;
  private final Oversight oversight;

  ApprovalReading(Approvals approvals, Oversight oversight) {
    this.approvals = approvals;
    this.oversight = oversight;
  }

  InboxView inbox(Sight sight, Optional<String> cursor, boolean hasKey, Instant now) {
    var page = approvals.inbox(sight.person(), cursor, PAGE);
    String reader = sight.person().id().text();
    page.cards().stream()
        .map(Card::tenant)
        .distinct()
        .forEach(tenant -> oversight.read(tenant, reader, Oversight.What.APPROVALS, ""));
    var all = page.cards().stream().map(card -> view(sight, card, List.of(), now)).toList();
    String self = "/console/inbox/list" + cursor.map(text -> "?cursor=" + encoded(text)).orElse("");
    return new InboxView(
        all.stream().filter(view -> view.card().mayAnswer()).toList(),
        all.stream().filter(view -> !view.card().mayAnswer()).toList(),
        self,
        page.next().map(text -> "/console/inbox?cursor=" + encoded(text)),
        hasKey);
  }

  /** One card, with the open ones that ask for the very same where the reader may answer those. */
  Optional<CardView> card(Sight sight, String tenant, String id, boolean isFresh, Instant now) {
    return read(sight, tenant, id)
        .map(card -> {
          var view = view(sight, card, equals(sight.person(), card), now);
          return Sessions.wantsFresh(card) && !isFresh ? view.signedInAgain(issuer(sight)) : view;
        });
  }

  /** How a card that is being read stands. */
  sealed interface Live {}

  /** It waits. */
  record Open(CardView view) implements Live {}

  /** It is over, or never was. */
  record Over() implements Live {}

  /**
   * The part of a card that changes while it is read. Opening a card is recorded as reading it;
   * this is not.
   */
  Live live(Sight sight, String tenant, String id, Instant now) {
    return approvals
        .progress(sight.person(), new TenantId(tenant), new ProposalId(id))
        .filter(card -> card.state() == dev.remit.core.approval.Proposal.State.OPEN)
        .<Live>map(card -> new Open(view(sight, card, List.of(), now)))
        .orElseGet(Over::new);
  }

  private Optional<Card> read(Sight sight, String tenant, String id) {
    return approvals.card(sight.person(), new TenantId(tenant), new ProposalId(id));
  }

  private List<Card> equals(Person person, Card card) {
    if (!card.mayAnswer()) {
      return List.of();
    }
    return approvals.inbox(person, Optional.empty(), LOOKED_AT).cards().stream()
        .filter(other -> other.mayAnswer() && other.grantChallenge().isPresent())
        .filter(other -> CardView.isEqual(card, other))
        .limit(20)
        .toList();
  }

  private static CardView view(Sight sight, Card card, List<Card> equals, Instant now) {
    var tool = sight.release().tools().get(card.action());
    String title = tool == null || tool.title().isBlank() ? card.action() : tool.title();
    return new CardView(card, title, equals, Optional.empty(), now);
  }

  private static String issuer(Sight sight) {
    return sight.person().id().issuer();
  }

  private static String encoded(String cursor) {
    return java.net.URLEncoder.encode(cursor, java.nio.charset.StandardCharsets.UTF_8);
  }
}
