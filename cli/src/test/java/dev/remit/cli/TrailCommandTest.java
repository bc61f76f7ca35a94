package dev.remit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.json.Json;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrailCommandTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "30s,2026-03-01T11:59:30Z",
    "15m,2026-03-01T11:45:00Z",
    "8h,2026-03-01T04:00:00Z",
    "2d,2026-02-27T12:00:00Z",
    "2026-01-31T08:00:00Z,2026-01-31T08:00:00Z"
  })
  void sinceIsAnInstantOrAnAge(String text, String expected) {
    assertThat(TrailCommand.since(text, NOW)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"yesterday", "15", "m", "-5m", "1y", "2026-01-31", "9999999s"})
  void anythingElseIsWrongUsage(String text) {
    assertThatThrownBy(() -> TrailCommand.since(text, NOW))
        .isInstanceOfSatisfying(CommandException.class, e -> assertThat(e.exitCode()).isEqualTo(2));
  }

  @Test
  void anEntryIsOneLineThatCannotSteerTheTerminal() {
    var entry =
        Json.parseObject(
            """
            {"index":4,"leaf":{"id":"e1","at":"2026-03-01T12:00:00Z","tenant":"harbor-dental",
            "kind":"refusal","call":"c1","fields":{"reason":"tenant-mismatch",
            "tool":"x\\u001b[2J\\u202e"}},"body":{}}\
            """);
    String line = TrailCommand.line(entry, true);
    assertThat(line)
        .contains("harbor-dental", "refusal", "call=c1", "tenant-mismatch")
        .doesNotContain("\u001b", "\u202e", "\n");
  }
}
