package dev.remit.server;

import dev.remit.core.identity.PersonId;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The server's command line.
 *
 * @param workspace the folder to activate from when the database has no version yet
 * @param lab the lab estate's description; only with it are the lab's issuer and keys trusted
 * @param authors who wrote the version that is put in force first; none means that nobody knows
 * @param connectionsEvery how often connections that are well are tried
 * @param parentPid the server stops when this process is gone
 */
record Options(
    Path data,
    Optional<Path> workspace,
    Optional<Path> lab,
    Optional<URI> database,
    Optional<Path> config,
    Optional<String> firstVersion,
    Set<PersonId> authors,
    int machinesPort,
    int peoplePort,
    Duration connectionsEvery,
    Optional<Long> parentPid) {

  private static final Set<String> KNOWN =
      Set.of(
          "--data",
          "--workspace",
          "--lab",
          "--database",
          "--config",
          "--activate-first",
          "--authors",
          "--machines-port",
          "--people-port",
          "--connections-every",
          "--parent-pid");

  /** Reads the arguments; an unknown or incomplete one refuses. */
  static Options parse(List<String> arguments) {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < arguments.size(); i += 2) {
      String name = arguments.get(i);
      if (!KNOWN.contains(name)) {
        throw new StartupException(
            "unknown option `" + name + "`: use one of " + KNOWN.stream().sorted().toList());
      }
      if (i + 1 >= arguments.size()) {
        throw new StartupException("`" + name + "` needs a value");
      }
      given.put(name, arguments.get(i + 1));
    }
    return new Options(
        Path.of(given.getOrDefault("--data", ".remit")),
        path(given, "--workspace"),
        path(given, "--lab"),
        Optional.ofNullable(given.get("--database")).map(URI::create),
        path(given, "--config"),
        Optional.ofNullable(given.get("--activate-first")),
        authors(given.getOrDefault("--authors", "")),
        port(given, "--machines-port", 8470),
        port(given, "--people-port", 8471),
        seconds(given.getOrDefault("--connections-every", "300")),
        Optional.ofNullable(given.get("--parent-pid")).map(Long::valueOf));
  }

  /** As {@code ISSUER/SUBJECT}, with commas between them. */
  private static Set<PersonId> authors(String text) {
    var authors = new HashSet<PersonId>();
    for (var name : text.isBlank() ? new String[0] : text.split(",", -1)) {
      int slash = name.indexOf('/');
      if (slash < 1 || slash == name.length() - 1) {
        throw new StartupException("`--authors` is a list such as `staff/SUBJECT,staff/SUBJECT`");
      }
      authors.add(
          new PersonId(name.substring(0, slash).strip(), name.substring(slash + 1).strip()));
    }
    return Set.copyOf(authors);
  }

  private static Optional<Path> path(Map<String, String> given, String name) {
    return Optional.ofNullable(given.get(name)).map(Path::of);
  }

  private static Duration seconds(String text) {
    try {
      int seconds = Integer.parseInt(text);
      if (seconds >= 10 && seconds <= 86_400) {
        return Duration.ofSeconds(seconds);
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new StartupException("`--connections-every` is seconds, from 10 to 86400");
  }

  private static int port(Map<String, String> given, String name, int standard) {
    try {
      int port = Integer.parseInt(given.getOrDefault(name, Integer.toString(standard)));
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new StartupException("`" + name + "` is a port between 0 and 65535");
  }
}
