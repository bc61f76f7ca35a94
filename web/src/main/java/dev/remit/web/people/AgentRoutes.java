package dev.remit.web.people;

import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.PersonId;
import dev.remit.core.register.Agents;
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
import java.util.Set;
import java.util.function.Supplier;

/**
 * The register of agents. A launch and an owner's certification are people's, in a browser;
 * stopping narrows and is open to whoever may stop.
 */
final class AgentRoutes {

  private static final int LONGEST_REASON = 1_000;
  private static final int DAYS = 90;
  private static final int MOST_DAYS = 730;

  private final Agents agents;
  private final Supplier<dev.remit.core.release.People> people;
  private final Askers askers;

  AgentRoutes(Agents agents, Supplier<dev.remit.core.release.People> people, Askers askers) {
    this.agents = agents;
    this.people = people;
    this.askers = askers;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/v1/agents", askers.either(this::all)),
        Route.of("GET", "/v1/agents/*", askers.either(this::one)),
        Route.of("GET", "/v1/agents/*/unused", askers.either(this::unused)),
        Route.of("POST", "/v1/agents/*/launch", askers.people(this::launch)),
        Route.of("POST", "/v1/agents/*/suspend", askers.either(this::suspend)),
        Route.of("POST", "/v1/agents/*/retire", askers.either(this::retire)),
        Route.of("POST", "/v1/agents/*/challenge", askers.people(this::challenge)),
        Route.of("POST", "/v1/agents/*/certify", askers.people(this::certify)),
        Route.of("POST", "/v1/people/gone", askers.either(this::gone)));
  }

  private void all(Exchange exchange, Asker asker) {
    exchange.onlyQuery(Set.of());
    asker.require(Verb.READ_INSTALLATION);
    send(exchange, Value.object("agents", agents.all().stream().map(AgentViews::row).toList()));
  }

  private void one(Exchange exchange, Asker asker) {
    exchange.onlyQuery(Set.of());
    asker.require(Verb.READ_INSTALLATION);
    var id = agentClass(exchange);
    var shown = agents.find(id).orElseThrow(Refusal::notFound);
    send(exchange, AgentViews.whole(shown, agents.objections(id)));
  }

  private void unused(Exchange exchange, Asker asker) {
    exchange.onlyQuery(Set.of("days"));
    asker.require(Verb.READ_INSTALLATION);
    send(
        exchange,
        agents
            .unused(agentClass(exchange), days(exchange))
            .map(AgentViews::unused)
            .orElseThrow(Refusal::notFound));
  }

  private static int days(Exchange exchange) {
    var text = exchange.query("days").orElse(String.valueOf(DAYS));
    if (!text.matches("[1-9][0-9]{0,2}") || Integer.parseInt(text) > MOST_DAYS) {
      throw new InvalidValueException("`days` is a number from 1 to " + MOST_DAYS);
    }
    return Integer.parseInt(text);
  }

  private void launch(Exchange exchange, Session session) {
    require(session, Verb.LAUNCH_AGENT);
    var reason = reason(exchange);
    exchange.send(
        switch (agents.launch(session.person(), agentClass(exchange), reason)) {
          case Agents.Asked(var proposal) ->
              Answer.json(202, Value.object("waitsFor", proposal.value()));
          case Agents.NotDone(String why) -> throw new Refusal(409, "not-asked", why);
        });
  }

  private void suspend(Exchange exchange, Asker asker) {
    asker.require(Verb.STOP_AGENT);
    told(exchange, agents.suspend(asker.text(), agentClass(exchange), reason(exchange)));
  }

  private void retire(Exchange exchange, Asker asker) {
    asker.require(Verb.STOP_AGENT);
    told(exchange, agents.retire(asker.text(), agentClass(exchange), reason(exchange)));
  }

  private void challenge(Exchange exchange, Session session) {
    require(session, Verb.CERTIFY_AGENT);
    exchange.onlyQuery(Set.of());
    exchange.send(
        switch (agents.toCertify(session.person(), agentClass(exchange))) {
          case Agents.Sign sign ->
              Answer.json(
                  200,
                  Value.object(
                      "challenge", sign.challenge(),
                      "digest", sign.digest(),
                      "keys", Value.texts(sign.keys())));
          case Agents.NotDone(String why) -> throw notDone(why);
        });
  }

  private void certify(Exchange exchange, Session session) {
    require(session, Verb.CERTIFY_AGENT);
    exchange.onlyQuery(Set.of());
    var fields = new Fields(Json.parseObject(exchange.jsonBody()), Set.of("assertion"));
    told(
        exchange,
        agents.certify(
            session.person(),
            agentClass(exchange),
            ApprovalRoutes.assertion(fields.object("assertion"))));
  }

  private void gone(Exchange exchange, Asker asker) {
    exchange.onlyQuery(Set.of());
    asker.require(Verb.TELL_GONE);
    var fields = new Fields(Json.parseObject(exchange.jsonBody()), Set.of("person", "reason"));
    told(
        exchange,
        agents.gone(
            asker.text(),
            person(fields.text("person", 320)),
            fields.text("reason", LONGEST_REASON)));
  }

  private static PersonId person(String text) {
    int slash = text.indexOf('/');
    if (slash < 1) {
      throw new InvalidValueException("a person is named ISSUER/SUBJECT");
    }
    return new PersonId(text.substring(0, slash), text.substring(slash + 1));
  }

  private void require(Session session, Verb verb) {
    new Rights(people.get()).require(session, verb);
  }

  private static AgentClassId agentClass(Exchange exchange) {
    return new AgentClassId(exchange.variable(0));
  }

  private static String reason(Exchange exchange) {
    exchange.onlyQuery(Set.of());
    return new Fields(Json.parseObject(exchange.jsonBody()), Set.of("reason"))
        .text("reason", LONGEST_REASON);
  }

  private static void told(Exchange exchange, Agents.Stop stop) {
    exchange.send(
        switch (stop) {
          case Agents.Done() -> Answer.json(200, Value.object("done", true));
          case Agents.NotDone(String why) -> throw notDone(why);
        });
  }

  private static void send(Exchange exchange, Value.Obj view) {
    exchange.send(Answer.json(200, view));
  }

  private static Refusal notDone(String why) {
    return new Refusal(409, "not-done", why);
  }
}
