package dev.remit.cli;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which entries of a trail are shown, by what they say. */
final class TrailFilter {

  @Option(names = "--kind", paramLabel = "KIND", description = "such as intent, outcome, refusal")
  private Optional<String> kind = Optional.empty();

  @Option(names = "--agent", paramLabel = "A", description = "class/tenant/environment/family")
  private Optional<String> agent = Optional.empty();

  @Option(names = "--instance", paramLabel = "I", description = "one running copy")
  private Optional<String> instance = Optional.empty();

  @Option(names = "--tool", paramLabel = "TOOL", description = "one tool")
  private Optional<String> tool = Optional.empty();

  @Option(names = "--decision", paramLabel = "D", description = "permit, needs-approval or deny")
  private Optional<String> decision = Optional.empty();

  @Option(names = "--person", paramLabel = "ISSUER/SUBJECT", description = "who did it")
  private Optional<String> person = Optional.empty();

  @Option(names = "--target", paramLabel = "TARGET", description = "such as rmm/device/1042")
  private Optional<String> target = Optional.empty();

  @Option(names = "--until", paramLabel = "WHEN", description = "an instant or an age")
  private String until = "";

  /** What the server is asked for. */
  Map<String, String> wanted() {
    var wanted = new HashMap<String, String>();
    kind.ifPresent(text -> wanted.put("kind", text));
    agent.ifPresent(text -> wanted.put("agent", text));
    instance.ifPresent(text -> wanted.put("instance", text));
    tool.ifPresent(text -> wanted.put("tool", text));
    decision.ifPresent(text -> wanted.put("decision", text));
    person.ifPresent(text -> wanted.put("person", text));
    target.ifPresent(text -> wanted.put("target", text));
    if (!until.isEmpty()) {
      wanted.put("until", TrailCommand.since(until, Instant.now()));
    }
    return wanted;
  }
}
