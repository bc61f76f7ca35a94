package dev.remit.web.mcp;

import dev.remit.core.execution.Cut;
import dev.remit.core.flow.Gateway;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.TaskToken;
import dev.remit.core.trace.TraceContext;
import dev.remit.core.trace.Traces;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import dev.remit.web.http.Answer;
import dev.remit.web.http.Endpoint;
import dev.remit.web.http.Exchange;
import dev.remit.web.http.Faults;
import dev.remit.web.http.MediaTypes;
import dev.remit.web.http.Pulse;
import dev.remit.web.http.Refusal;
import dev.remit.web.http.Route;
import dev.remit.web.machines.ClientParts;
import dev.remit.web.machines.MachineCallers;
import io.helidon.http.HeaderNames;
import java.util.Optional;
import java.util.Set;

/**
 * {@code POST /mcp}: Streamable HTTP, each message by itself, no session in either revision.
 *
 * <p>Order: who calls, what kind of body, the message, its revision, the method. Nothing of the
 * gateway is asked before all of that stands.
 */
public final class McpEndpoint implements Endpoint {

  private static final String JSON = "application/json";
  private static final String EVENTS = "text/event-stream";

  private final MachineCallers callers;
  private final ToolList toolList;
  private final ToolCalls toolCalls;
  private final McpTasks mcpTasks;
  private final ClientParts parts;
  private final RunningRequests running = new RunningRequests();
  private final Pulse pulse;
  private final Faults faults;
  private final TracedRequests traced;

  public McpEndpoint(
      Gateway gateway,
      MachineCallers callers,
      int toolsPerPage,
      Pulse pulse,
      Faults faults,
      Traces traces) {
    this.callers = callers;
    this.toolList = new ToolList(gateway, toolsPerPage);
    this.mcpTasks = new McpTasks(gateway);
    this.parts = new ClientParts(gateway);
    this.toolCalls = new ToolCalls(gateway, mcpTasks);
    this.pulse = pulse;
    this.faults = faults;
    this.traced = new TracedRequests(traces);
  }

  /** The endpoint's route; GET and DELETE have no meaning without streams and sessions of ours. */
  public Route route() {
    return new Route("POST", "/mcp", RpcError.SHAPE, this);
  }

  @Override
  public void handle(Exchange exchange) {
    var served = served(callers.agentOf(exchange));
    requireAccept(exchange);
    try {
      var message = Message.parse(exchange.jsonBody());
      switch (message) {
        case Message.Request request -> answer(exchange, served, request);
        case Message.Notification notification -> {
          Era.of(exchange, notification);
          note(served.caller(), notification);
          exchange.send(Answer.empty(202));
        }
      }
    } catch (Message.Unreadable e) {
      exchange.send(e.error().answer(e.id()));
    } catch (RpcError e) {
      exchange.send(e.answer(Optional.empty()));
    }
  }

  private Served served(Caller caller) {
    return switch (caller) {
      case Caller.Agent agent -> {
        var alone = new OfAgent(agent, toolList, toolCalls, mcpTasks);
        yield agent.token().filter(TaskToken::isOfTriage).isPresent() ? new OfPart(alone) : alone;
      }
      case Caller.Triage triage -> new OfTriage(triage, parts, toolList, toolCalls, mcpTasks);
      case Caller.Orchestrator _,
          Caller.OfPerson _,
          Caller.OfAutomation _,
          Caller.EnforcementPoint _,
          Caller.LogReader _ ->
          throw new IllegalStateException("only agents come this far");
    };
  }

  private static void requireAccept(Exchange exchange) {
    var accept = exchange.headers(HeaderNames.ACCEPT);
    if (!MediaTypes.accepts(accept, JSON) && !MediaTypes.accepts(accept, EVENTS)) {
      throw new Refusal(406, "not-acceptable", "accept application/json and text/event-stream");
    }
  }

