package dev.remit.web.people;

import dev.remit.core.call.CallId;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.oversight.AutonomyScope;
import dev.remit.core.oversight.Certifications;
import dev.remit.core.oversight.Promotions;
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
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Looking at what was done, and levels of autonomy. Reading is for those who may see the tenant; a
 * verdict is a person's, signed by their key, and a level rises by others' signed answers alone.
 */
final class OversightRoutes {

  private static final int LONGEST_REASON = 1_000;

  private final Certifications certifications;
  private final Promotions promotions;
  private final Supplier<People> people;
  private final Askers askers;
  private final InstantSource clock;

  OversightRoutes(
      Overseeing overseeing, Supplier<People> people, Askers askers, InstantSource clock) {
    this.certifications = overseeing.certifications();
    this.promotions = overseeing.promotions();
    this.people = people;
    this.askers = askers;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/v1/oversight", askers.either(this::items)),
        Route.of("POST", "/v1/oversight/*/challenge", askers.people(this::challenge)),
        Route.of("POST", "/v1/oversight/*/certify", askers.people(this::certify)),
        Route.of("GET", "/v1/autonomy", askers.either(this::levels)),
        Route.of("POST", "/v1/autonomy/*/promote", askers.people(this::promote)));
  }

  private void items(Exchange exchange, Asker asker) {
    exchange.onlyQuery(Set.of("tenant", "cursor", "limit"));
    var tenant = PeopleRoutes.tenant(exchange, asker, Verb.READ_OVERSIGHT);
    int limit = Math.min(100, PeopleRoutes.limit(exchange));
    var now = clock.instant();
    exchange.send(
        switch (asker) {
          case Asker.Operator() ->
              Answer.json(
                  200,
                  Value.object(
                      "items",
                      certifications.open(tenant, limit).stream()
                          .map(item -> OversightViews.item(item, now))
                          .toList()));
          case Asker.OfPerson(Session session, var _) -> {
            var page =
                certifications.open(session.person(), tenant, exchange.query("cursor"), limit);
            var view =
                Value.object(
                    "items",
                    page.items().stream().map(shown -> OversightViews.shown(shown, now)).toList());
            yield Answer.json(
                200,
                page.next().isPresent() ? view.with("next", Value.of(page.next().get())) : view);
          }
        });
  }

  private void challenge(Exchange exchange, Session session) {
    var tenant = tenant(exchange, session, Verb.CERTIFY);
    var fields = fields(exchange, Set.of("verdict", "calls"));
    var asked =
        certifications.ask(
            session.person(), tenant, isObjection(fields.text("verdict", 10)), calls(fields));
    exchange.send(
        switch (asked) {
          case Certifications.Sign sign ->
              Answer.json(
                  200,
                  Value.object(
                      "challenge", sign.challenge(),
                      "keys", Value.texts(sign.keys()),
                      "outcomes",
                          sign.items().stream()
                              .map(item ->
                                  (Value)
                                      Value.object(
                                          "call", item.call().value(), "digest", item.digest()))
                              .toList()));
          case Certifications.NotTaken(String why) -> throw notTaken(why);
        });
  }

  private void certify(Exchange exchange, Session session) {
    var tenant = tenant(exchange, session, Verb.CERTIFY);
    var fields = fields(exchange, Set.of("verdict", "calls", "reason", "assertion"));
    var result =
        certifications.certify(
            session.person(),
            tenant,
            isObjection(fields.text("verdict", 10)),
            calls(fields),
            fields.optionalText("reason", LONGEST_REASON).orElse(""),
            ApprovalRoutes.assertion(fields.object("assertion")));
    exchange.send(
        switch (result) {
          case Certifications.Stored(int items) -> Answer.json(200, Value.object("stored", items));
          case Certifications.NotTaken(String why) -> throw notTaken(why);
        });
  }

  private void levels(Exchange exchange, Asker asker) {
    exchange.onlyQuery(Set.of("tenant"));
    var tenant = PeopleRoutes.tenant(exchange, asker, Verb.READ_OVERSIGHT);
    var rungs =
        switch (asker) {
          case Asker.Operator() -> promotions.levels(tenant);
          case Asker.OfPerson(Session session, var _) ->
              promotions.levels(session.person(), tenant);
        };
    exchange.send(
        Answer.json(
            200, Value.object("levels", rungs.stream().map(OversightViews::rung).toList())));
  }

  private void promote(Exchange exchange, Session session) {
    var tenant = tenant(exchange, session, Verb.PROMOTE);
    var fields = fields(exchange, Set.of("agentClass", "taskClass", "reason"));
    var scope =
        new AutonomyScope(
            tenant, new AgentClassId(fields.text("agentClass", 63)), fields.text("taskClass", 63));
    var raise = promotions.ask(session.person(), scope, fields.text("reason", LONGEST_REASON));
    exchange.send(
        switch (raise) {
          case Promotions.Asked(var proposal) ->
              Answer.json(202, Value.object("waitsFor", proposal.value()));
          case Promotions.NotAsked(String why) -> throw new Refusal(409, "not-asked", why);
        });
  }

  private TenantId tenant(Exchange exchange, Session session, Verb verb) {
    exchange.onlyQuery(Set.of());
    var tenant = new TenantId(exchange.variable(0));
    new Rights(people.get()).require(session.person(), verb, tenant);
    return tenant;
  }

  private static Fields fields(Exchange exchange, Set<String> known) {
    return new Fields(Json.parseObject(exchange.jsonBody()), known);
  }

  private static List<CallId> calls(Fields fields) {
    return fields.texts("calls", Certifications.MOST, 200).stream().map(CallId::new).toList();
  }

  private static boolean isObjection(String verdict) {
    return switch (verdict) {
      case "certify" -> false;
      case "object" -> true;
      default -> throw new InvalidValueException("`verdict` is certify or object");
    };
  }

  private static Refusal notTaken(String why) {
    return new Refusal(409, "not-taken", why);
  }
}
