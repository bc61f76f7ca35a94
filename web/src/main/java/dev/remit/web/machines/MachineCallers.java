package dev.remit.web.machines;

import dev.remit.core.identity.Authenticator;
import dev.remit.core.identity.Authenticator.Authenticated;
import dev.remit.core.identity.Authenticator.NonceNeeded;
import dev.remit.core.identity.Authenticator.Refused;
import dev.remit.core.identity.Authenticator.Unavailable;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.Presented;
import dev.remit.core.identity.TaskToken;
import dev.remit.web.http.ClientChain;
import dev.remit.web.http.Exchange;
import dev.remit.web.http.OperatorToken;
import dev.remit.web.http.ProxyRule;
import dev.remit.web.http.Refusal;
import dev.remit.web.oauth.TokenDesk;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Who calls on the machines' listener. The operator's token is refused here before anybody else
 * sees it; a person is never a caller.
 */
public final class MachineCallers {

  private static final System.Logger LOG = System.getLogger(MachineCallers.class.getName());

  private final Authenticator authenticator;
  private final OperatorToken operator;
  private final InstantSource clock;
  private final Credentials credentials;
  private final ResourceMetadata metadata;
  private final Optional<TokenDesk> desk;

  public MachineCallers(
      Authenticator authenticator,
      OperatorToken operator,
      InstantSource clock,
      ResourceMetadata metadata,
      ProxyRule proxies,
      Optional<TokenDesk> desk) {
    this.metadata = metadata;
    this.desk = desk;
    this.authenticator = authenticator;
    this.operator = operator;
    this.clock = clock;
    this.credentials = new Credentials(metadata, new ClientChain(proxies));
  }

  /** The proven caller of this request; a task token that is dead proves nobody. */
  public Caller of(Exchange exchange) {
    var caller = caller(exchange);
    if (caller instanceof Caller.Agent agent
        && agent.token().isPresent()
        && !isLive(agent, agent.token().get())) {
      throw credentials.invalid(exchange, credentials.of(exchange));
    }
    return caller;
  }

  private boolean isLive(Caller.Agent agent, TaskToken token) {
    return desk.filter(open -> open.revoked().isLive(agent.id(), token, clock.instant()))
        .isPresent();
  }

  /** What came to the token endpoint, where a key may be proven without a token. */
  public Presented presentedAtTokenEndpoint(Exchange exchange) {
    return credentials.withoutToken(exchange);
  }

  /** This listener's address as the request found it. */
  public String base(Exchange exchange) {
    return metadata.base(exchange);
  }

  private Caller caller(Exchange exchange) {
    var presented = credentials.of(exchange);
    if (presented.credential().filter(shown -> operator.matches(shown.token())).isPresent()) {
      throw credentials.invalid(exchange, presented);
    }
    return switch (authenticator.authenticate(presented, clock.instant())) {
      case Authenticated(Caller.OfPerson ignored) -> throw credentials.invalid(exchange, presented);
      case Authenticated(Caller caller) -> caller;
      case Refused(String detail) -> {
        LOG.log(System.Logger.Level.INFO, "token refused: {0}", detail);
        throw credentials.invalid(exchange, presented);
      }
      case NonceNeeded(String nonce) -> throw credentials.needsNonce(exchange, nonce);
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

  /**
   * The proven agent of this request, of one client or of several; another caller has no business
   * on this path.
   */
  public Caller agentOf(Exchange exchange) {
    return switch (of(exchange)) {
      case Caller.Agent agent -> agent;
      case Caller.Triage triage -> triage;
      case Caller.Orchestrator ignored ->
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
      case Caller.LogReader ignored ->
          throw new Refusal(
              403, "not-an-agent", "this path is for agents; a reader of logs reads below /log");
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

  /** The proven reader of logs of this request; whoever else calls hears no more than that. */
  public Caller.LogReader logReaderOf(Exchange exchange) {
    if (of(exchange) instanceof Caller.LogReader reader) {
      return reader;
    }
    throw new Refusal(403, "not-a-log-reader", "this path is for registered readers of logs");
  }
}
