package dev.remit.core.register;

import dev.remit.core.identity.AgentClass;
import dev.remit.core.release.Release;
import java.util.ArrayList;
import java.util.List;

/** What has to be there before people are asked to launch a class of agents. */
final class LaunchGate {

  private final RegisterPorts ports;

  LaunchGate(RegisterPorts ports) {
    this.ports = ports;
  }

  /** What is missing in its definition; empty when nothing is. */
  List<String> undefined(AgentClass agentClass, Release release) {
    var boundaries = Boundaries.of(agentClass, release);
    var missing = new ArrayList<String>();
    var owner = Owners.of(agentClass, release);
    if (owner.isEmpty()) {
      missing.add(
          "no accountable person: name one as `owner: ISSUER/SUBJECT`, or as `accountable` beside"
              + " the group that owns it");
    } else if (ports.ledger().gone().contains(owner.get())) {
      missing.add("its owner `" + owner.get().text() + "` is gone: name somebody else");
    }
    if (boundaries.tools().values().stream().allMatch(java.util.Set::isEmpty)) {
      missing.add("no tool boundary: its task classes name no tools");
    }
    if (boundaries.identities().isEmpty()) {
      missing.add("no tenant boundary: add `identities`");
    }
    if (boundaries.escalation().isEmpty()) {
      missing.add("no escalation: say `asks` and `takes-over` under `escalation`");
    }
    return List.copyOf(missing);
  }

  /** What keeps it from being launched: {@link #undefined}, or scenarios that do not hold. */
  List<String> objections(AgentClass agentClass, Release release) {
    var missing = undefined(agentClass, release);
    if (!missing.isEmpty()) {
      return missing;
    }
    var tried = ports.files().scenarios(release.version(), agentClass.id());
    if (!tried.failures().isEmpty()) {
      return List.of(
          tried.failures().size()
              + " of its scenarios do not hold: "
              + tried.failures().getFirst());
    }
    return tried.run() == 0 && !agentClass.isAutomation()
        ? List.of("the version has no scenario of this agent: write one")
        : List.of();
  }
}
