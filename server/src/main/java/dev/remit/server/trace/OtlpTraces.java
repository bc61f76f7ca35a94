package dev.remit.server.trace;

import dev.remit.core.trace.Trace;
import dev.remit.core.trace.TraceContext;
import dev.remit.core.trace.Traces;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Spans of each call over OTLP/HTTP.
 *
 * <p>Export is beside the way of the call: spans wait in a queue of bounded length, and what does
 * not fit while the collector is away is dropped. Each request is kept, whatever its sender says of
 * sampling: an agent must not be able to hide from its watchers.
 */
public final class OtlpTraces implements Traces, AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int QUEUE = 8_192;

  private final SdkTracerProvider provider;
  private final Tracer tracer;

  /**
   * Who takes spans.
   *
   * @param url of traces, such as {@code https://collector.example/v1/traces}
   * @param bearer a token that it wants, if it wants one
   */
  public record Collector(URI url, Optional<Supplier<String>> bearer) {}

  private OtlpTraces(SdkTracerProvider provider) {
    this.provider = provider;
    this.tracer = provider.get("remit");
  }

  /** Traces to this collector, until they are closed. */
  public static OtlpTraces to(Collector collector) {
    var exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(collector.url().toString())
            .setTimeout(TIMEOUT)
            .setConnectTimeout(TIMEOUT);
    collector
        .bearer()
        .ifPresent(
            token -> exporter.setHeaders(() -> Map.of("Authorization", "Bearer " + token.get())));
    var processor =
        BatchSpanProcessor.builder(exporter.build())
            .setMaxQueueSize(QUEUE)
            .setScheduleDelay(Duration.ofSeconds(1))
            .setExporterTimeout(TIMEOUT)
            .build();
    return new OtlpTraces(
        SdkTracerProvider.builder()
            .setResource(Resource.getDefault().toBuilder().put("service.name", "remit").build())
            .addSpanProcessor(processor)
            .build());
  }

  @Override
  public <T> T answer(
      Optional<TraceContext> parent, String method, Optional<String> tool, Supplier<T> work) {
    var builder =
        tracer
            .spanBuilder(tool.map(name -> method + " " + name).orElse(method))
            .setSpanKind(SpanKind.SERVER)
            .setParent(parent.map(OtlpTraces::remote).orElseGet(Context::root))
            .setAttribute("mcp.method.name", method)
            .setAttribute("network.transport", "tcp");
    tool.ifPresent(name ->
        builder
            .setAttribute("gen_ai.operation.name", "execute_tool")
            .setAttribute("gen_ai.tool.name", name));
    return new Told(tracer, builder.startSpan()).run(work);
  }

  private static Context remote(TraceContext parent) {
    // Sampled here whatever the parent says; what goes on says the truth.
    return Context.root()
        .with(
            Span.wrap(
                SpanContext.createFromRemoteParent(
                    parent.traceId(),
                    parent.spanId(),
                    TraceFlags.getSampled(),
                    TraceState.getDefault())));
  }

  /** One span and what is within it. */
  private record Told(Tracer tracer, Span span) implements Trace {

    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

    <T> T run(Supplier<T> work) {
      try {
        return ScopedValue.where(CURRENT, this).call(work::get);
      } catch (RuntimeException | Error e) {
        span.setStatus(StatusCode.ERROR);
        span.setAttribute(ERROR, e.getClass().getSimpleName());
        throw e;
      } finally {
        span.end();
      }
    }

    @Override
    public TraceContext context() {
      var context = span.getSpanContext();
      return new TraceContext(context.getTraceId(), context.getSpanId(), context.isSampled());
    }

    @Override
    public <T> T during(String part, Supplier<T> work) {
      var child =
          tracer
              .spanBuilder("remit " + part)
              .setSpanKind(part.equals("vendor") ? SpanKind.CLIENT : SpanKind.INTERNAL)
              .setParent(Context.root().with(span))
              .startSpan();
      return new Told(tracer, child).run(work);
    }

    @Override
    public void tell(String name, String value) {
      span.setAttribute(name, value);
      if (name.equals(ERROR.getKey())) {
        span.setStatus(StatusCode.ERROR);
      }
    }
  }

  /** Sends what waits, as long as that takes at most two seconds. */
  @Override
  public void close() {
    CompletableResultCode done = provider.shutdown();
    done.join(2, TimeUnit.SECONDS);
  }
}
