package dev.remit.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.trace.Trace;
import dev.remit.core.trace.TraceContext;
import dev.remit.core.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What agents say of their trace reaches the call, and nothing else of it does. */
class TraceWireTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private final Rig rig = new Rig();
  private final List<Optional<TraceContext>> seen = new CopyOnWriteArrayList<>();

  TraceWireTest() {
    rig.gateway.answer =
        (request, cut) -> {
          seen.add(Trace.current());
          return FakeGateway.succeeded("done");
        };
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private TraceContext called(Value.Obj meta) {
    var params =
        Value.object("name", "rmm_device_health", "arguments", Value.Obj.EMPTY, "_meta", meta);
    assertThat(rig.legacy("tools/call", params).status()).isEqualTo(200);
    return seen.getLast().orElseThrow();
  }

  @Test
  void theCallIsOfTheAgentsTrace() {
    var own = called(Value.object("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01"));
    assertThat(own.traceId()).isEqualTo(TRACE);
    assertThat(own.spanId()).isNotEqualTo("00f067aa0ba902b7");
    assertThat(own.isSampled()).isTrue();
  }

  @Test
  void aTraceThatIsNotWellFormedIsReplacedAndTheCallGoesOn() {
    var own = called(Value.object("traceparent", "00-" + TRACE + "-0000000000000000-01"));
    assertThat(own.traceId()).isNotEqualTo(TRACE);
    assertThat(called(Value.object("traceparent", 7)).traceId()).isNotEqualTo(own.traceId());
  }

  @Test
  void twoCallsWithoutATraceAreOfTwo() {
    assertThat(called(Value.Obj.EMPTY).traceId()).isNotEqualTo(called(Value.Obj.EMPTY).traceId());
  }
}
