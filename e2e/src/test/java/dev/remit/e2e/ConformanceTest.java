package dev.remit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.e2e.ConformanceSuite.State;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The official conformance suite through the gateway. The suite knows no tokens and no tasks: a
 * proxy adds the agent's token, and the agent has exactly one open task.
 */
class ConformanceTest {

  private static final String OLDER = "2025-11-25";
  private static final String NEWER = "2026-07-28";
  private static final Estate ESTATE = Estate.shared();
  private static Map<String, Map<String, State>> states = Map.of();

  @BeforeAll
  static void runTheSuite() {
    Node.install();
    var agent = ESTATE.agent("service-desk.northwind-legal.production.observe");
    var task = agent.open("call-fixtures", ESTATE.lab().ticket(2, 0), List.of());
    try (var proxy = new SigningProxy(ESTATE.server().machines(), agent)) {
      states =
          Map.of(
              OLDER, ConformanceSuite.run(OLDER, proxy.url()),
              NEWER, ConformanceSuite.run(NEWER, proxy.url()));
    }
    agent.close(task);
  }

  @ParameterizedTest
  @ValueSource(strings = {OLDER, NEWER})
  void theToolsScenariosPass(String revision) {
    assertThat(states.getOrDefault(revision, Map.of()))
        .extractingByKeys(
            "tools-list",
            "tools-call-simple-text",
            "tools-call-image",
            "tools-call-audio",
            "tools-call-embedded-resource",
            "tools-call-mixed-content",
            "tools-call-error")
        .allMatch(State::isPassed);
  }

  @ParameterizedTest
  @ValueSource(strings = {OLDER, NEWER})
  void foreignHostsAndOriginsAreRefused(String revision) {
    assertThat(states.getOrDefault(revision, Map.of()).get("dns-rebinding-protection"))
        .matches(State::isPassed);
  }

  @Test
  void thePageTellsTheStateOfEveryScenario() throws IOException {
    var page = Home.SOURCE.resolve("docs/reference/conformance.md");
    var text =
        ConformancePage.text(
            states.getOrDefault(OLDER, Map.of()), states.getOrDefault(NEWER, Map.of()));
    if (Boolean.getBoolean("remit.conformance.write")) {
      Files.writeString(page, text);
    }
    assertThat(page).hasContent(text);
  }
}
