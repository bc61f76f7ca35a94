package dev.remit.connectors.mcp;

import dev.remit.connectors.wire.Ask;
import dev.remit.connectors.wire.Exchange;
import dev.remit.connectors.wire.Wire;
import dev.remit.core.execution.Cut;
import dev.remit.core.execution.SendBy;
import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * JSON-RPC with one upstream.
 *
 * <p>The methods that leave are listed in {@link Method}; there is no way to send another. A
 * request that the upstream makes of us is refused with an error, but for {@code ping}.
 */
final class McpWire {
  private static final int METHOD_NOT_FOUND = -32601;
  private static final Duration SHORT = Duration.ofSeconds(5);
  private final McpEndpoint endpoint;
  private final Wire wire;
  private final int limit;

  /** All that is ever sent. */
  enum Method {
    INITIALIZE("initialize"),
    INITIALIZED("notifications/initialized"),
    TOOLS_LIST("tools/list"),
    TOOLS_CALL("tools/call"),
    CANCELLED("notifications/cancelled"),
    PING("ping");

    private final String text;

    Method(String text) {
      this.text = text;
    }
  }

  McpWire(McpEndpoint endpoint, Wire wire, int limit) {
    this.endpoint = endpoint;
    this.wire = wire;
    this.limit = limit;
  }

  /** What became of a request. */
  sealed interface Reply {}

  /** A result, and the session that the upstream opened with it, if it did. */
  record Result(Value.Obj result, Optional<String> session) implements Reply {}

  /** A JSON-RPC error; the upstream's words stay behind. */
  record Refused(long code) implements Reply {}

  /** An HTTP status other than success. */
  record Status(Exchange.Answer answer) implements Reply {}

  /** It certainly never left. */
  record NotSent(String detail) implements Reply {}

  /** It may have arrived; no certain answer came. */
  record Lost(String detail) implements Reply {}

  /** Makes a request and waits for its response. */
  Reply request(
      Optional<McpSession> session,
      Method method,
      Value.Obj params,
      Duration timeout,
      SendBy sendBy,
      Cut cut) {
    long id = session.map(McpSession::nextRequest).orElse(0L);
    var message = Value.object("jsonrpc", "2.0", "id", id, "method", method.text, "params", params);
    var isCancellable = method == Method.TOOLS_CALL && session.isPresent();
    var takeBack =
        isCancellable && !cut.isCut()
            ? cut.onCut(() -> cancelled(session.get(), id))
            : (Runnable) () -> {};
    try {
      var exchange =
          wire.exchange(
              ask(session, message, timeout), sendBy, cut, info -> reader(info, id, session));
      var reply = reply(exchange, id);
      if (isCancellable && reply instanceof Lost && !cut.isCut()) {
        cancelled(session.get(), id);
      }
      return reply;
    } finally {
      takeBack.run();
    }
  }

  private RpcReader reader(HttpResponse.ResponseInfo info, long id, Optional<McpSession> session) {
    var type = info.headers().firstValue("content-type").orElse("");
    boolean isStream = type.startsWith("text/event-stream");
    return new RpcReader(isStream, id, limit, request -> refuse(session, request));
  }

  private void refuse(Optional<McpSession> session, Value.Obj request) {
    var answer = Value.object("jsonrpc", "2.0", "id", request.get("id").orElse(Value.Null.NULL));
    boolean isPing = request.text("method").filter("ping"::equals).isPresent();
    answer =
        isPing
            ? answer.with("result", Value.Obj.EMPTY)
            : answer.with(
                "error",
                Value.object("code", METHOD_NOT_FOUND, "message", "this client takes no requests"));
    wire.tell(ask(session, answer, SHORT));
  }

  private static Reply reply(Exchange exchange, long id) {
    return switch (exchange) {
      case Exchange.NotSent(String detail) -> new NotSent(detail);
      case Exchange.Lost(String detail) -> new Lost(detail);
      case Exchange.TooLarge(String detail) -> new Lost(detail);
      case Exchange.Answer answer when !answer.isSuccess() -> new Status(answer);
      case Exchange.Answer answer -> understood(answer, id);
    };
  }

  private static Reply understood(Exchange.Answer answer, long id) {
    try {
      var message = Json.parseObject(answer.body());
      if (message.integer("id").filter(named -> named == id).isEmpty()) {
        return new Lost("the upstream answered something else");
      }
      var error = message.object("error");
      if (error.isPresent()) {
        return new Refused(error.get().integer("code").orElse(0L));
      }
      return message
          .object("result")
          .map(result -> (Reply) new Result(result, answer.headers().firstValue("mcp-session-id")))
          .orElseGet(() -> new Lost("the upstream's answer has no result"));
    } catch (InvalidValueException e) {
      return new Lost("the upstream's answer cannot be understood");
    }
  }

  /** Sends a notification and waits until the upstream took it. */
  boolean notify(McpSession session, Method method, Value.Obj params) {
    return wire.exchange(
                ask(Optional.of(session), notification(method, params), SHORT),
                () -> false,
                new Cut())
            instanceof Exchange.Answer answer
        && answer.isSuccess();
  }

  private void cancelled(McpSession session, long id) {
    var params = Value.object("requestId", id, "reason", "stopped by the caller");
    wire.tell(ask(Optional.of(session), notification(Method.CANCELLED, params), SHORT));
  }

  private static Value.Obj notification(Method method, Value.Obj params) {
    return Value.object("jsonrpc", "2.0", "method", method.text, "params", params);
  }

  /** Ends the session at the upstream (transports, session management, point 5). */
  Exchange delete(McpSession session) {
    var headers = headers(Optional.of(session));
    return wire.exchange(
        new Ask("DELETE", endpoint.uri(), headers, Optional.empty(), SHORT, limit),
        () -> false,
        new Cut());
  }

  private Ask ask(Optional<McpSession> session, Value.Obj message, Duration timeout) {
    var body = Optional.of(CanonicalJson.bytes(message));
    return new Ask("POST", endpoint.uri(), headers(session), body, timeout, limit);
  }

  private Map<String, String> headers(Optional<McpSession> session) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("Content-Type", "application/json");
    headers.put("Accept", "application/json, text/event-stream");
    endpoint.bearer().ifPresent(key -> headers.put("Authorization", "Bearer " + key.get()));
    session.ifPresent(open -> {
      headers.put("MCP-Protocol-Version", open.version());
      open.id().ifPresent(id -> headers.put("MCP-Session-Id", id));
    });
    return headers;
  }
}
