package dev.remit.web.people;

import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Subject;
import dev.remit.core.flow.Oversight;
import dev.remit.core.flow.Standing;
import dev.remit.core.identity.AgentId;
import dev.remit.core.release.People;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import dev.remit.web.http.Answer;
import dev.remit.web.http.Exchange;
import dev.remit.web.http.Fields;
import dev.remit.web.http.Refusal;
import dev.remit.web.http.Route;
import dev.remit.web.people.Rights.Verb;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Standing approvals: reading them, asking for one, ending one. Asking answers nothing; those whom
 * the rule names do, with their keys, on the card.
 */
final class StandingRoutes {

  private static final int REASON = 1_000;

  private final Oversight oversight;
  private final Supplier<People> people;
  private final Askers askers;

  StandingRoutes(Oversight oversight, Supplier<People> people, Askers askers) {
    this.oversight = oversight;
    this.people = people;
    this.askers = askers;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/v1/standing", askers.either(this::list)),
        Route.of("POST", "/v1/standing", askers.people(this::ask)),
        Route.of("POST", "/v1/standing/*/*/withdraw", askers.either(this::withdraw)));
  }

  private void list(Exchange exchange, Asker asker) {
    exchange.onlyQuery(Set.of("tenant"));
    var tenant = PeopleRoutes.tenant(exchange, asker, Verb.READ_PROPOSALS);
    var all = oversight.standing().of(tenant).stream().map(StandingRoutes::view).toList();
    exchange.send(Answer.json(200, Value.object("standing", all)));
  }

  private void ask(Exchange exchange, Session session) {
    exchange.onlyQuery(Set.of());
    var fields =
        new Fields(
            Json.parseObject(exchange.jsonBody()),
            Set.of(
                "tenant",
                "agent",
                "taskClass",
                "tool",
                "arguments",
                "mayDiffer",
                "uses",
                "days",
                "reason"));
    var tenant = new TenantId(fields.text("tenant", 64));
    new Rights(people.get()).require(session, Verb.OPERATE, tenant);
    var wish =
        new Standing.Wish(
            tenant,
            AgentId.parse(fields.text("agent", 400)),
            fields.text("taskClass", 128),
            fields.text("tool", 128),
            fields.object("arguments"),
            new HashSet<>(fields.texts("mayDiffer", 16, 128)),
            (int) fields.number("uses", 1, Standing.MOST_USES),
            Duration.ofDays(fields.number("days", 1, Standing.LONGEST.toDays())),
            fields.text("reason", REASON));
    exchange.send(
        switch (oversight.standing().ask(session.person(), wish)) {
          case Standing.Waits(var proposal) ->
              Answer.json(
                  202,
                  Value.object(
                      "handle", proposal.id().value(),
                      "answerBy", proposal.answerBy().toString()));
          case Standing.NotAsked(String why) -> throw new Refusal(409, "not-asked", why);
        });
  }

  private void withdraw(Exchange exchange, Asker asker) {
    exchange.onlyQuery(Set.of());
    var tenant = new TenantId(exchange.variable(0));
    // Ending one is stopping, and whoever may stop this tenant's work may do that.
    asker.require(Verb.KILL_TENANT, tenant);
    var fields = new Fields(Json.parseObject(exchange.jsonBody()), Set.of("reason"));
    var reason = fields.text("reason", REASON);
    var id = new ProposalId(exchange.variable(1));
    if (!oversight.standing().withdraw(tenant, id, asker.text(), reason)) {
      throw Refusal.notFound();
    }
    exchange.send(Answer.json(200, Value.object("state", "withdrawn")));
  }

  private static Value view(Standing.InForce one) {
    var proposal = one.proposal();
    var view =
        Value.object(
            "handle", proposal.id().value(),
            "tenant", proposal.tenant().value(),
            "state", proposal.state().name().toLowerCase(Locale.ROOT),
            "used", one.used());
    return proposal.subject() instanceof Subject.OfStanding subject
        ? view.with("agent", Value.of(subject.agent().text()))
            .with("taskClass", Value.of(subject.taskClass()))
            .with("tool", Value.of(subject.tool()))
            .with("arguments", subject.arguments())
            .with("mayDiffer", Value.texts(new TreeSet<>(subject.free())))
            .with("uses", Value.of(subject.uses()))
            .with("until", Value.of(subject.until().toString()))
            .with("askedBy", Value.of(subject.asker().text()))
            .with("reason", Value.of(subject.reason()))
        : view;
  }
}
