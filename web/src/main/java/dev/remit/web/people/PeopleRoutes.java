package dev.remit.web.people;

import dev.remit.core.evidence.Journal;
import dev.remit.core.flow.KillSwitch;
import dev.remit.core.flow.Oversight;
import dev.remit.core.kill.KillOrder;
import dev.remit.core.kill.KillScope;
import dev.remit.core.task.Task;
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
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * The people's JSON API for reading and stopping: what {@link Oversight} offers, to people as
 * {@link Rights} says and to the machine administrator's token.
 */
final class PeopleRoutes {

  private static final String TENANT = "tenant:";
  private static final int PAGE = 100;
  private static final int LARGEST_PAGE = 1_000;

  private final Oversight oversight;
  private final KillSwitch killSwitch;
  private final Askers askers;

  PeopleRoutes(Oversight oversight, KillSwitch killSwitch, Askers askers) {
    this.oversight = oversight;
    this.killSwitch = killSwitch;
    this.askers = askers;
  }

  /** The routes. */
  List<Route> routes() {
    return List.of(
        get("/v1/trail", TrailQuery.PARAMETERS, this::trail),
        get("/v1/tasks", Set.of("tenant", "limit"), this::tasks),
        get("/v1/leases", Set.of(), (exchange, asker) -> leases(asker)),
        get("/v1/kill", Set.of(), (exchange, asker) -> kills(asker)),
        post("/v1/kill", this::kill),
        post("/v1/decide", this::decide),
        get("/v1/posture", Set.of(), (exchange, asker) -> posture(asker)),
        get("/v1/tenants", Set.of(), (exchange, asker) -> tenants(asker)),
        OpenApi.route());
  }

  private Value.Obj trail(Exchange exchange, Asker asker) {
    if (TrailQuery.isSearch(exchange)) {
      var search = TrailQuery.of(exchange, tenant(exchange, asker, Verb.READ_TRAIL));
      oversight.read(search.tenant(), asker.text(), Oversight.What.TRAIL, "");
      var found = oversight.search(search);
      return TrailQuery.page(found.entries(), found.next());
    }
    var query =
        new Journal.Query(
            tenant(exchange, asker, Verb.READ_TRAIL),
            exchange.query("from").map(text -> number("from", text, 0)).orElse(0L),
            limit(exchange),
            exchange.query("call"),
            exchange.query("task"),
            exchange.query("since").map(PeopleRoutes::instant));
    oversight.read(
        query.tenant(),
        asker.text(),
        Oversight.What.TRAIL,
        query.call().or(query::task).orElse(""));
    return TrailQuery.page(oversight.trail(query), Optional.empty());
  }

  private Value.Obj tasks(Exchange exchange, Asker asker) {
    var tenant = tenant(exchange, asker, Verb.READ_TASKS);
    oversight.read(tenant, asker.text(), Oversight.What.TASKS, "");
    var tasks = oversight.tasks(tenant, limit(exchange));
    return Value.object("tasks", tasks.stream().map(Views::task).toList());
  }

  private Value.Obj leases(Asker asker) {
    asker.require(Verb.READ_INSTALLATION);
    return Value.object("leases", oversight.leases().stream().map(Views::lease).toList());
  }

  private Value.Obj kills(Asker asker) {
    asker.require(Verb.READ_INSTALLATION);
    return Value.object("kills", oversight.kills().stream().map(Views::kill).toList());
  }

  private Value.Obj posture(Asker asker) {
    asker.require(Verb.READ_INSTALLATION);
    return oversight.posture();
  }

  /** The tenants that the asker may be told of. */
  private Value.Obj tenants(Asker asker) {
    var seen =
        oversight.tenants().items("tenants").stream()
            .filter(item ->
                item instanceof Value.Obj tenant
                    && tenant.text("tenant").map(TenantId::new).filter(asker::sees).isPresent())
            .toList();
    return Value.object("tenants", seen);
  }

