package dev.remit.server;

import dev.remit.core.release.PolicyPeers.SecondPoint;
import dev.remit.core.release.Releases;
import dev.remit.core.value.InvalidValueException;
import dev.remit.policy.opa.OpaDecisionPoint;
import dev.remit.policy.opa.OpaEndpoint;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Puts the second decision point that a version names behind its first.
 *
 * <p>A version that names one which configuration does not list is not in force: without it the
 * version would permit more than it says.
 */
final class SecondPoints {

  private final Map<String, Outside.Endpoint> endpoints;
  private final Function<String, Supplier<String>> secrets;
  private final InstantSource clock;
  private final HttpClient http = OpaDecisionPoint.client();

  SecondPoints(
      Map<String, Outside.Endpoint> endpoints,
      Function<String, Supplier<String>> secrets,
      InstantSource clock) {
    this.endpoints = Map.copyOf(endpoints);
    this.secrets = secrets;
    this.clock = clock;
  }

  /** By what configuration lists, and with its sealed secrets. */
  static SecondPoints of(Outside outside, ConnectorFactory factory, InstantSource clock) {
    return new SecondPoints(
        outside.endpoints(), name -> factory.secret(name, Optional.empty()), clock);
  }

  /** What compiles a version, with the second point behind it. */
  ActiveReleases.Compiler after(ActiveReleases.Compiler first) {
    return (version, files) -> over(first.compile(version, files));
  }

  /** The version as it decides. */
  Releases.Active over(Releases.Active active) {
    return active
        .release()
        .peers()
        .second()
        .map(second ->
            new Releases.Active(
                active.release(),
                new OpaDecisionPoint(active.decisionPoint(), endpoint(second), http, clock)))
        .orElse(active);
  }

  private OpaEndpoint endpoint(SecondPoint second) {
    if (!(endpoints.get(second.endpoint()) instanceof Outside.Opa opa)) {
      throw new Releases.PolicyUnavailableException(
          "configuration lists no endpoint `"
              + second.endpoint()
              + "` of kind opa: add it to the --config file");
    }
    try {
      return OpaEndpoint.of(opa.base(), second, opa.secret().map(secrets));
    } catch (InvalidValueException e) {
      throw new Releases.PolicyUnavailableException(
          "endpoint `" + second.endpoint() + "`: " + e.getMessage());
    }
  }
}
