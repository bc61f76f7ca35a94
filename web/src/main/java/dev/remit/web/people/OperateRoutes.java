package dev.remit.web.people;

import dev.remit.core.call.CallId;
import dev.remit.core.evidence.CallLedger;
import dev.remit.core.execution.Outcome;
import dev.remit.core.flow.KillSwitch;
import dev.remit.core.flow.TaskDesk;
import dev.remit.core.kill.KillScope;
import dev.remit.core.release.People;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import dev.remit.web.http.Answer;
import dev.remit.web.http.Exchange;
import dev.remit.web.http.Fields;
import dev.remit.web.http.Refusal;
import dev.remit.web.http.Route;
import dev.remit.web.machines.TaskWire;
import dev.remit.web.people.Rights.Verb;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What people who operate do: hold tasks, let them go on, take them over, find out about calls of
 * which nobody knows, and ask that a kill be lifted. None of it widens anything: a lift waits for
 * somebody else's signed answer.
 */
final class OperateRoutes {

  private static final int LONGEST_REASON = 1_000;

  private final TaskDesk tasks;
  private final KillSwitch kills;
  private final Supplier<People> people;
  private final Askers askers;

  OperateRoutes(TaskDesk tasks, KillSwitch kills, Supplier<People> people, Askers askers) {
    this.tasks = tasks;
    this.kills = kills;
    this.people = people;
    this.askers = askers;
  }

  List<Route> routes() {
    return List.of(
        turning("hold", tasks::hold),
        turning("resume", tasks::goOn),
        turning("take-over", tasks::takeOver),
        Route.of("POST", "/v1/tasks/*/*/close", askers.worker(Verb.OPERATE, this::close)),
        Route.of("GET", "/v1/unknown", askers.worker(Verb.OPERATE, this::unknown)),
        Route.of("POST", "/v1/unknown/*/*/resolve", askers.worker(Verb.OPERATE, this::resolve)),
        Route.of("POST", "/v1/kill/lift", askers.people(this::lift)));
  }

  /** Turns a task. */
  @FunctionalInterface
  private interface Turning {
    TaskDesk.Turned turn(
        dev.remit.core.identity.Person person, TenantId tenant, TaskId task, String reason);
  }

  private Route turning(String name, Turning turning) {
    return Route.of(
        "POST",
        "/v1/tasks/*/*/" + name,
        askers.worker(
            Verb.OPERATE,
            (exchange, session) -> {
              var tenant = operated(exchange, session);
              var fields = fields(exchange, Set.of("reason"));
              var reason = fields.text("reason", LONGEST_REASON);
              var task = new TaskId(exchange.variable(1));
              told(exchange, turning.turn(session.person(), tenant, task, reason));
            }));
  }

  private void close(Exchange exchange, Session session) {
    var tenant = operated(exchange, session);
    var fields = fields(exchange, Set.of("state", "reason"));
    var state = TaskWire.ending(fields.text("state", 10));
    var reason = fields.text("reason", LONGEST_REASON);
    var task = new TaskId(exchange.variable(1));
    told(exchange, tasks.close(session.person(), tenant, task, state, reason));
  }

  private void unknown(Exchange exchange, Session session) {
    exchange.onlyQuery(Set.of("limit"));
    new Rights(people.get()).require(session, Verb.OPERATE, TenantId.OPERATOR);
    var calls = tasks.unknown(session.person(), PeopleRoutes.limit(exchange));
    exchange.send(
        Answer.json(200, Value.object("calls", calls.stream().map(OperateRoutes::view).toList())));
  }

  private void resolve(Exchange exchange, Session session) {
    var tenant = operated(exchange, session);
    var fields = fields(exchange, Set.of("found", "how"));
    var found = found(fields.text("found", 20));
    var how = fields.text("how", LONGEST_REASON);
    var call = new CallId(exchange.variable(1));
    told(exchange, tasks.resolve(session.person(), tenant, call, found, how));
  }

  private void lift(Exchange exchange, Session session) {
    var fields = fields(exchange, Set.of("scope", "reason"));
    var scope = new KillScope(fields.text("scope", 400));
    PeopleRoutes.requireKill(new Asker.OfPerson(session, people), scope);
    var reason = fields.text("reason", LONGEST_REASON);
    exchange.send(
        switch (kills.askToLift(session.person(), scope, reason)) {
          case KillSwitch.Asked(var proposal) ->
              Answer.json(202, Value.object("waitsFor", proposal.value()));
          case KillSwitch.NotAsked(String why) -> throw new Refusal(409, "not-asked", why);
        });
  }

  private TenantId operated(Exchange exchange, Session session) {
    var tenant = new TenantId(exchange.variable(0));
    new Rights(people.get()).require(session, Verb.OPERATE, tenant);
    return tenant;
  }

  private static Fields fields(Exchange exchange, Set<String> known) {
    exchange.onlyQuery(Set.of());
    return new Fields(Json.parseObject(exchange.jsonBody()), known);
  }

  private static void told(Exchange exchange, TaskDesk.Turned turned) {
    exchange.send(
        switch (turned) {
          case TaskDesk.Done(var state) ->
              Answer.json(200, Value.object("state", state.name().toLowerCase(Locale.ROOT)));
          case TaskDesk.TakenOver(var own, String why) -> Answer.json(200, taken(own, why));
          case TaskDesk.Noted() -> Answer.json(200, Value.object("noted", true));
          case TaskDesk.NotDone(String why) -> throw new Refusal(409, "not-done", why);
        });
  }

  private static Value taken(Optional<TaskId> own, String why) {
    var view = Value.object("state", "taken_over");
    return own.map(task -> view.with("own", Value.of(task.value())))
        .orElseGet(() -> view.with("noneOfYourOwn", Value.of(why)));
  }

  private static Outcome found(String text) {
    return switch (text) {
      case "succeeded" -> Outcome.SUCCEEDED;
      case "rejected" -> Outcome.REJECTED;
      case "failed" -> Outcome.FAILED;
      default -> throw new InvalidValueException("`found` is succeeded, rejected or failed");
    };
  }

  private static Value view(CallLedger.Unknown call) {
    var view =
        Value.object(
            "call", call.call().value(),
            "tenant", call.tenant().value(),
            "at", call.at().toString());
    return call.task().isPresent() ? view.with("task", Value.of(call.task().get())) : view;
  }
}
