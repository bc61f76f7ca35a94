package dev.remit.web.authzen;

import dev.remit.core.advice.Advice;
import dev.remit.core.advice.Advisor;
import dev.remit.core.evidence.StoreUnavailableException;
import dev.remit.core.identity.Caller;
import dev.remit.core.release.Releases;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import dev.remit.web.http.Answer;
import dev.remit.web.http.ErrorShape;
import dev.remit.web.http.Exchange;
import dev.remit.web.http.Refusal;
import dev.remit.web.http.Route;
import dev.remit.web.machines.MachineCallers;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * {@code /access/v1} for registered enforcement points (AuthZEN 1.0, HTTPS binding).
 *
 * <p>{@code /access/v1/…} is about the one tenant of an enforcement point that has one, {@code
 * /tenants/TENANT/access/v1/…} about a named one. A tenant that is not the asker's is refused in
 * the same words whether it exists or not. Every answer carries the request's {@code X-Request-ID}.
 */
public final class AccessRoutes {

  static final String PATH = "/access/v1";
  private static final HeaderName REQUEST_ID = HeaderNames.create("X-Request-ID");

  /** Section "Error Responses": an error message string. */
  private static final ErrorShape PLAIN =
      refusal ->
          Answer.of(
                  refusal.status(),
                  "text/plain; charset=utf-8",
                  refusal.words().getBytes(StandardCharsets.UTF_8))
              .with(refusal.headers());

  private final Advisor advisor;
  private final MachineCallers callers;
  private final AccessLimits limits;
  private final InstantSource clock;

  public AccessRoutes(
      Advisor advisor, MachineCallers callers, AccessLimits limits, InstantSource clock) {
    this.advisor = advisor;
    this.callers = callers;
    this.limits = limits;
    this.clock = clock;
  }

  /** Who asked, about which tenant, what, and until when it may be decided. */
  private record Asked(
      Caller.EnforcementPoint by, TenantId tenant, Value.Obj sent, BooleanSupplier isLate) {}

  /** The routes, with and without a tenant in the path. */
  public List<Route> routes() {
    var routes = new ArrayList<Route>();
    for (String before : List.of("", "/tenants/*")) {
      routes.add(route(before + PATH + "/evaluation", this::evaluation));
      routes.add(route(before + PATH + "/evaluations", this::evaluations));
      routes.add(
          route(
              before + PATH + "/search/subject", a -> search(a, "subject", Search.Subjects::read)));
      routes.add(
          route(
              before + PATH + "/search/resource",
              a -> search(a, "resource", Search.Resources::read)));
      routes.add(
          route(before + PATH + "/search/action", a -> search(a, "action", Search.Actions::read)));
    }
    return routes;
  }

  private Route route(String path, Function<Asked, Value.Obj> answering) {
    return new Route("POST", path, PLAIN, exchange -> handle(exchange, answering));
  }

  private void handle(Exchange exchange, Function<Asked, Value.Obj> answering) {
    Map<String, String> echo = Map.of();
    Answer answer;
    try {
      echo = echo(exchange);
      answer = Answer.json(200, answering.apply(asked(exchange)));
    } catch (Refusal refusal) {
      answer = PLAIN.of(refusal);
    } catch (InvalidValueException e) {
      answer = PLAIN.of(Refusal.badRequest(String.valueOf(e.getMessage())));
    } catch (StoreUnavailableException | Releases.PolicyUnavailableException e) {
      answer =
          PLAIN.of(new Refusal(503, "unavailable", "nothing can be decided now; try again later"));
    }
    exchange.send(answer.with(echo));
  }

  private static Map<String, String> echo(Exchange exchange) {
    var id = exchange.header(REQUEST_ID);
    if (id.isEmpty()) {
      return Map.of();
    }
    if (id.get().length() > 256 || !id.get().chars().allMatch(c -> c > ' ' && c < 127)) {
      throw Refusal.badRequest("`X-Request-ID` must be at most 256 visible ASCII characters");
    }
    return Map.of("X-Request-ID", id.get());
  }

  private Asked asked(Exchange exchange) {
    var by = callers.enforcementPointOf(exchange);
    var tenant = tenant(exchange, by);
    var end = clock.instant().plus(limits.within());
    return new Asked(by, tenant, body(exchange), () -> clock.instant().isAfter(end));
  }

  private static TenantId tenant(Exchange exchange, Caller.EnforcementPoint by) {
    if (!exchange.variable().isEmpty() || by.tenants().isEmpty()) {
      return by.tenants().stream()
          .filter(tenant -> tenant.value().equals(exchange.variable()))
          .findFirst()
          .orElseThrow(
              () -> new Refusal(403, "not-an-enforcement-point", "not for you to ask about"));
    }
    if (by.tenants().size() != 1) {
      throw Refusal.badRequest(
          "you may ask about several tenants: use /tenants/TENANT" + exchange.path());
    }
    return by.tenants().iterator().next();
  }

  /** The specification knows 400 alone for what is wrong with a request. */
  private static Value.Obj body(Exchange exchange) {
    try {
      return Json.parseObject(exchange.jsonBody());
    } catch (Refusal e) {
      throw e.status() == 415 ? Refusal.badRequest(e.words()) : e;
    }
  }

  private Value.Obj evaluation(Asked asked) {
    return shown(advisor.of(asked.tenant()).on(AccessReading.access(asked.sent())));
  }

  private Value.Obj evaluations(Asked asked) {
    var batch = Batch.of(asked.sent(), limits.evaluations());
    return batch.isSingle()
        ? evaluation(asked)
        : batch.answer(advisor.of(asked.tenant()), asked.isLate());
  }

  private Value.Obj search(Asked asked, String kind, Function<Value.Obj, Search> reading) {
    var search = reading.apply(asked.sent());
    var digest = PageToken.digest(asked.by().name(), asked.tenant().value(), kind, asked.sent());
    var start = Search.start(asked.sent(), digest, limits);
    return Search.page(search, advisor.of(asked.tenant()), start, limits, asked.isLate());
  }

  /** A decision as the wire shows it. */
  static Value.Obj shown(Advice advice) {
    var shown = Value.object("decision", advice.isPermitted());
    return advice.context().isEmpty() ? shown : shown.with("context", advice.context());
  }
}
