package dev.remit.web.machines;

import dev.remit.core.identity.Authenticator;
import dev.remit.core.identity.Authenticator.Authenticated;
import dev.remit.core.identity.Authenticator.Refused;
import dev.remit.core.identity.Authenticator.Unavailable;
import dev.remit.core.identity.Caller;
import dev.remit.web.http.Bearer;
import dev.remit.web.http.Exchange;
import dev.remit.web.http.OperatorToken;
import dev.remit.web.http.Refusal;
import java.time.InstantSource;
import java.util.Map;

/**
 * Who calls on the machines' listener. The operator's token is refused here before anybody else
 * sees it; a person is never a caller.
 */
public final class MachineCallers {

  private static final System.Logger LOG = System.getLogger(MachineCallers.class.getName());

  private final Authenticator authenticator;
  private final OperatorToken operator;
  private final InstantSource clock;
  private final ResourceMetadata metadata;

  public MachineCallers(
      Authenticator authenticator,
      OperatorToken operator,
      InstantSource clock,
      ResourceMetadata metadata) {
    this.authenticator = authenticator;
    this.operator = operator;
    this.clock = clock;
    this.metadata = metadata;
  }

  /** The proven caller of this request. */
  public Caller of(Exchange exchange) {
    String challenge = metadata.challenge(exchange);
    String token = Bearer.of(exchange, challenge);
    if (operator.matches(token)) {
      throw Bearer.invalid(challenge);
    }
    return switch (authenticator.authenticate(token, clock.instant())) {
      case Authenticated(Caller.OfPerson ignored) -> throw Bearer.invalid(challenge);
      case Authenticated(Caller caller) -> caller;
      case Refused(String detail) -> {
        LOG.log(System.Logger.Level.INFO, "token refused: {0}", detail);
        throw Bearer.invalid(challenge);
      }
      case Unavailable(String detail) -> {
        LOG.log(System.Logger.Level.WARNING, "tokens cannot be checked: {0}", detail);
        throw new Refusal(
            503,
            "identity-unavailable",
            "tokens cannot be checked just now; nothing was done; try again later",
            Map.of("Retry-After", "5"));
      }
    };
  }

  /** The proven agent of this request; another caller has no business on this path. */
  public Caller.Agent agentOf(Exchange exchange) {
    return switch (of(exchange)) {
      case Caller.Agent agent -> agent;
      case Caller.Orchestrator orchestrator ->
          throw new Refusal(
              403,
              "not-an-agent",
              "this path is for agents; an orchestrator opens tasks over /v1/tasks");
      case Caller.OfPerson ignored ->
          throw new IllegalStateException("no token of the machines' listener is a person's");
      case Caller.OfAutomation ignored ->
          throw new IllegalStateException("no token of the machines' listener is remit's own");
      case Caller.EnforcementPoint ignored ->
          throw new Refusal(
              403,
              "not-an-agent",
              "this path is for agents; an enforcement point asks over /access/v1");
    };
  }

  /** The proven enforcement point of this request; whoever else calls hears no more than that. */
  public Caller.EnforcementPoint enforcementPointOf(Exchange exchange) {
    if (of(exchange) instanceof Caller.EnforcementPoint point) {
      return point;
    }
    throw new Refusal(
        403, "not-an-enforcement-point", "this path is for registered enforcement points");
  }
}
