package dev.remit.e2e;

import dev.remit.e2e.ConformanceSuite.State;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** {@code docs/reference/conformance.md}: the state of every scenario, and why. */
final class ConformancePage {

  /** Why a scenario does not pass; the first that matches tells. */
  private record Why(Pattern scenario, String words) {
    Why(String scenario, String words) {
      this(Pattern.compile(scenario), words);
    }
  }

  private static final List<Why> WHYS =
      List.of(
          new Why("prompts-.*", "prompts are not offered: tools only"),
          new Why("resources-.*|sep-2164-.*", "resources are not offered: tools only"),
          new Why("completion-.*", "completion is not offered: there are no prompts or resources"),
          new Why("logging-.*|tools-call-with-logging", "an upstream's log messages do not pass"),
          new Why("tools-call-with-progress", "an upstream's progress messages do not pass"),
          new Why(
              "tools-call-sampling|tools-call-elicitation|elicitation-.*|input-required-.*",
              "an upstream's questions to user or model never pass; approvals are asked elsewhere"),
          new Why(
              "tasks-.*",
              "only a call that waits for people becomes a task; the suite wants a tool that always does"),
          new Why("caching", "tools/list passes; prompts and resources are not offered"),
          new Why(
              "server-stateless",
              "the rest needs tools that log, elicit or stream, which do not pass"),
          new Why(
              "json-schema-2020-12|http-custom-header-.*",
              "needs a tool that is not among the declared fixtures"),
          new Why(
              "server-sse-.*|server-session-.*",
              "there are no sessions: each request stands alone in both revisions"));

  private ConformancePage() {}

  static String text(Map<String, State> older, Map<String, State> newer) {
    var page =
        new StringBuilder(
            """
            # Conformance

            The official suite, `@modelcontextprotocol/conformance` 0.2.0-alpha.12, run through the gateway against an upstream MCP
            server of ours that has its fixtures for tools. The tools scenarios (list, call with text, image, audio, embedded resource,
            mixed content and error) have to pass in both revisions. This page is checked by `ConformanceTest` and written by

            ```
            mvn verify -pl e2e -am -Dtest=ConformanceTest -Dsurefire.failIfNoSpecifiedTests=false -Dremit.conformance.write=true
            ```

            "n of m checks" counts the suite's checks within a scenario; one of them is always that each message fits the protocol's
            schema. "–" means that the revision does not require the scenario.

            | scenario | 2025-11-25 | 2026-07-28 | why |
            |---|---|---|---|
            """);
    var names = new TreeSet<>(older.keySet());
    names.addAll(newer.keySet());
    for (var name : names) {
      var both = List.of(words(older, name), words(newer, name));
      boolean isWhole =
          both.stream().allMatch(words -> words.equals("passes") || words.equals("–"));
      page.append(
          "| `%s` | %s | %s | %s |\n"
              .formatted(name, both.getFirst(), both.getLast(), isWhole ? "" : why(name)));
    }
    return page.toString();
  }

  private static String words(Map<String, State> states, String name) {
    return Optional.ofNullable(states.get(name)).map(State::words).orElse("–");
  }

  private static String why(String scenario) {
    return WHYS.stream()
        .filter(why -> why.scenario().matcher(scenario).matches())
        .findFirst()
        .map(Why::words)
        .orElseThrow(() -> new AssertionError("nobody says why `" + scenario + "` does not pass"));
  }
}