  private void answer(Exchange exchange, Served served, Message.Request request) {
    Era era;
    try {
      era = Era.of(exchange, request);
    } catch (RpcError e) {
      exchange.send(e.answer(Optional.of(request.id())));
      return;
    }
    var parent = TracedRequests.parent(exchange, request);
    var accept = exchange.headers(HeaderNames.ACCEPT);
    boolean isModernCall =
        era == Era.MODERN && Set.of("tools/call", "tasks/get").contains(request.method());
    if (isModernCall && MediaTypes.accepts(accept, EVENTS)) {
      var cut = new Cut();
      try (var late = new LateAnswer(exchange, pulse, cut)) {
        var reply = reply(served, request, era, cut, parent);
        late.send(reply.status(), reply.message());
      }
      return;
    }
    var reply = reply(served, request, era, new Cut(), parent);
    if (MediaTypes.accepts(accept, JSON) || reply.status() != 200) {
      exchange.send(Answer.json(reply.status(), reply.message()));
    } else {
      var stream = exchange.openEventStream();
      stream.event(Json.bytes(reply.message()));
      stream.close();
    }
  }

  /** The whole answer; whatever goes wrong inside is an error with the request's id. */
  private Reply reply(
      Served served, Message.Request request, Era era, Cut cut, Optional<TraceContext> parent) {
    RpcError error;
    try {
      var result =
          isOurs(request.method())
              ? traced.answer(parent, request, () -> result(served, request, era, cut))
              : result(served, request, era, cut);
      return new Reply(200, Value.object("jsonrpc", "2.0", "id", request.id(), "result", result));
    } catch (RpcError e) {
      error = e;
    } catch (RuntimeException e) {
      error = new RpcError(200, RpcError.INTERNAL_ERROR, faults.report(e));
    }
    return new Reply(error.status(), error.envelope(Optional.of(request.id())));
  }

  private Value.Obj result(Served served, Message.Request request, Era era, Cut cut) {
    return switch (era) {
      case LEGACY -> legacy(served, request);
      case MODERN -> modern(served, request, cut);
    };
  }

  /** What is traced: requests that may go on to a vendor, by names that are ours. */
  private static boolean isOurs(String method) {
    return Set.of("tools/call", "tasks/get", "tools/list").contains(method);
  }

  private Value.Obj legacy(Served served, Message.Request request) {
    return switch (request.method()) {
      case "initialize" -> ServerInfo.initialized(request.params());
      case "ping" -> Value.Obj.EMPTY;
      case "tools/list" -> served.tools(request.params());
      case "tools/call" ->
          running.run(
              served.caller(), request.id(), cut -> served.call(request.params(), cut, Era.LEGACY));
      default -> throw unknownMethod(200, request);
    };
  }

  private Value.Obj modern(Served served, Message.Request request, Cut cut) {
    return switch (request.method()) {
      case "server/discover" -> Era.MODERN.complete(ServerInfo.discovered(), true);
      case "tools/list" -> Era.MODERN.complete(served.tools(request.params()), true);
      case "tools/call" ->
          Era.MODERN.complete(served.call(request.params(), cut, Era.MODERN), false);
      case "tasks/get" -> Era.MODERN.complete(served.get(request.params(), cut), false);
      case "tasks/cancel" -> Era.MODERN.complete(served.cancel(request.params()), false);
      case "tasks/update" -> Era.MODERN.complete(served.acknowledged(request.params()), false);
      default -> throw unknownMethod(404, request);
    };
  }

  private static RpcError unknownMethod(int status, Message.Request request) {
    return new RpcError(
        status, RpcError.METHOD_NOT_FOUND, "method not found: `" + request.method() + "`");
  }

  private void note(Caller caller, Message.Notification notification) {
    if (notification.method().equals("notifications/cancelled")) {
      notification.params().get("requestId").ifPresent(id -> running.cancel(caller, id));
    }
  }

  private record Reply(int status, Value.Obj message) {}
}
