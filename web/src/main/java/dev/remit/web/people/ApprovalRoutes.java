package dev.remit.web.people;

import dev.remit.core.approval.Assertion;
import dev.remit.core.approval.Card;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Verdict;
import dev.remit.core.flow.Approvals;
import dev.remit.core.flow.Oversight;
import dev.remit.core.flow.Withdrawals;
import dev.remit.core.release.People;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import dev.remit.web.http.Answer;
import dev.remit.web.http.Exchange;
import dev.remit.web.http.Fields;
import dev.remit.web.http.Refusal;
import dev.remit.web.http.Route;
import dev.remit.web.people.Rights.Verb;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Proposals: reading them, and the one way to answer one.
 *
 * <p>An answer is a person's, signed by their key; the session only says who reads. A token reads
 * the list of a tenant and answers nothing. What is destructive wants a person whom the issuer saw
 * within minutes.
 */
final class ApprovalRoutes {

  private static final int LONGEST_PART = 16_384;

  private final Approvals approvals;
  private final Oversight oversight;
  private final Sessions sessions;
  private final Supplier<People> people;
  private final Askers askers;

  ApprovalRoutes(
      Approvals approvals,
      Oversight oversight,
      Sessions sessions,
      Supplier<People> people,
      Askers askers) {
    this.approvals = approvals;
    this.oversight = oversight;
    this.sessions = sessions;
    this.people = people;
    this.askers = askers;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/v1/approvals", askers.either(this::list)),
        Route.of("GET", "/v1/approvals/*/*", askers.people(this::card)),
        Route.of("POST", "/v1/approvals/*/*/answer", askers.people(this::answer)),
        Route.of("POST", "/v1/approvals/*/*/withdraw", askers.either(this::withdraw)));
  }

  private void list(Exchange exchange, Asker asker) {
    switch (asker) {
      case Asker.Operator() -> {
        exchange.onlyQuery(Set.of("tenant", "limit"));
        var tenant = PeopleRoutes.tenant(exchange, asker, Verb.READ_PROPOSALS);
        oversight.read(tenant, asker.text(), Oversight.What.APPROVALS, "");
        var proposals = oversight.proposals(tenant, PeopleRoutes.limit(exchange));
        exchange.send(
            Answer.json(
                200, Value.object("approvals", proposals.stream().map(Views::proposal).toList())));
      }
      case Asker.OfPerson(Session session, var _) -> {
        exchange.onlyQuery(Set.of("cursor", "limit"));
        int limit = Math.min(100, PeopleRoutes.limit(exchange));
        var page = approvals.inbox(session.person(), exchange.query("cursor"), limit);
        page.cards().stream()
            .map(Card::tenant)
            .distinct()
            .forEach(tenant -> oversight.read(tenant, asker.text(), Oversight.What.APPROVALS, ""));
        var answer =
            Value.object("approvals", page.cards().stream().map(CardViews::brief).toList());
        exchange.send(
            Answer.json(
                200,
                page.next().isPresent()
                    ? answer.with("next", Value.of(page.next().get()))
                    : answer));
      }
    }
  }

  private void card(Exchange exchange, Session session) {
    exchange.onlyQuery(Set.of());
    var tenant = tenant(exchange, session, Verb.READ_PROPOSALS);
    var card =
        approvals
            .card(session.person(), tenant, new ProposalId(exchange.variable(1)))
            .orElseThrow(Refusal::notFound);
    exchange.send(Answer.json(200, CardViews.whole(card)));
  }

  private void answer(Exchange exchange, Session session) {
    exchange.onlyQuery(Set.of());
    var tenant = tenant(exchange, session, Verb.ANSWER);
    var id = new ProposalId(exchange.variable(1));
    var fields =
        new Fields(Json.parseObject(exchange.jsonBody()), Set.of("verdict", "reason", "assertion"));
    var verdict = verdict(fields.text("verdict", 10));
    var reason = fields.optionalText("reason", 2_000).orElse("");
    var assertion = assertion(fields.object("assertion"));
    requireFresh(session, tenant, id, verdict);
    var result = approvals.answer(session.person(), tenant, id, verdict, reason, assertion);
    exchange.send(
        switch (result) {
          case Approvals.Counted(var state) ->
              Answer.json(200, Value.object("state", state.name().toLowerCase(Locale.ROOT)));
          case Approvals.NoSuchProposal() -> throw Refusal.notFound();
          case Approvals.NotCounted(String why) -> throw new Refusal(409, "not-counted", why);
        });
  }

  /** Takes back what waits; it only narrows, so whoever holds the machine may as well. */
  private void withdraw(Exchange exchange, Asker asker) {
    exchange.onlyQuery(Set.of());
    var tenant = new TenantId(exchange.variable(0));
    asker.require(Verb.WITHDRAW, tenant);
    var id = new ProposalId(exchange.variable(1));
    var fields = new Fields(Json.parseObject(exchange.jsonBody()), Set.of("reason"));
    var reason = fields.text("reason", 1_000);
    var result =
        switch (asker) {
          case Asker.Operator() -> approvals.withdrawAsOperator(tenant, id, reason);
          case Asker.OfPerson(Session session, var _) ->
              approvals.withdraw(session.person(), tenant, id, reason);
        };
    exchange.send(
        switch (result) {
          case Withdrawals.Withdrawn() -> Answer.json(200, Value.object("state", "withdrawn"));
          case Withdrawals.NoSuchProposal() -> throw Refusal.notFound();
          case Withdrawals.NotWithdrawn(String why) -> throw new Refusal(409, "not-withdrawn", why);
        });
  }

  /** A grant of what cannot be taken back wants a person who has just shown themselves. */
  private void requireFresh(Session session, TenantId tenant, ProposalId id, Verdict verdict) {
    if (verdict == Verdict.REFUSE || sessions.isFresh(session)) {
      return;
    }
    var card = approvals.progress(session.person(), tenant, id).orElseThrow(Refusal::notFound);
    if (Sessions.wantsFresh(card)) {
      throw new Refusal(
          403,
          "sign-in-again",
          "this cannot be taken back: sign in again at `/signin/start/"
              + session.person().id().issuer()
              + "?again=1` and answer then");
    }
  }

  private TenantId tenant(Exchange exchange, Session session, Verb verb) {
    var tenant = new TenantId(exchange.variable(0));
    new Rights(people.get()).require(session.person(), verb, tenant);
    return tenant;
  }

  private static Verdict verdict(String text) {
    return switch (text) {
      case "grant" -> Verdict.GRANT;
      case "refuse" -> Verdict.REFUSE;
      default -> throw new InvalidValueException("`verdict` is grant or refuse");
    };
  }

  /** As a browser sends it, taken apart and not yet believed. */
  static Assertion assertion(Value.Obj sent) {
    var fields =
        new Fields(
            sent, Set.of("credentialId", "clientDataJson", "authenticatorData", "signature"));
    return new Assertion(
        part(fields, "credentialId"),
        part(fields, "clientDataJson"),
        part(fields, "authenticatorData"),
        part(fields, "signature"));
  }

  static String part(Fields fields, String name) {
    return Optional.of(fields.text(name, LONGEST_PART))
        .filter(text -> text.matches("[A-Za-z0-9_-]+"))
        .orElseThrow(() -> new InvalidValueException("`" + name + "` is not base64url"));
  }
}
