package dev.remit.workspace;

import dev.remit.core.identity.AgentId;
import dev.remit.policy.Diagnostic;
import dev.remit.policy.Origin;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** One subject is exactly one workload, and one agent has exactly one subject. */
final class Identities {
  private record Claim(String by, Origin at) {}

  private final Map<String, Claim> subjects = new HashMap<>();
  private final Map<AgentId, Origin> agents = new HashMap<>();
  private final Consumer<Diagnostic> problems;

  Identities(Consumer<Diagnostic> problems) {
    this.problems = problems;
  }

  void claim(String issuer, String subject, String by, Origin at) {
    var first = subjects.putIfAbsent(issuer + "\n" + subject, new Claim(by, at));
    if (first != null) {
      problems.accept(
          new Diagnostic(
              at.file(),
              at.line(),
              "subject `"
                  + subject
                  + "` is already "
                  + first.by()
                  + " at "
                  + first.at()
                  + "; an identity is never shared"));
    }
  }

  void claim(AgentId agent, Origin at) {
    var first = agents.putIfAbsent(agent, at);
    if (first != null) {
      problems.accept(
          new Diagnostic(
              at.file(),
              at.line(),
              "agent `"
                  + agent.text()
                  + "` already has an identity at "
                  + first
                  + "; an agent has one"));
    }
  }
}
