package dev.remit.web.mcp;

import dev.remit.core.trace.Trace;
import dev.remit.core.trace.TraceContext;
import dev.remit.core.trace.Traces;
import dev.remit.core.value.Value;
import dev.remit.web.http.Exchange;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Answers requests under their trace (OpenTelemetry semantic conventions for MCP: the context is in
 * {@code params._meta}; where there is none, in the header field).
 *
 * <p>Only the trace's id is taken from an agent. What it adds for other systems, {@code tracestate}
 * and {@code baggage}, goes nowhere.
 */
final class TracedRequests {

  private static final HeaderName TRACEPARENT = HeaderNames.create("traceparent");
  private static final Pattern TOOL = Pattern.compile("[a-z][a-z0-9_]{0,63}");

  private final Traces traces;

  TracedRequests(Traces traces) {
    this.traces = traces;
  }

  /** The context that a request came with; a header field that came twice counts as none. */
  static Optional<TraceContext> parent(Exchange exchange, Message.Request request) {
    var given = request.params().object("_meta").flatMap(meta -> meta.text("traceparent"));
    if (given.isPresent()) {
      return given.flatMap(TraceContext::parse);
    }
    var field = exchange.headers(TRACEPARENT);
    return field.size() == 1 ? TraceContext.parse(field.getFirst()) : Optional.empty();
  }

  /** The result, under its trace; the method is one that was looked up already. */
  Value.Obj answer(
      Optional<TraceContext> parent, Message.Request request, Supplier<Value.Obj> work) {
    boolean isCall = request.method().equals("tools/call");
    var tool =
        isCall
            ? request.params().text("name").filter(name -> TOOL.matcher(name).matches())
            : Optional.<String>empty();
    return traces.answer(
        parent,
        request.method(),
        tool,
        () -> {
          try {
            var result = work.get();
            if (isCall && result.get("isError").equals(Optional.of(Value.of(true)))) {
              Trace.note("error.type", "tool_error");
            }
            return result;
          } catch (RpcError e) {
            Trace.note("error.type", Integer.toString(e.code()));
            throw e;
          }
        });
  }
}
