package dev.remit.server.sink;

import static dev.remit.server.sink.MemoryLog.HARBOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.Value;
import dev.remit.testkit.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the posture says of the way to a SOC. */
class SinkPostureTest {

  private final MemoryLog log = new MemoryLog();
  private final ManualClock clock = new ManualClock(MemoryLog.NOW);

  private String told() {
    var deaf =
        new SinkSettings(
            "soc",
            Set.of(),
            batch -> {
              throw new IOException("status 500");
            });
    try (var sinks = new Sinks(List.of(deaf), log, log.events(), clock)) {
      return CanonicalJson.text(sinks.posture());
    }
  }

  @Test
  void aSinkThatHasAllIsWell() {
    assertThat(told()).contains("\"sink\":\"soc\"", "\"state\":\"well\"", "\"behindEntries\":0");
  }

  @Test
  void aSinkIsBehindOnceWhatItOwesIsOlderThanAMinute() {
    log.append(HARBOR, 3);
    clock.advance(Duration.ofSeconds(30));
    assertThat(told()).contains("\"behindEntries\":3", "\"state\":\"well\"");
    clock.advance(Duration.ofSeconds(40));
    assertThat(told()).contains("\"state\":\"behind\"", "\"behindSeconds\":70");
  }

  @Test
  void aSinkThatFailsSaysWhyUntilItIsTakenAgain() {
    var failed = SinkState.begun("soc").failed("status 500");
    var view = new Sinks.Lag(failed, 12, 3.5).view();
    assertThat(view.text("state")).contains("failing");
    assertThat(view.text("lastError")).contains("status 500");
    var again = new Sinks.Lag(failed.sent(12, true), 0, 0).view();
    assertThat(again.text("state")).contains("well");
    assertThat(again.get("lastError")).isEmpty();
    assertThat(again.get("behindEntries")).contains(Value.of(0));
  }
}
