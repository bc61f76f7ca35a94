package dev.remit.web;

import dev.remit.core.advice.Advisor;
import dev.remit.core.evidence.LogFiles;
import dev.remit.core.flow.Gateway;
import dev.remit.core.flow.Oversight;
import dev.remit.core.identity.Authenticator;
import dev.remit.web.http.OperatorToken;
import dev.remit.web.oauth.TokenDesk;
import dev.remit.web.people.PeopleDesk;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * What stands behind the wires.
 *
 * @param gateway what machines ask
 * @param advisor what enforcement points outside ask
 * @param oversight what people ask
 * @param logs the logs of tenants as files
 * @param authenticator proves who calls on the machines' listener
 * @param operator the machine administrator's token of the people's listener: it reads and stops
 * @param desk what people sign in to and answer with
 * @param isReady whether this process and its database can serve
 * @param random for the numbers that tie an internal error to its cause in the log
 * @param telemetry what is told of calls beside the trail
 * @param tokens what gives out task tokens
 */
public record Behind(
    Gateway gateway,
    Advisor advisor,
    Oversight oversight,
    LogFiles logs,
    Authenticator authenticator,
    OperatorToken operator,
    PeopleDesk desk,
    BooleanSupplier isReady,
    InstantSource clock,
    RandomGenerator random,
    Telemetry telemetry,
    Optional<TokenDesk> tokens) {

  /** Without an authorization server of its own. */
  public Behind(
      Gateway gateway,
      Advisor advisor,
      Oversight oversight,
      LogFiles logs,
      Authenticator authenticator,
      OperatorToken operator,
      PeopleDesk desk,
      BooleanSupplier isReady,
      InstantSource clock,
      RandomGenerator random,
      Telemetry telemetry) {
    this(
        gateway,
        advisor,
        oversight,
        logs,
        authenticator,
        operator,
        desk,
        isReady,
        clock,
        random,
        telemetry,
        Optional.empty());
  }
}
