package dev.remit.web.people;

import dev.remit.core.evidence.Journal;
import dev.remit.core.flow.Oversight;
import dev.remit.core.kill.KillScope;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import dev.remit.web.http.Answer;
import dev.remit.web.http.Bearer;
import dev.remit.web.http.Endpoint;
import dev.remit.web.http.Exchange;
import dev.remit.web.http.Fields;
import dev.remit.web.http.OperatorToken;
import dev.remit.web.http.Refusal;
import dev.remit.web.http.Route;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The people's JSON API: what {@link Oversight} offers, to whoever holds the operator's token.
 *
 * <p>A workload's token is refused: it is not that one token, and nothing else is asked about it.
 */
public final class PeopleRoutes {

  private static final String CHALLENGE = "Bearer realm=\"remit people\"";
  private static final int PAGE = 100;
  private static final int LARGEST_PAGE = 1_000;

  private final Oversight oversight;
  private final OperatorToken operator;

  public PeopleRoutes(Oversight oversight, OperatorToken operator) {
    this.oversight = oversight;
    this.operator = operator;
  }

  /** The routes. */
  public List<Route> routes() {
    return List.of(
        get("/v1/trail", Set.of("tenant", "task", "call", "since", "from", "limit"), this::trail),
        get("/v1/tasks", Set.of("tenant", "limit"), this::tasks),
        get("/v1/approvals", Set.of("tenant", "limit"), this::approvals),
        get("/v1/leases", Set.of(), exchange -> leases()),
        get("/v1/kill", Set.of(), exchange -> kills()),
        post("/v1/kill", this::kill),
        post("/v1/decide", this::decide),
        get("/v1/posture", Set.of(), exchange -> oversight.posture()),
        get("/v1/evidence/*", Set.of(), this::evidence),
        get("/v1/tenants", Set.of(), exchange -> oversight.tenants()),
        OpenApi.route());
  }

  private Value.Obj trail(Exchange exchange) {
    var query =
        new Journal.Query(
            tenant(exchange),
            exchange.query("from").map(text -> number("from", text, 0)).orElse(0L),
            limit(exchange),
            exchange.query("call"),
            exchange.query("task"),
            exchange.query("since").map(PeopleRoutes::instant));
    return Value.object("entries", oversight.trail(query).stream().map(Views::entry).toList());
  }

  private Value.Obj tasks(Exchange exchange) {
    var tasks = oversight.tasks(tenant(exchange), limit(exchange));
    return Value.object("tasks", tasks.stream().map(Views::task).toList());
  }

  private Value.Obj approvals(Exchange exchange) {
    var proposals = oversight.proposals(tenant(exchange), limit(exchange));
    return Value.object("approvals", proposals.stream().map(Views::proposal).toList());
  }

  private Value.Obj leases() {
    return Value.object("leases", oversight.leases().stream().map(Views::lease).toList());
  }

  private Value.Obj kills() {
    return Value.object("kills", oversight.kills().stream().map(Views::kill).toList());
  }

  private Value.Obj kill(Value.Obj sent) {
    var fields = new Fields(sent, Set.of("scope", "reason"));
    var scope = new KillScope(fields.text("scope", 400));
    var closed = oversight.kill(scope, "operator", fields.text("reason", 1_000));
    return Value.object("scope", scope.text(), "closed", closed.stream().map(Views::task).toList());
  }

  private Value.Obj decide(Value.Obj sent) {
    var fields =
        new Fields(sent, Set.of("agent", "taskClass", "tenant", "tool", "target", "arguments"));
    for (var name : List.of("agent", "taskClass", "tenant", "tool")) {
      fields.text(name, 400);
    }
    fields.optionalText("target", 400);
    fields.object("arguments");
    return oversight.decide(sent);
  }

  private Value.Obj evidence(Exchange exchange) {
    return oversight.export(new TenantId(exchange.variable()));
  }

  private Route get(String path, Set<String> parameters, Function<Exchange, Value.Obj> reading) {
    return Route.of(
        "GET",
        path,
        signedIn(exchange -> {
          exchange.onlyQuery(parameters);
          exchange.send(Answer.json(200, reading.apply(exchange)));
        }));
  }

  private Route post(String path, Function<Value.Obj, Value.Obj> doing) {
    return Route.of(
        "POST",
        path,
        signedIn(exchange ->
            exchange.send(Answer.json(200, doing.apply(Json.parseObject(exchange.jsonBody()))))));
  }

  private Endpoint signedIn(Endpoint inner) {
    return exchange -> {
      if (!operator.matches(Bearer.of(exchange, CHALLENGE))) {
        throw Bearer.invalid(CHALLENGE);
      }
      try {
        inner.handle(exchange);
      } catch (InvalidValueException e) {
        throw Refusal.badRequest(String.valueOf(e.getMessage()));
      }
    };
  }

  private static TenantId tenant(Exchange exchange) {
    return exchange
        .query("tenant")
        .map(TenantId::new)
        .orElseThrow(() -> new InvalidValueException("say which `tenant`"));
  }

  private static int limit(Exchange exchange) {
    long limit = exchange.query("limit").map(text -> number("limit", text, 1)).orElse((long) PAGE);
    if (limit > LARGEST_PAGE) {
      throw new InvalidValueException("`limit` is at most " + LARGEST_PAGE);
    }
    return (int) limit;
  }

  private static long number(String name, String text, long least) {
    if (text.matches("[0-9]{1,15}") && Long.parseLong(text) >= least) {
      return Long.parseLong(text);
    }
    throw new InvalidValueException("`" + name + "` must be a number of at least " + least);
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new InvalidValueException("`since` must be an instant such as 2026-01-31T09:00:00Z");
    }
  }
}
