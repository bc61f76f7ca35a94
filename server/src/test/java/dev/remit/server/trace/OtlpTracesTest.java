package dev.remit.server.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.remit.core.trace.Trace;
import dev.remit.core.trace.TraceContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a collector that reads OTLP as its protocol says (opentelemetry-proto, trace.proto). */
class OtlpTracesTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final TraceContext PARENT = new TraceContext(TRACE, "00f067aa0ba902b7", false);

  private final List<SpanRead> spans = new CopyOnWriteArrayList<>();
  private final List<String> bearers = new CopyOnWriteArrayList<>();
  private HttpServer server;

  /** A span as it came over the wire. */
  private record SpanRead(
      String trace, String id, String parent, String name, int kind, Map<String, String> says) {}

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/traces",
        exchange -> {
          try (exchange) {
            bearers.add(exchange.getRequestHeaders().getFirst("Authorization"));
            boolean isZipped =
                "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            byte[] sent = exchange.getRequestBody().readAllBytes();
            read(isZipped ? unzipped(sent) : sent);
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static byte[] unzipped(byte[] zipped) throws IOException {
    try (var in = new GZIPInputStream(new java.io.ByteArrayInputStream(zipped))) {
      return in.readAllBytes();
    }
  }

  /** The fields of one protobuf message: varints as numbers, the rest as bytes. */
  private static List<Map.Entry<Integer, Object>> fields(byte[] message) {
    var fields = new ArrayList<Map.Entry<Integer, Object>>();
    int[] at = {0};
    while (at[0] < message.length) {
      long key = varint(message, at);
      int number = (int) (key >>> 3);
      switch ((int) (key & 7)) {
        case 0 -> fields.add(Map.entry(number, varint(message, at)));
        case 1 -> at[0] += 8;
        case 2 -> {
          int length = (int) varint(message, at);
          fields.add(
              Map.entry(number, java.util.Arrays.copyOfRange(message, at[0], at[0] + length)));
          at[0] += length;
        }
        case 5 -> at[0] += 4;
        default -> throw new IllegalStateException("not protobuf");
      }
    }
    return fields;
  }

  private static long varint(byte[] message, int[] at) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte b = message[at[0]++];
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
  }

  private static List<byte[]> nested(byte[] message, int number) {
    return fields(message).stream()
        .filter(field -> field.getKey() == number)
        .map(field -> (byte[]) field.getValue())
        .toList();
  }

  private static String text(byte[] message, int number) {
    var found = nested(message, number);
    return found.isEmpty() ? "" : new String(found.getFirst(), StandardCharsets.UTF_8);
  }

  private void read(byte[] request) {
    for (var resource : nested(request, 1)) {
      for (var scope : nested(resource, 2)) {
        nested(scope, 2).forEach(span -> spans.add(span(span)));
      }
    }
  }

  private static SpanRead span(byte[] span) {
    var says = new TreeMap<String, String>();
    for (var attribute : nested(span, 9)) {
      says.put(text(attribute, 1), text(nested(attribute, 2).getFirst(), 1));
    }
    int kind =
        fields(span).stream()
            .filter(field -> field.getKey() == 6)
            .mapToInt(field -> ((Long) field.getValue()).intValue())
            .findFirst()
            .orElse(0);
    return new SpanRead(hex(span, 1), hex(span, 2), hex(span, 4), text(span, 5), kind, says);
  }

  private static String hex(byte[] message, int number) {
    var found = nested(message, number);
    return found.isEmpty() ? "" : HexFormat.of().formatHex(found.getFirst());
  }

  private OtlpTraces traces() {
    return OtlpTraces.to(
        new OtlpTraces.Collector(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces"),
            Optional.of(() -> "collector-token")));
  }

  private SpanRead named(String name) {
    return spans.stream().filter(span -> span.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void aCallIsATreeOfSpansInTheAgentsTrace() {
    var handed = new ArrayList<TraceContext>();
    try (var traces = traces()) {
      String answer =
          traces.answer(
              Optional.of(PARENT),
              "tools/call",
              Optional.of("rmm_restart_service"),
              () -> {
                Trace.part(
                    "decide",
                    () -> {
                      Trace.note("remit.decision", "permit");
                      return true;
                    });
                return Trace.part(
                    "vendor",
                    () -> {
                      handed.add(Trace.current().orElseThrow());
                      return "done";
                    });
              });
      assertThat(answer).isEqualTo("done");
    }
    var root = named("tools/call rmm_restart_service");
    assertThat(root.trace()).isEqualTo(TRACE);
    assertThat(root.parent()).isEqualTo(PARENT.spanId());
    assertThat(root.kind()).isEqualTo(2); // SERVER
    assertThat(root.says())
        .containsEntry("mcp.method.name", "tools/call")
        .containsEntry("gen_ai.operation.name", "execute_tool")
        .containsEntry("gen_ai.tool.name", "rmm_restart_service");
    assertThat(named("remit decide").parent()).isEqualTo(root.id());
    assertThat(named("remit decide").says()).containsEntry("remit.decision", "permit");
    var vendor = named("remit vendor");
    assertThat(vendor.kind()).isEqualTo(3); // CLIENT
    assertThat(handed.getFirst().spanId()).isEqualTo(vendor.id());
    assertThat(handed.getFirst().traceId()).isEqualTo(TRACE);
    assertThat(bearers).containsOnly("Bearer collector-token");
  }

  @Test
  void anAgentThatDoesNotWantToBeSampledIsTracedAllTheSame() {
    try (var traces = traces()) {
      boolean isTold =
          traces.answer(Optional.of(PARENT), "tools/list", Optional.empty(), () -> true);
      assertThat(isTold).isTrue();
    }
    assertThat(spans).hasSize(1);
  }

  @Test
  void aFailureIsToldByItsKindAndNeverByItsWords() {
    try (var traces = traces()) {
      traces.answer(
          Optional.empty(),
          "tools/call",
          Optional.empty(),
          () ->
              Trace.part(
                  "vendor",
                  () -> {
                    throw new UncheckedIOException(new IOException("password=hunter2"));
                  }));
    } catch (UncheckedIOException e) {
      assertThat(e).hasStackTraceContaining("hunter2");
    }
    assertThat(named("remit vendor").says()).containsEntry("error.type", "UncheckedIOException");
    assertThat(spans.toString()).doesNotContain("hunter2");
  }

  @Test
  void aCollectorThatIsAwayStopsNoCall() {
    int port = server.getAddress().getPort();
    server.stop(0);
    try (var traces =
        OtlpTraces.to(
            new OtlpTraces.Collector(
                URI.create("http://127.0.0.1:" + port + "/v1/traces"), Optional.empty()))) {
      for (int i = 0; i < 20_000; i++) {
        int call = i;
        assertThat(traces.answer(Optional.empty(), "tools/call", Optional.empty(), () -> call))
            .isEqualTo(call);
      }
    }
    assertThat(new ByteArrayOutputStream().size()).isZero();
  }
}
