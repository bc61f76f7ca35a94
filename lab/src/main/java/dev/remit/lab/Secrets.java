package dev.remit.lab;

import dev.remit.lab.estate.Seed;
import dev.remit.lab.people.PeopleIssuers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The lab's random secrets by name; the same at every start of one folder. */
final class Secrets {
  private final Map<String, String> secrets;

  private Secrets(Map<String, String> secrets) {
    this.secrets = secrets;
  }

  static Secrets of(LabFiles files, Seed seed) throws IOException {
    List<String> names =
        new ArrayList<>(
            List.of(
                "rmm.client",
                "psa.client",
                "monitoring.client",
                "assets.super",
                "assets.broker",
                "directory.broker",
                "directory.people",
                "directory.letters",
                "control.key"));
    Agents.all().forEach(agent -> names.add("agent." + agent));
    PeopleIssuers.organisations(seed).forEach(name -> names.add("people." + name));
    return new Secrets(files.secrets(names));
  }

  String get(String name) {
    String secret = secrets.get(name);
    if (secret == null) {
      throw new IllegalStateException("no secret " + name);
    }
    return secret;
  }

  /** The secret of each agent, by subject. */
  Map<String, String> agents() {
    Map<String, String> agents = new LinkedHashMap<>();
    Agents.all().forEach(agent -> agents.put(agent, get("agent." + agent)));
    return agents;
  }
}
