package dev.remit.core.release;

import dev.remit.core.identity.EnforcementPoint;
import dev.remit.core.identity.EnforcementPointId;
import dev.remit.core.identity.LogReader;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Who works with a version's policy and evidence from outside: enforcement points that ask it, a
 * decision point that is asked beside it and can only deny, and readers of logs by their names.
 */
public record PolicyPeers(
    Map<EnforcementPointId, EnforcementPoint> enforcementPoints,
    Optional<SecondPoint> second,
    Map<String, LogReader> logReaders) {

  /** Nobody. */
  public static final PolicyPeers NONE = new PolicyPeers(Map.of(), Optional.empty(), Map.of());

  public PolicyPeers {
    enforcementPoints = Map.copyOf(enforcementPoints);
    logReaders = Map.copyOf(logReaders);
  }

  /**
   * A decision point that is asked after Cedar permitted.
   *
   * @param endpoint a name that the server's own configuration must list; never an address
   * @param path what is asked there, such as {@code remit/decision}
   * @param within how long one question may take; afterwards it is denied
   */
  public record SecondPoint(String endpoint, String path, Duration within) {}
}
