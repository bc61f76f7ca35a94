package dev.remit.web.machines;

import dev.remit.core.decision.ReasonCode;
import dev.remit.core.flow.Gateway;
import dev.remit.core.flow.TaskResult;
import dev.remit.core.identity.Caller;
import dev.remit.core.task.TaskId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import dev.remit.web.http.Answer;
import dev.remit.web.http.Exchange;
import dev.remit.web.http.Fields;
import dev.remit.web.http.Problem;
import dev.remit.web.http.Refusal;
import dev.remit.web.http.Route;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** {@code /v1/tasks} for orchestrators and agents: open, watch, close. */
public final class TaskRoutes {

  private final Gateway gateway;
  private final MachineCallers callers;
  private final ClientParts parts;

  public TaskRoutes(Gateway gateway, MachineCallers callers) {
    this.gateway = gateway;
    this.callers = callers;
    this.parts = new ClientParts(gateway);
  }

  /** The routes. */
  public List<Route> routes() {
    return List.of(
        Route.of("POST", "/v1/tasks", this::open),
        Route.of("GET", "/v1/tasks/*", this::show),
        Route.of("POST", "/v1/tasks/*/close", this::close));
  }

  private void open(Exchange exchange) {
    var caller = callers.of(exchange);
    var result = input(() -> opened(caller, Json.parseObject(exchange.jsonBody())));
    var answer = answer(201, result);
    if (result instanceof TaskResult.Told(var task)) {
      answer = answer.with("Location", "/v1/tasks/" + task.id().value());
    }
    exchange.send(answer);
  }

  /** With a parent it is a part of that task that goes to another agent. */
  private TaskResult opened(Caller caller, Value.Obj sent) {
    return DelegationWire.isMeant(sent)
        ? gateway.delegate(DelegationWire.request(parts.at(caller, parent(sent)), sent))
        : gateway.openTask(TaskWire.request(caller, sent));
  }

  private static TaskId parent(Value.Obj sent) {
    return new TaskId(sent.text("parent").orElse(""));
  }

  private void show(Exchange exchange) {
    var caller = callers.of(exchange);
    var task = new TaskId(exchange.variable());
    exchange.send(answer(200, gateway.task(parts.at(caller, task), task)));
  }

  private void close(Exchange exchange) {
    var caller = callers.of(exchange);
    var state =
        input(() -> {
          var sent = Json.parseObject(exchange.jsonBody());
          return TaskWire.ending(new Fields(sent, Set.of("state")).text("state", 16));
        });
    var task = new TaskId(exchange.variable());
    exchange.send(answer(200, gateway.closeTask(parts.at(caller, task), task, state)));
  }

  private static Answer answer(int status, TaskResult result) {
    return switch (result) {
      case TaskResult.Told(var task) -> Answer.json(status, TaskWire.view(task));
      case TaskResult.Refused(var reason, var hint) -> refused(reason, hint);
      case TaskResult.NotFound() -> Problem.SHAPE.of(Refusal.notFound());
    };
  }

  private static Answer refused(ReasonCode reason, String hint) {
    int status =
        switch (reason) {
          case LIMIT_EXCEEDED -> 429;
          case POLICY_UNAVAILABLE,
              INVENTORY_UNAVAILABLE,
              EVIDENCE_UNAVAILABLE,
              VENDOR_UNAVAILABLE ->
              503;
          case NO_PERMIT,
              GUARDRAIL,
              TENANT_MISMATCH,
              TENANT_UNKNOWN,
              TARGET_UNKNOWN,
              TARGET_STALE,
              TARGET_AMBIGUOUS,
              ENVIRONMENT_MISMATCH,
              OUTSIDE_TASK,
              OUTSIDE_WINDOW,
              NO_TASK,
              NO_GROUND,
              TOOL_CHANGED,
              SCOPE_TRUTH_NONE,
              CONNECTOR_UNVERIFIED,
              SECRET_IN_ARGUMENTS,
              IDENTITY_EXPIRED,
              KILLED,
              HELD,
              AGENT_NOT_ACTIVE,
              APPROVAL_INSUFFICIENT,
              APPROVAL_STALE,
              POLICY_ERROR ->
              403;
        };
    return Problem.answer(status, reason.agentCode(), hint);
  }

  private static <T> T input(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (InvalidValueException e) {
      throw Refusal.badRequest(String.valueOf(e.getMessage()));
    }
  }
}