  private Value.Obj kill(Value.Obj sent, Asker asker) {
    var fields = new Fields(sent, Set.of("scope", "reason", "mode"));
    var scope = new KillScope(fields.text("scope", 400));
    requireKill(asker, scope);
    var mode = mode(fields);
    var reason = fields.text("reason", 1_000);
    var closed =
        switch (asker) {
          case Asker.Operator() -> oversight.stop(scope, mode, asker.text(), reason);
          case Asker.OfPerson(Session session, var _) -> killed(session, scope, mode, reason);
        };
    return Value.object(
        "scope", scope.text(),
        "mode", mode.text(),
        "closed", closed.stream().map(Views::task).toList());
  }

  private static KillOrder.Mode mode(Fields fields) {
    var text = fields.optionalText("mode", 10).orElse(KillOrder.Mode.KILL.text());
    return Stream.of(KillOrder.Mode.values())
        .filter(mode -> mode.text().equals(text))
        .findFirst()
        .orElseThrow(() -> new InvalidValueException("`mode` is `kill` or `hold`"));
  }

  /**
   * By the person's own name and organisation, so that what a client stopped only it lets go on.
   */
  private List<Task> killed(Session session, KillScope scope, KillOrder.Mode mode, String reason) {
    return switch (killSwitch.stop(session.person(), scope, mode, reason)) {
      case KillSwitch.Done(var closed) -> closed;
      case KillSwitch.NotStopped(String why) -> throw new Refusal(403, "not-yours", why);
    };
  }

  static void requireKill(Asker asker, KillScope scope) {
    if (scope.text().startsWith(TENANT)) {
      asker.require(Verb.KILL_TENANT, new TenantId(scope.text().substring(TENANT.length())));
    } else {
      asker.require(Verb.KILL_ANY);
    }
  }

  private Value.Obj decide(Value.Obj sent, Asker asker) {
    asker.require(Verb.ASK_POLICY);
    var fields =
        new Fields(sent, Set.of("agent", "taskClass", "tenant", "tool", "target", "arguments"));
    for (var name : List.of("agent", "taskClass", "tenant", "tool")) {
      fields.text(name, 400);
    }
    fields.optionalText("target", 400);
    fields.object("arguments");
    return oversight.decide(sent);
  }

  private Route get(
      String path, Set<String> parameters, BiFunction<Exchange, Asker, Value.Obj> reading) {
    return Route.of(
        "GET",
        path,
        askers.either((exchange, asker) -> {
          exchange.onlyQuery(parameters);
          exchange.send(Answer.json(200, reading.apply(exchange, asker)));
        }));
  }

  private Route post(String path, BiFunction<Value.Obj, Asker, Value.Obj> doing) {
    return Route.of(
        "POST",
        path,
        askers.either((exchange, asker) ->
            exchange.send(
                Answer.json(200, doing.apply(Json.parseObject(exchange.jsonBody()), asker)))));
  }

  static TenantId tenant(Exchange exchange, Asker asker, Verb verb) {
    var tenant = tenant(exchange);
    asker.require(verb, tenant);
    return tenant;
  }

  private static TenantId tenant(Exchange exchange) {
    return exchange
        .query("tenant")
        .map(TenantId::new)
        .orElseThrow(() -> new InvalidValueException("say which `tenant`"));
  }

  static int limit(Exchange exchange) {
    long limit = exchange.query("limit").map(text -> number("limit", text, 1)).orElse((long) PAGE);
    if (limit > LARGEST_PAGE) {
      throw new InvalidValueException("`limit` is at most " + LARGEST_PAGE);
    }
    return (int) limit;
  }

  static long number(String name, String text, long least) {
    if (text.matches("[0-9]{1,15}") && Long.parseLong(text) >= least) {
      return Long.parseLong(text);
    }
    throw new InvalidValueException("`" + name + "` must be a number of at least " + least);
  }

  static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new InvalidValueException("`since` must be an instant such as 2026-01-31T09:00:00Z");
    }
  }
}
