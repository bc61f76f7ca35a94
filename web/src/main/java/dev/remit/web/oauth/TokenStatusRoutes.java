package dev.remit.web.oauth;

import dev.remit.core.identity.Caller;
import dev.remit.core.identity.TokenAuthority.Said;
import dev.remit.core.value.Value;
import dev.remit.web.http.Answer;
import dev.remit.web.http.Exchange;
import dev.remit.web.machines.MachineCallers;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What became of a task token (RFC 7662), and its end before its time (RFC 7009). Registered
 * callers ask; of a token that is not theirs they hear the same as of one that never was.
 */
final class TokenStatusRoutes {

  private static final int LONGEST_TOKEN = 12_000;

  private final TokenDesk desk;
  private final MachineCallers callers;
  private final InstantSource clock;

  TokenStatusRoutes(TokenDesk desk, MachineCallers callers, InstantSource clock) {
    this.desk = desk;
    this.callers = callers;
    this.clock = clock;
  }

  /** {@code POST /oauth2/introspect}. */
  void introspect(Exchange exchange) {
    var caller = callers.of(exchange);
    var now = clock.instant();
    var said =
        desk.authority()
            .read(exchange.formBody().text("token", LONGEST_TOKEN), now)
            .filter(token -> mayKnow(caller, token))
            .filter(token -> desk.revoked().isLive(token.agent(), token.token(), now));
    exchange.send(Answer.json(200, said.map(this::active).orElse(Value.object("active", false))));
  }

  private Value.Obj active(Said said) {
    boolean isByKey = said.claims().object("cnf").flatMap(cnf -> cnf.text("jkt")).isPresent();
    return said.claims()
        .with("active", Value.of(true))
        .with("client_id", Value.of(said.agent().text()))
        .with("token_type", Value.of(isByKey ? "DPoP" : "Bearer"));
  }

  /** {@code POST /oauth2/revoke}: 200 whatever the token is (RFC 7009, section 2.2). */
  void revoke(Exchange exchange) {
    var caller = callers.of(exchange);
    var now = clock.instant();
    Optional<Said> own =
        desk.authority()
            .read(exchange.formBody().text("token", LONGEST_TOKEN), now)
            .filter(token -> isOwn(caller, token));
    own.ifPresent(
        token -> desk.revoked().revoke(token.agent().tenant(), token.token(), caller.name(), now));
    exchange.send(Answer.empty(200));
  }

  private static boolean mayKnow(Caller caller, Said token) {
    return isOwn(caller, token)
        || (caller instanceof Caller.EnforcementPoint point
            && point.tenants().contains(token.agent().tenant()));
  }

  /** A token bound to a certificate is its agent's; one bound to a key is that key's alone. */
  private static boolean isOwn(Caller caller, Said token) {
    if (caller instanceof Caller.Triage triage) {
      return triage.at(token.agent().tenant()).filter(part -> isOwn(part, token)).isPresent();
    }
    return caller instanceof Caller.Agent agent
        && agent.id().equals(token.agent())
        && (agent.instance().equals(token.instance())
            || token.instance().value().startsWith("x5t:"));
  }
}
