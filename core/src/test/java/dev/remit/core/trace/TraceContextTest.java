package dev.remit.core.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  @Test
  void aContextIsReadAndWrittenAsTheSameText() {
    String text = "00-" + TRACE + "-00f067aa0ba902b7-01";
    assertThat(TraceContext.parse(text).map(TraceContext::traceparent)).contains(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "00-" + TRACE + "-00f067aa0ba902b7",
        "00-" + TRACE + "-00f067aa0ba902b7-01-more",
        "ff-" + TRACE + "-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-" + TRACE + "-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-" + TRACE + "-00f067aa0ba902b7-01\r\nX-Admin: yes",
        "00-" + TRACE + "-00f067aa0ba902b7-0\u0661"
      })
  void aContextThatIsNotWellFormedIsNone(String text) {
    assertThat(TraceContext.parse(text)).isEmpty();
  }

  @Test
  void aLaterVersionIsTakenAsFarAsItIsKnown() {
    assertThat(TraceContext.parse("01-" + TRACE + "-00f067aa0ba902b7-03-later"))
        .contains(new TraceContext(TRACE, "00f067aa0ba902b7", true));
  }

  @Test
  void whatTheVendorIsHandedIsOfTheAgentsTraceAndOurOwnHop() {
    var parent = TraceContext.parse("00-" + TRACE + "-00f067aa0ba902b7-01").orElseThrow();
    var handed =
        Traces.passing(new Random(7))
            .answer(Optional.of(parent), "tools/call", Optional.empty(), Trace::current)
            .orElseThrow();
    assertThat(handed.traceId()).isEqualTo(TRACE);
    assertThat(handed.spanId()).isNotEqualTo(parent.spanId());
    assertThat(handed.isSampled()).isTrue();
    assertThat(Trace.current()).isEmpty();
  }

  @Test
  void withoutATraceWorkIsDoneAllTheSame() {
    assertThat(Trace.part("settle", () -> 7)).isEqualTo(7);
    Trace.note("remit.outcome", "succeeded");
  }
}
