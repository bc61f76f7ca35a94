package dev.remit.web.people;

import dev.remit.core.custody.Custody;
import dev.remit.core.evidence.Bodies.Hold;
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
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Legal holds, and the erasure of one entry's body. A hold is in force at once; a lift and an
 * erasure wait for other people's signed answers.
 */
final class CustodyRoutes {

  private static final int LONGEST_REASON = 1_000;

  private final Custody custody;
  private final Supplier<People> people;
  private final Askers askers;

  CustodyRoutes(Custody custody, Supplier<People> people, Askers askers) {
    this.custody = custody;
    this.people = people;
    this.askers = askers;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/v1/holds/*", askers.either(this::holds)),
        Route.of("POST", "/v1/holds/*", askers.worker(Verb.KEEP, this::hold)),
        Route.of("POST", "/v1/holds/*/*/lift", askers.worker(Verb.KEEP, this::lift)),
        Route.of("POST", "/v1/evidence/*/entries/*/erase", askers.worker(Verb.KEEP, this::erase)));
  }

  private void holds(Exchange exchange, Asker asker) {
    exchange.onlyQuery(Set.of());
    var tenant = new TenantId(exchange.variable());
    asker.require(Verb.READ_TRAIL, tenant);
    var holds = custody.holds(tenant).stream().map(CustodyRoutes::view).toList();
    exchange.send(Answer.json(200, Value.object("holds", holds)));
  }

  private void hold(Exchange exchange, Session session) {
    var tenant = kept(exchange, session);
    exchange.send(
        switch (custody.hold(session.person(), tenant, reason(exchange))) {
          case Custody.Held(String hold) -> Answer.json(201, Value.object("hold", hold));
          case Custody.NotHeld(String why) -> throw new Refusal(409, "not-held", why);
        });
  }

  private void lift(Exchange exchange, Session session) {
    var tenant = kept(exchange, session);
    var hold = exchange.variable(1);
    told(exchange, custody.askToLift(session.person(), tenant, hold, reason(exchange)));
  }

  private void erase(Exchange exchange, Session session) {
    var tenant = kept(exchange, session);
    var entry = exchange.variable(1);
    told(exchange, custody.askToErase(session.person(), tenant, entry, reason(exchange)));
  }

  private static void told(Exchange exchange, Custody.Wish wish) {
    exchange.send(
        switch (wish) {
          case Custody.Asked(var proposal) ->
              Answer.json(202, Value.object("waitsFor", proposal.value()));
          case Custody.NotAsked(String why) -> throw new Refusal(409, "not-asked", why);
        });
  }

  private TenantId kept(Exchange exchange, Session session) {
    var tenant = new TenantId(exchange.variable(0));
    new Rights(people.get()).require(session, Verb.KEEP, tenant);
    return tenant;
  }

  private static String reason(Exchange exchange) {
    exchange.onlyQuery(Set.of());
    return new Fields(Json.parseObject(exchange.jsonBody()), Set.of("reason"))
        .text("reason", LONGEST_REASON);
  }

  private static Value view(Hold hold) {
    return Value.object(
        "hold", hold.id(), "by", hold.by(), "at", hold.at().toString(), "reason", hold.reason());
  }
}
