package dev.remit.web.people;

import dev.remit.core.approval.ProposalId;
import dev.remit.core.execution.Cut;
import dev.remit.core.flow.OwnCalls;
import dev.remit.core.flow.OwnCalls.Seat;
import dev.remit.core.flow.OwnCalls.Wish;
import dev.remit.core.flow.TaskResult;
import dev.remit.core.identity.Grade;
import dev.remit.core.release.People;
import dev.remit.core.target.TargetRef;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.Environment;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import dev.remit.web.http.Answer;
import dev.remit.web.http.Exchange;
import dev.remit.web.http.Fields;
import dev.remit.web.http.Refusal;
import dev.remit.web.http.Route;
import dev.remit.web.machines.TaskWire;
import dev.remit.web.people.Rights.Verb;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * People's own tasks and calls. What becomes of a call is the pipeline's to say; here it is only
 * asked who calls.
 */
final class WorkRoutes {

  private static final int LONGEST_NAME = 128;

  private final OwnCalls calls;
  private final Sessions sessions;
  private final Supplier<People> people;
  private final Askers askers;

  WorkRoutes(OwnCalls calls, Sessions sessions, Supplier<People> people, Askers askers) {
    this.calls = calls;
    this.sessions = sessions;
    this.people = people;
    this.askers = askers;
  }

  List<Route> routes() {
    return List.of(
        route("GET", "/v1/work/*", this::classes),
        route("GET", "/v1/work/*/*/tools", this::tools),
        route("POST", "/v1/tasks", this::open),
        route("POST", "/v1/calls", this::call),
        route("POST", "/v1/calls/continue", this::goOn));
  }

  private Route route(String method, String path, SignedIn.PersonEndpoint endpoint) {
    return Route.of(
        method,
        path,
        askers.worker(
            Verb.WORK,
            (exchange, session) -> {
              exchange.onlyQuery(Set.of());
              endpoint.handle(exchange, session);
            }));
  }

  private Seat seat(Session session, TenantId tenant) {
    new Rights(people.get()).require(session, Verb.WORK, tenant);
    return new Seat(session.person(), tenant, session.endsAt());
  }

  private void classes(Exchange exchange, Session session) {
    var classes = calls.taskClasses(seat(session, new TenantId(exchange.variable(0))));
    var view = classes.stream().map(WorkViews::taskClass).toList();
    exchange.send(Answer.json(200, Value.object("taskClasses", view)));
  }

  private void tools(Exchange exchange, Session session) {
    var seat = seat(session, new TenantId(exchange.variable(0)));
    var tools = calls.tools(seat, new TaskId(exchange.variable(1)));
    var view = tools.stream().map(WorkViews::tool).toList();
    exchange.send(Answer.json(200, Value.object("tools", view)));
  }

  private void open(Exchange exchange, Session session) {
    var fields =
        fields(
            exchange,
            Set.of("tenant", "environment", "taskClass", "ticket", "targets", "tools", "words"));
    var seat = seat(session, new TenantId(fields.text("tenant", LONGEST_NAME)));
    var targets = new LinkedHashSet<TargetRef>();
    fields.texts("targets", 100, 400).forEach(text -> targets.add(TaskWire.target(text)));
    var wish =
        new Wish(
            Environment.parse(fields.optionalText("environment", 20).orElse("production")),
            fields.text("taskClass", LONGEST_NAME),
            fields.text("ticket", LONGEST_NAME),
            targets,
            Set.copyOf(fields.texts("tools", 200, LONGEST_NAME)),
            fields.optionalText("words", 1_000));
    exchange.send(
        switch (calls.open(seat, wish)) {
          case TaskResult.Told(var task) -> Answer.json(201, TaskWire.view(task));
          case TaskResult.Refused(var reason, String hint) ->
              throw new Refusal(409, reason.agentCode(), hint);
          case TaskResult.NotFound() -> throw Refusal.notFound();
        });
  }

  private void call(Exchange exchange, Session session) {
    var fields = fields(exchange, Set.of("tenant", "task", "tool", "arguments", "key"));
    var seat = seat(session, new TenantId(fields.text("tenant", LONGEST_NAME)));
    var task = new TaskId(fields.text("task", LONGEST_NAME));
    var tool = fields.text("tool", LONGEST_NAME);
    requireFresh(session, seat, task, tool);
    exchange.send(
        WorkViews.answer(
            calls.call(
                seat,
                task,
                tool,
                fields.object("arguments"),
                fields.optionalText("key", LONGEST_NAME),
                new Cut()),
            seat.tenant()));
  }

  /** What cannot be taken back wants a person who has just shown themselves. */
  private void requireFresh(Session session, Seat seat, TaskId task, String name) {
    var tools = calls.tools(seat, task);
    // None at all: they could not be read just now, and the tool may be one that destroys.
    boolean isFinal =
        tools.isEmpty()
            || tools.stream()
                .anyMatch(tool -> tool.name().equals(name) && tool.effect() == Grade.DESTRUCTIVE);
    if (isFinal && !sessions.isFresh(session)) {
      throw new Refusal(
          403,
          "sign-in-again",
          "this cannot be taken back: sign in again at `/signin/start/"
              + session.person().id().issuer()
              + "?again=1` and call then");
    }
  }

  private void goOn(Exchange exchange, Session session) {
    var fields = fields(exchange, Set.of("tenant", "handle"));
    var seat = seat(session, new TenantId(fields.text("tenant", LONGEST_NAME)));
    var handle = new ProposalId(fields.text("handle", LONGEST_NAME));
    exchange.send(WorkViews.answer(calls.resume(seat, handle, new Cut()), seat.tenant()));
  }

  private static Fields fields(Exchange exchange, Set<String> known) {
    return new Fields(Json.parseObject(exchange.jsonBody()), known);
  }
}
